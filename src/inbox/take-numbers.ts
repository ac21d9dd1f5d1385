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
  /** Numbers taken after the row was read: a decision that is made anew takes no further ones. */
  const lately = new WeakMap<InboxRow, Map<string, Promise<number>>>();

  function taken(row: InboxRow, request: NumberRequest): Promise<number> {
    const known = lately.get(row) ?? new Map<string, Promise<number>>();
    lately.set(row, known);
    const key = `${request.kind}|${request.index}`;
    const number = known.get(key) ?? loader.load(request);
    known.set(key, number);
    // Nobody knows whether a number was taken that was not answered; the store does when it is asked again.
    number.catch(() => known.delete(key));
    return number;
  }

  return (row, placeId) =>
    takeNumberUnder({ holder: 'inbox', holderId: row.id, placeId }, async (request) => {
      // A replay finds the numbers of the first time on its row.
      return row.numbers[request.kind]?.[request.index] ?? taken(row, request);
    });
}
