import type { ReactNode } from 'react';

/** An empty list: what will appear here, and one way to start. */
export function EmptyNote({ children, start }: { children: ReactNode; start?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {start}
    </div>
  );
}
