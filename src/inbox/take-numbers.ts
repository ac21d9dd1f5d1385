import DataLoader from 'dataloader';
import type { InboxRow } from '#core/inbox';
import { takeNumberUnder, type NumberRequest, type NumberStore, type TakeNumber } from '#core/numbers';

const COLLECT_MS = 2;

/** Hands out `takeNumber` for rows; requests that come within two milliseconds go to the database together. */
export function createNumberTaker(numbers: NumberStore): (row: InboxRow, placeId: string) => TakeNumber {
  const loader = new DataLoader<NumberRequest, number>((requests) => numbers.take(requests), {
    cache: false,
    batchScheduleFn: (load) => setTimeout(load, COLLECT_MS),
  });
  return (row, placeId) =>
    takeNumberUnder(
      { holder: 'inbox', holderId: row.id, placeId },
      (request) => keptIn(row, request) ?? loader.load(request),
    );
}

/** A replay finds the numbers of the first time on its row. */
function keptIn(row: InboxRow, { kind, index }: NumberRequest): Promise<number> | undefined {
  const kept = row.numbers[kind]?.[index];
  return kept === undefined ? undefined : Promise.resolve(kept);
}
