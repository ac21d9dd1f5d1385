import type { ReactNode } from 'react';

export type Tone = 'plain' | 'blue' | 'green' | 'yellow' | 'red';

/** A short word on a soft ground. Red only for late or dangerous. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
