import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { READS } from './reads.ts';

/** Several hints in a row become one reload. */
const GATHER_MS = 400;

/** Reads again whatever the page shows when the server says that something changed. */
export function useLiveHints(placeId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: [READS] });
      }, GATHER_MS);
    };
    const source = new EventSource(`/api/console/live?place=${encodeURIComponent(placeId)}`);
    source.addEventListener('changed', look);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client, placeId]);
}
