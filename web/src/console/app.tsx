import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';

import { ApiProblem } from '../api/client.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { useMedia } from './data/use-media.ts';
import { READS } from './data/reads.ts';
import { createConsoleRouter } from './routes.tsx';

export function App() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createConsoleRouter);
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isStill = useMedia('(prefers-reduced-motion: reduce)');
  return (
    <ConfigProvider theme={antdTheme(isDark, isStill)} locale={zhCN} button={{ autoInsertSpace: false }}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  );
}

const MOST_RETRIES = 2;

function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchInterval: 60_000,
        // Refusals stay refusals; only the network and the server's failures are worth another try.
        retry: (count, error) =>
          count < MOST_RETRIES &&
          (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      },
    },
  });
  // A session that ended while the page was open: asking who is signed in leads to the sign-in page.
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return;
    const error: unknown = event.action.error;
    const [, kind] = event.query.queryKey as readonly unknown[];
    if (error instanceof ApiProblem && error.status === 401 && kind !== 'me') {
      void client.resetQueries({ queryKey: [READS, 'me'] });
    }
  });
  return client;
}
