import { useState } from 'react';

import type { ConcernRow } from '../../../../src/http/contract-views.ts';

/** Rows chosen for one step together; with Shift everything between the last one and this. */
export function useSelection(rows: readonly ConcernRow[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | undefined>(undefined);
  return {
    has: (id: string) => ids.has(id),
    rows: rows.filter((row) => ids.has(row.id)),
    toggle: (id: string, isRange: boolean) => {
      const turnsOn = !ids.has(id);
      const touched = isRange && last !== undefined ? between(rows, last, id) : [id];
      const next = new Set(ids);
      for (const one of touched) {
        if (turnsOn) next.add(one);
        else next.delete(one);
      }
      setIds(next);
      setLast(id);
    },
    clear: () => setIds(new Set()),
  };
}

function between(rows: readonly ConcernRow[], from: string, to: string): string[] {
  const indexes = [from, to].map((id) => rows.findIndex((row) => row.id === id)).sort((a, b) => a - b);
  return rows.slice(indexes[0], (indexes[1] ?? 0) + 1).map((row) => row.id);
}
