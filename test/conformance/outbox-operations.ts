import { expect } from 'vitest';
import { MINUTE_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import type { SettleOutcome } from '#core/outbox';
import type { OutboxOperations } from '#core/outbox-operations';
import { claimAt, group, START, timeAt, type OutboxUnderTest } from './outbox-store.ts';
import { VITEST, type Suite } from './suite.ts';

export interface OperatedOutbox extends OutboxUnderTest {
  readonly operations: OutboxOperations;
}

const DELIVERED = { status: 'delivered' } as const;
const REJECTED = { status: 'rejected', reason: 'removed' } as const;
const UNSURE = { status: 'uncertain', reason: 'timeout' } as const;

const after = (ms: number) => new Date(START.getTime() + ms);

/** The promises of `OutboxOperations`. `make` gives an empty outbox. */
export function describeOutboxOperations(
  name: string,
  make: () => Promise<OperatedOutbox>,
  { describe, beforeEach, it }: Suite = VITEST,
): void {
  describe(`${name} shows operators what is in the outbox`, () => {
    let outbox: OperatedOutbox;

    beforeEach(async () => void (outbox = await make()));

    async function ended(key: string, outcome: SettleOutcome, more: Partial<Dispatch> = {}, ms = 0) {
      const dispatch = { key, to: group(key), body: { text: `${key}\nmore` }, ...more };
      await outbox.enqueue({ whenUncertain: 'hold', ...dispatch }, after(ms));
      for (const claim of await outbox.store.claimBatch(claimAt(ms))) {
        await outbox.store.settle(claim, outcome, timeAt(ms));
      }
    }

    it('counts rows by their state', async () => {
      await ended('sent', DELIVERED);
      await ended('dead', REJECTED);
      await ended('held', UNSURE);
      await outbox.enqueue({ key: 'leased', to: group('leased'), body: { text: 't' } }, START);
      await outbox.store.claimBatch(claimAt(0));
      await outbox.enqueue({ key: 'queued', to: group('queued'), body: { text: 't' } }, START);

      const counts = { queued: 1, leased: 1, sent: 1, held: 1, dead: 1 };
      expect(await outbox.operations.counts()).toEqual(counts);
    });

    it('lists held and dead rows with what is known of them, the latest first, page by page', async () => {
      const where = { placeId: 'p1', groupId: 'g1', subjectId: 'notice1' };
      await ended('a', REJECTED, where, 0);
      await ended('b', UNSURE, where, 1);
      await ended('c', DELIVERED, where, 2);
      await ended('d', REJECTED, where, 3);

      const first = await outbox.operations.aside({ placeIds: ['p1'], limit: 2 });
      const rest = await outbox.operations.aside({ placeIds: ['p1'], limit: 2, after: first.next ?? '' });

      expect(first.items.map(({ id }) => id)).toEqual(['d', 'b']);
      expect(rest).toEqual({
        items: [
          {
            id: 'a',
            state: 'dead',
            outcome: 'rejected',
            reason: 'removed',
            lane: 'web:demo:a',
            sender: 'web:demo',
            ...where,
            about: 'a',
            tries: 0,
            mayAlreadyBeSent: false,
            asideAt: START,
          },
        ],
      });
    });

    it('lists rows of the places asked for alone, and of no place only when all are asked for', async () => {
      await ended('mine', UNSURE, { placeId: 'p1' });
      await ended('theirs', UNSURE, { placeId: 'p2' });
      await ended('nobodys', REJECTED);
      const idsOf = async (query: { placeIds?: readonly string[]; states?: readonly ('held' | 'dead')[] }) =>
        (await outbox.operations.aside({ ...query, limit: 10 })).items.map(({ id }) => id).sort();

      expect(await idsOf({ placeIds: ['p1'] })).toEqual(['mine']);
      expect(await idsOf({ placeIds: [] })).toEqual([]);
      expect(await idsOf({})).toEqual(['mine', 'nobodys', 'theirs']);
      expect(await idsOf({ states: ['dead'] })).toEqual(['nobodys']);
    });

    it('lists what crashed with its worker and what came too late', async () => {
      await outbox.enqueue(
        { key: 'crashed', to: group('a'), body: { text: 't' }, whenUncertain: 'hold' },
        START,
      );
      await outbox.store.claimBatch(claimAt(0));
      await outbox.enqueue({ key: 'late', to: group('b'), body: { text: 't' }, expiresAt: START }, START);
      await outbox.store.claimBatch(claimAt(MINUTE_MS));

      const { items } = await outbox.operations.aside({ limit: 10 });

      expect(items.map(({ id, reason, asideAt }) => [id, reason, asideAt]).sort()).toEqual([
        ['crashed', 'worker lost', after(MINUTE_MS)],
        ['late', 'too late', after(MINUTE_MS)],
      ]);
    });

    it('tells of some rows which are set aside', async () => {
      await ended('held', UNSURE, { placeId: 'p1' });
      await ended('sent', DELIVERED);
      const found = await outbox.operations.asideByIds(['held', 'sent', 'unknown']);
      expect(found.map(({ id, placeId }) => [id, placeId])).toEqual([['held', 'p1']]);
    });

    it('sends many again at once, and leaves alone what is neither held nor dead', async () => {
      await ended('held', UNSURE);
      await ended('dead', REJECTED);
      await ended('sent', DELIVERED);
      expect(await outbox.operations.redriveMany(['held', 'dead', 'sent', 'unknown'], after(1))).toBe(2);
      expect(await outbox.operations.counts()).toMatchObject({ queued: 2, held: 0, dead: 0, sent: 1 });
      expect((await outbox.operations.aside({ limit: 10 })).items).toEqual([]);
      expect(await outbox.operations.redriveMany(['dead'], after(1))).toBe(0);
      const again = await outbox.store.claimBatch(claimAt(1));
      expect(again.map(({ row: { id, tries } }) => [id, tries]).sort()).toEqual([
        ['dead', 0],
        ['held', 0],
      ]);
    });

    it('takes many held rows as delivered at once, and no dead one', async () => {
      await ended('held', UNSURE);
      await ended('dead', REJECTED);
      expect(await outbox.operations.confirmMany(['held', 'dead'], after(1))).toBe(1);
      expect(await outbox.operations.counts()).toMatchObject({ held: 0, dead: 1, sent: 1 });
      expect(await outbox.row('held')).toMatchObject({ outcome: 'delivered', doneAt: after(1) });
    });

    it('shows conversations by how long their oldest message waits, and until when they rest', async () => {
      for (const [key, to, ms] of [
        ['b1', 'b', 5],
        ['b2', 'b', 6],
        ['a1', 'a', 9],
        ['c1', 'c', 7],
      ] as const)
        await outbox.enqueue({ key, to: group(to), body: { text: 't' } }, after(ms));
      const [claim] = await outbox.store.claimBatch(claimAt(10, { limit: 1 }));
      if (!claim) throw new Error('nothing to claim');
      const busy = { status: 'retry', reason: 'busy', retryAfterMs: MINUTE_MS } as const;
      await outbox.store.settle(claim, busy, timeAt(10));

      expect(await outbox.operations.lanes({ limit: 2, realNow: after(11) })).toEqual([
        {
          lane: 'web:demo:b',
          sender: 'web:demo',
          queued: 2,
          oldestDueAt: after(5),
          pausedUntil: after(10 + MINUTE_MS),
        },
        { lane: 'web:demo:c', sender: 'web:demo', queued: 1, oldestDueAt: after(7) },
      ]);
    });

    it('shows what waits for each login, and how much of it is due', async () => {
      const body = { text: 't' };
      const other = { channel: 'web', account: 'second', conversationId: 'x' } as const;
      await outbox.enqueue({ key: 'now', to: group('a'), body }, START);
      await outbox.enqueue({ key: 'later', to: group('a'), body, notBefore: after(MINUTE_MS) }, START);
      await outbox.enqueue({ key: 'elsewhere', to: other, body, notBefore: after(MINUTE_MS) }, START);

      expect(await outbox.operations.senders({ now: START, realNow: START })).toMatchObject([
        { sender: 'web:demo', queued: 2, due: 1, oldestDueAt: START, faults: 0 },
        { sender: 'web:second', queued: 1, due: 0, oldestDueAt: after(MINUTE_MS) },
      ]);
    });
  });
}
