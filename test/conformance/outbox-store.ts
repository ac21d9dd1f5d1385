import { expect } from 'vitest';
import { MINUTE_MS, SECOND_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import type { ConversationRef } from '#core/message';
import {
  MAX_TRIES,
  OUTBOX_PARTITIONS,
  type ClaimRequest,
  type OutboxClaim,
  type OutboxRow,
  type OutboxStore,
} from '#core/outbox';
import { VITEST, type Suite } from './suite.ts';

/** A store under test, with the enqueueing that the commit does in the product. */
export interface OutboxUnderTest {
  readonly store: OutboxStore;
  enqueue(dispatch: Dispatch, now: Date): Promise<'queued' | 'duplicate'>;
  row(id: string): Promise<OutboxRow | undefined>;
}

export const START = new Date('2026-12-01T12:00:00Z');
const LEASE_MS = 30_000;
const TEXT = { body: { text: '您好' } };
const DELIVERED = { status: 'delivered' } as const;

export function group(name: string): ConversationRef {
  return { channel: 'web', account: 'demo', conversationId: name };
}

function after(ms: number): Date {
  return new Date(START.getTime() + ms);
}

export function claimAt(ms: number, more: Partial<ClaimRequest> = {}): ClaimRequest {
  return {
    partitions: Array.from({ length: OUTBOX_PARTITIONS }, (_, index) => index),
    senders: [{ sender: 'web:demo', sendsPerMinute: 20 }],
    now: after(ms),
    realNow: after(ms),
    leaseMs: LEASE_MS,
    limit: 100,
    ...more,
  };
}

export function timeAt(ms: number) {
  return { now: after(ms), realNow: after(ms) };
}

const idsOf = (claims: readonly OutboxClaim[]) => claims.map((claim) => claim.row.id);

/** The promises of `OutboxStore`. `make` gives an empty store. */
export function describeOutboxStore(
  name: string,
  make: () => Promise<OutboxUnderTest>,
  { describe, beforeEach, it }: Suite = VITEST,
): void {
  describe(`${name} keeps the promises of the outbox`, () => {
    let outbox: OutboxUnderTest;
    let store: OutboxStore;
    const send = (key: string, to: string, more: Partial<Dispatch> = {}) =>
      outbox.enqueue({ key, to: group(to), ...TEXT, ...more }, START);

    async function claimOne(ms: number): Promise<OutboxClaim> {
      const [claim, ...others] = await store.claimBatch(claimAt(ms));
      expect(others).toEqual([]);
      if (!claim) throw new Error('nothing to claim');
      return claim;
    }

    beforeEach(async () => {
      outbox = await make();
      store = outbox.store;
    });

    it('keeps one message for one key', async () => {
      expect(await send('a', 'g1')).toBe('queued');
      expect(await send('a', 'g1')).toBe('duplicate');
      expect(await store.claimBatch(claimAt(0))).toHaveLength(1);
    });

    it('hands out nothing before it is due', async () => {
      await send('later', 'g1', { notBefore: after(MINUTE_MS) });
      expect(await store.claimBatch(claimAt(MINUTE_MS - 1))).toEqual([]);
      expect(idsOf(await store.claimBatch(claimAt(MINUTE_MS)))).toEqual(['later']);
    });

    it('gives a due message to exactly one of two racing workers', async () => {
      for (let index = 0; index < 40; index += 1) await send(`m${index}`, `g${index}`);
      const [one, other] = await Promise.all([store.claimBatch(claimAt(0)), store.claimBatch(claimAt(0))]);
      const rest = await store.claimBatch(claimAt(0));
      const all = idsOf([...one, ...other, ...rest]);
      expect(all).toHaveLength(40);
      expect(new Set(all).size).toBe(40);
    });

    it('has one message of a conversation in flight without holding up the others', async () => {
      await send('a1', 'a');
      await send('a2', 'a');
      await send('b1', 'b');
      expect(idsOf(await store.claimBatch(claimAt(0))).sort()).toEqual(['a1', 'b1']);
      expect(await store.claimBatch(claimAt(0))).toEqual([]);
    });

    it('goes past a busy conversation whose next message is older', async () => {
      await send('a1', 'a');
      await claimOne(0);
      await send('a2', 'a');
      await send('b1', 'b');
      expect(idsOf(await store.claimBatch(claimAt(0)))).toEqual(['b1']);
    });

    it('sends a conversation its messages in their order', async () => {
      for (const key of ['first', 'second', 'third']) await send(key, 'g1');
      const seen: string[] = [];
      for (let step = 0; step < 3; step += 1) {
        const claim = await claimOne(step);
        seen.push(claim.row.id);
        await store.settle(claim, DELIVERED, timeAt(step));
      }
      expect(seen).toEqual(['first', 'second', 'third']);
    });

    it('does not starve a conversation behind the long backlog of another', async () => {
      for (let index = 0; index < 30; index += 1) await send(`busy${index}`, 'busy');
      await send('quiet', 'quiet');
      expect(idsOf(await store.claimBatch(claimAt(0, { limit: 2 })))).toEqual(['busy0', 'quiet']);
    });

    it('lets urgent messages go first, in their own conversation and before others', async () => {
      await send('digest1', 'a');
      await send('digest2', 'b');
      await send('urgent', 'b', { urgent: true });
      expect(idsOf(await store.claimBatch(claimAt(0, { limit: 1 })))).toEqual(['urgent']);
    });

    it('leaves rows of other partitions and of senders that are not ready alone', async () => {
      await send('a', 'g1');
      const row = await outbox.row('a');
      const foreign = claimAt(0).partitions.filter((partition) => partition !== row?.partition);
      expect(await store.claimBatch(claimAt(0, { partitions: foreign }))).toEqual([]);
      expect(await store.claimBatch(claimAt(0, { senders: [] }))).toEqual([]);
      expect(await outbox.row('a')).toMatchObject({ state: 'queued', tries: 0 });
    });

    it('hands on what a crashed worker had, marked as perhaps already sent', async () => {
      await send('a', 'g1');
      await claimOne(0);
      expect(await store.claimBatch(claimAt(LEASE_MS))).toEqual([]);
      const claim = await claimOne(LEASE_MS + 1);
      expect(claim.row).toMatchObject({ id: 'a', mayAlreadyBeSent: true, tries: 1 });
    });

    it('holds what a crashed worker had when a duplicate would be worse', async () => {
      await send('a', 'g1', { whenUncertain: 'hold' });
      await claimOne(0);
      expect(await store.claimBatch(claimAt(LEASE_MS + 1))).toEqual([]);
      expect(await outbox.row('a')).toMatchObject({
        state: 'held',
        outcome: 'uncertain',
        mayAlreadyBeSent: true,
      });
    });

    it('gives up what crashes its worker again and again', async () => {
      await send('poison', 'g1');
      for (let round = 0; round < MAX_TRIES; round += 1) await claimOne(round * (LEASE_MS + MINUTE_MS));
      expect(await store.claimBatch(claimAt(MAX_TRIES * (LEASE_MS + MINUTE_MS)))).toEqual([]);
      expect(await outbox.row('poison')).toMatchObject({ state: 'held', tries: MAX_TRIES });
    });

    it('refuses every write of a worker whose lease was taken over', async () => {
      await send('a', 'g1');
      const lost = await claimOne(0);
      const taken = await claimOne(LEASE_MS + 1);
      expect(await store.settle(lost, DELIVERED, timeAt(LEASE_MS + 2))).toBe(false);
      expect(await store.extend([lost], after(LEASE_MS + 2), LEASE_MS)).toEqual(new Set());
      expect(await outbox.row('a')).toMatchObject({ state: 'leased' });
      expect(await store.settle(taken, DELIVERED, timeAt(LEASE_MS + 3))).toBe(true);
    });

    it('settles a claim once', async () => {
      await send('a', 'g1');
      const claim = await claimOne(0);
      expect(await store.settle(claim, DELIVERED, timeAt(1))).toBe(true);
      expect(await store.settle(claim, { status: 'rejected', reason: 'late' }, timeAt(2))).toBe(false);
      expect(await outbox.row('a')).toMatchObject({ state: 'sent', outcome: 'delivered' });
    });

    it('tells in a batch which leases were lost', async () => {
      for (const key of ['a', 'b', 'c']) await send(key, key);
      const claims = await store.claimBatch(claimAt(0));
      const [first] = claims;
      if (first) await store.settle(first, DELIVERED, timeAt(1));
      const settlements = claims.map((claim) => ({ claim, outcome: DELIVERED }));
      expect(await store.settleMany(settlements, timeAt(2))).toEqual([false, true, true]);
    });

    it('keeps a lease that is extended', async () => {
      await send('a', 'g1');
      const claim = await claimOne(0);
      expect(await store.extend([claim], after(LEASE_MS - 1), LEASE_MS)).toEqual(new Set([claim]));
      expect(await store.claimBatch(claimAt(LEASE_MS + SECOND_MS))).toEqual([]);
    });

    it('rests the whole lane after a refused try, so that nothing overtakes', async () => {
      await send('first', 'g1');
      await send('second', 'g1');
      await store.settle(
        await claimOne(0),
        { status: 'retry', reason: 'busy', retryAfterMs: 60_000 },
        timeAt(0),
      );
      expect(await store.claimBatch(claimAt(59_999))).toEqual([]);
      expect((await claimOne(60_000)).row).toMatchObject({ id: 'first', tries: 1, mayAlreadyBeSent: false });
    });

    it('gives up after too many refused tries, and the lane goes on', async () => {
      await send('first', 'g1');
      await send('second', 'g1');
      for (let round = 0; round < MAX_TRIES; round += 1) {
        const claim = await claimOne(round * 10 * MINUTE_MS);
        await store.settle(claim, { status: 'retry', reason: 'busy' }, timeAt(round * 10 * MINUTE_MS));
      }
      expect(await outbox.row('first')).toMatchObject({ state: 'dead', outcome: 'rejected', reason: 'busy' });
      expect((await claimOne(MAX_TRIES * 10 * MINUTE_MS)).row.id).toBe('second');
    });

    it('sends an uncertain message again, or holds it, as it says itself', async () => {
      await send('again', 'a');
      await send('never', 'b', { whenUncertain: 'hold' });
      const claims = await store.claimBatch(claimAt(0));
      const outcome = { status: 'uncertain', reason: 'timeout' } as const;
      await store.settleMany(
        claims.map((claim) => ({ claim, outcome })),
        timeAt(0),
      );
      expect(await outbox.row('never')).toMatchObject({ state: 'held', outcome: 'uncertain' });
      expect((await claimOne(10 * MINUTE_MS)).row).toMatchObject({ id: 'again', mayAlreadyBeSent: true });
    });

    it('buries what is past its time instead of sending it', async () => {
      await send('old', 'g1', { expiresAt: after(MINUTE_MS) });
      expect(await store.claimBatch(claimAt(MINUTE_MS))).toEqual([]);
      expect(await outbox.row('old')).toMatchObject({ state: 'dead', outcome: 'expired' });
    });

    it('never sends a conversation more in a minute than its channel allows', async () => {
      for (let index = 0; index < 5; index += 1) await send(`m${index}`, 'g1');
      const slow = { senders: [{ sender: 'web:demo', sendsPerMinute: 2 }] };
      const sentAtMs: number[] = [];
      for (let ms = 0; ms <= 3 * MINUTE_MS; ms += 5_000) {
        for (const claim of await store.claimBatch(claimAt(ms, slow))) {
          await store.settle(claim, DELIVERED, timeAt(ms));
          sentAtMs.push(ms);
        }
      }
      // A minute is 61 seconds: the network may bring two sends closer together than they began.
      expect(sentAtMs).toEqual([0, 5_000, 65_000, 70_000, 130_000]);
    });

    it('keeps a claim that is given back where it was', async () => {
      await send('first', 'g1');
      await send('second', 'g1');
      await store.settle(await claimOne(0), { status: 'released' }, timeAt(0));
      expect((await claimOne(0)).row).toMatchObject({ id: 'first', tries: 0, mayAlreadyBeSent: false });
    });

    it('remembers which parts of a long text are through, and lets nothing between them', async () => {
      await send('long', 'g1');
      await store.settle(await claimOne(0), { status: 'part' }, timeAt(0));
      await send('urgent', 'g1', { urgent: true });
      expect((await claimOne(1)).row).toMatchObject({ id: 'long', partsSent: 1, tries: 0 });
    });

    it('moves no lease, pause or rate window when the product clock jumps', async () => {
      await send('a', 'g1');
      await claimOne(0);
      const jumped = { now: after(3 * 24 * 60 * MINUTE_MS), realNow: after(1) };
      expect(await store.claimBatch({ ...claimAt(0), ...jumped })).toEqual([]);
    });

    it('shows how far the messages of a subject have come', async () => {
      for (const key of ['a', 'b', 'c', 'd']) await send(key, key, { subjectId: 'notice1', groupId: key });
      await send('other', 'e', { subjectId: 'notice2' });
      const claims = await store.claimBatch(claimAt(0, { limit: 3 }));
      const outcomes = [
        DELIVERED,
        { status: 'accepted' },
        { status: 'rejected', reason: 'not in group' },
      ] as const;
      const settlements = claims.flatMap((claim, index) => {
        const outcome = outcomes[index];
        return outcome ? [{ claim, outcome }] : [];
      });
      await store.settleMany(settlements, timeAt(0));

      const progress = await store.progress('notice1');

      expect(progress.counts).toMatchObject({
        delivered: 1,
        handedOver: 1,
        failed: 1,
        waiting: 1,
        uncertain: 0,
      });
      expect(progress.rows).toHaveLength(4);
      expect(progress.rows).toContainEqual(
        expect.objectContaining({ id: 'c', groupId: 'c', word: 'failed', reason: 'not in group' }),
      );
    });
  });
}
