import type { ReactNode } from 'react';

import { usePageTitle } from '../data/page-title.ts';

interface PageProps {
  /** Of the window; also the heading unless `heading` says more. */
  readonly title: string;
  readonly heading?: ReactNode;
  /** Buttons at the right of the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A page: its one h1 and its content. */
export function Page({ title, heading, actions, children, wide = false }: PageProps) {
  usePageTitle(title);
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <div className="page-head">
        <h1>{heading ?? title}</h1>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
