import { useState } from 'react';

import { merged, type Row } from './merged-rows.ts';

interface Shown<Item> {
  readonly key: string;
  readonly rows: readonly Item[];
  /** Take over everything that was loaded after this moment: the person acted and expects the list to change. */
  readonly acceptAfter?: number;
}

/**
 * Rows that never move by themselves: rows on the page are renewed in place, new and vanished ones wait behind a bar
 * until they are asked for. Another `key` (a tab, a search) starts afresh. `updatedAt`: when `latest` was loaded, 0 for
 * rows of another key.
 */
export function useSteadyRows<Item extends Row>(
  latest: readonly Item[] | undefined,
  key: string,
  updatedAt: number,
) {
  const [shown, setShown] = useState<Shown<Item>>({ key: '', rows: [] });
  if (latest && updatedAt > 0 && mustShow(shown, latest, key, updatedAt)) setShown({ key, rows: latest });
  return {
    ...merged(shown.rows, shown.key === key ? (latest ?? []) : shown.rows),
    /** Shows what waits behind the bar. */
    showAll: () => setShown({ key, rows: latest ?? [] }),
    /** Call after an own step: the next loaded state is shown as it is. */
    acceptNext: () => setShown((before) => ({ ...before, acceptAfter: Date.now() })),
  };
}

/** A first load, another key, the answer to an own step, or an empty list, where nothing can be moved. */
function mustShow<Item extends Row>(
  shown: Shown<Item>,
  latest: readonly Item[],
  key: string,
  updatedAt: number,
): boolean {
  if (shown.key !== key) return true;
  if (shown.acceptAfter !== undefined) return updatedAt > shown.acceptAfter;
  return shown.rows.length === 0 && latest.length > 0;
}
