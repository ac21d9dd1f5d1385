import DataLoader from 'dataloader';
import type { InboxRow } from '#core/inbox';
import type { Numbered, NumberRequest, NumberStore, TakeNumber } from '#core/numbers';

const COLLECT_MS = 2;

/** Hands out `takeNumber` for rows; requests that come within two milliseconds go to the database together. */
export function createNumberTaker(numbers: NumberStore): (row: InboxRow, placeId: string) => TakeNumber {
  const loader = new DataLoader<NumberRequest, number>((requests) => numbers.take(requests), {
    cache: false,
    batchScheduleFn: (load) => setTimeout(load, COLLECT_MS),
  });
  return (row, placeId) => {
    const asked = new Map<Numbered, number>();
    return async (kind) => {
      const index = asked.get(kind) ?? 0;
      asked.set(kind, index + 1);
      const kept = row.numbers[kind]?.[index];
      return kept ?? loader.load({ holder: 'inbox', holderId: row.id, placeId, kind, index });
    };
  };
}
