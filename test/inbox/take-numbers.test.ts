import { describe, expect, it } from 'vitest';
import type { InboxRow } from '#core/inbox';
import type { NumberRequest } from '#core/numbers';
import { createNumberTaker } from '#src/inbox/take-numbers';
import { inbound, NOON } from '#test/support/inbound';

const row: InboxRow = {
  id: 'row',
  conversation: 'web:demo:residents',
  partition: 0,
  order: 1,
  message: inbound('记 一'),
  state: 'new',
  tries: 0,
  availableAt: NOON,
  receivedAt: NOON,
  numbers: {},
};

/** Hands out 1, 2, 3 …, and refuses as often as told. */
function createCounting(refusals = 0) {
  let last = 0;
  let left = refusals;
  return {
    take: async (requests: readonly NumberRequest[]) => {
      left -= 1;
      if (left >= 0) throw new Error('away');
      return requests.map(() => (last += 1));
    },
  };
}

describe('the numbers of a row', () => {
  it('are the same when its decision is made anew', async () => {
    const taker = createNumberTaker(createCounting());
    const first = taker(row, 'place');
    expect([await first('concern'), await first('concern')]).toEqual([1, 2]);

    const again = taker(row, 'place');
    expect([await again('concern'), await again('concern'), await again('concern')]).toEqual([1, 2, 3]);
  });

  it('are those that were kept on the row before this process', async () => {
    const taker = createNumberTaker(createCounting());
    const take = taker({ ...row, numbers: { concern: [7] } }, 'place');

    expect([await take('concern'), await take('concern')]).toEqual([7, 1]);
  });

  it('are asked for again after the database was away', async () => {
    const taker = createNumberTaker(createCounting(1));

    await expect(taker(row, 'place')('concern')).rejects.toThrow('away');
    expect(await taker(row, 'place')('concern')).toBe(1);
  });
});
