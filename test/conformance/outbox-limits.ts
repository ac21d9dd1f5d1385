import { expect } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import type { OutboxClaim, ReadySender, SettleOutcome } from '#core/outbox';
import { BREAK_AFTER_FAULTS, PROBE_MS } from '#core/outbox-breaker';
import { claimAt, group, START, timeAt } from './outbox-store.ts';
import type { OperatedOutbox } from './outbox-operations.ts';
import { VITEST, type Suite } from './suite.ts';

const DELIVERED = { status: 'delivered' } as const;
const LATER = { status: 'retry', reason: '45009', retryAfterMs: MINUTE_MS } as const;
const LOGIN_LATER = { ...LATER, scope: 'sender' } as const;
const FAULT = { status: 'retry', reason: 'busy' } as const;
const SHANGHAI = 'Asia/Shanghai';

const after = (ms: number) => new Date(START.getTime() + ms);
const idsOf = (claims: readonly OutboxClaim[]) => claims.map((claim) => claim.row.id);

/** The promises of `OutboxStore` about limits: of conversations, of logins, of the night. */
export function describeOutboxLimits(
  name: string,
  make: () => Promise<OperatedOutbox>,
  { describe, beforeEach, it }: Suite = VITEST,
): void {
  describe(`${name} keeps the limits of vendors and people`, () => {
    let outbox: OperatedOutbox;

    beforeEach(async () => void (outbox = await make()));

    const send = (key: string, to: string, more: Partial<Dispatch> = {}, ms = 0) =>
      outbox.enqueue({ key, to: group(to), body: { text: key }, ...more }, after(ms));

    /** What is sent at this moment, with this end. */
    async function turn(ms: number, outcome: SettleOutcome = DELIVERED, limits: Partial<ReadySender> = {}) {
      const senders = [{ sender: 'web:demo', sendsPerMinute: 20, ...limits }];
      const claims = await outbox.store.claimBatch(claimAt(ms, { senders }));
      const settlements = claims.map((claim) => ({ claim, outcome }));
      await outbox.store.settleMany(settlements, timeAt(ms));
      return claims;
    }

    it('keeps the last places of a minute for urgent messages, and gives them away when others become free', async () => {
      for (let index = 0; index < 25; index += 1) await send(`m${index}`, 'g1');
      const sentAtMs: number[] = [];
      for (let ms = 0; ms <= 70_000; ms += 1_000) for (const _ of await turn(ms)) sentAtMs.push(ms);

      const burst = Array.from({ length: 18 }, (_, index) => index * 1_000);
      expect(sentAtMs).toEqual([...burst, 58_000, 59_000, 61_000, 62_000, 63_000, 64_000, 65_000]);
    });

    it('lets an urgent message into a minute that is used up for others', async () => {
      for (let index = 0; index < 25; index += 1) await send(`m${index}`, 'g1');
      for (let ms = 0; ms <= 20_000; ms += 1_000) await turn(ms);
      await send('urgent', 'g1', { urgent: true }, 20_000);
      expect(idsOf(await turn(21_000))).toEqual(['urgent']);
    });

    it('keeps the limit of a login over all its conversations in any minute', async () => {
      for (const lane of ['a', 'b', 'c', 'd', 'e']) await send(lane, lane);
      const login = { loginSendsPerMinute: 2 };
      const sent: [string, number][] = [];
      for (let ms = 0; ms <= 3 * MINUTE_MS; ms += 20_000) {
        for (const id of idsOf(await turn(ms, DELIVERED, login))) sent.push([id, ms]);
      }
      expect(sent).toEqual([
        ['a', 0],
        ['b', 0],
        ['c', 80_000],
        ['d', 80_000],
        ['e', 160_000],
      ]);
    });

    it('counts what is under way as if it ended late, and frees the place of what was not sent', async () => {
      for (const lane of ['a', 'b', 'c']) await send(lane, lane);
      const senders = [{ sender: 'web:demo', sendsPerMinute: 20, loginSendsPerMinute: 2 }];
      const claims = await outbox.store.claimBatch(claimAt(0, { senders }));
      expect(idsOf(claims)).toEqual(['a', 'b']);
      expect(await outbox.store.claimBatch(claimAt(1, { senders }))).toEqual([]);
      const [first] = claims;
      if (first) await outbox.store.settle(first, { status: 'released' }, timeAt(2));
      expect(idsOf(await outbox.store.claimBatch(claimAt(3, { senders })))).toEqual(['a']);
    });

    it('believes nobody who says too late that a message was not sent', async () => {
      for (const lane of ['a', 'b', 'c']) await send(lane, lane);
      const login = { loginSendsPerMinute: 2 };
      const [first] = await turn(0, DELIVERED, login);
      if (first) await outbox.store.settle(first, { status: 'released' }, timeAt(1));
      expect(await turn(2, DELIVERED, login)).toEqual([]);
    });

    it('gives two racing claimers together no more than the login may send', async () => {
      for (let index = 0; index < 20; index += 1) await send(`m${index}`, `g${index}`);
      const senders = [{ sender: 'web:demo', sendsPerMinute: 20, loginSendsPerMinute: 5 }];
      const [one, other] = await Promise.all([
        outbox.store.claimBatch(claimAt(0, { senders })),
        outbox.store.claimBatch(claimAt(0, { senders })),
      ]);
      const all = idsOf([...one, ...other]);
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBeLessThanOrEqual(5);
    });

    it('rests the whole login when the vendor says so, burns no tries, and tries it with one message', async () => {
      for (const lane of ['a', 'b', 'c']) await send(lane, lane);
      expect(await turn(0, LOGIN_LATER)).toHaveLength(3);
      await send('d', 'd', {}, 1);
      expect(await turn(59_999)).toEqual([]);
      expect(await outbox.row('a')).toMatchObject({ state: 'queued', tries: 0, reason: '45009' });
      expect(await outbox.operations.senders(timeAt(1))).toMatchObject([
        { sender: 'web:demo', queued: 4, pausedUntil: after(MINUTE_MS) },
      ]);

      expect(idsOf(await turn(MINUTE_MS))).toEqual(['a']);
      expect(idsOf(await turn(MINUTE_MS + 1))).toEqual(['b', 'c', 'd']);
    });

    it('rests one conversation alone when the vendor means that one', async () => {
      await send('a', 'a');
      await turn(0, LATER);
      await send('a2', 'a', {}, 1);
      await send('b', 'b', {}, 1);
      expect(idsOf(await turn(2))).toEqual(['b']);
      expect(idsOf(await turn(MINUTE_MS))).toEqual(['a']);
    });

    it('lets a login rest that fails with several messages, and tries it with one message after each rest', async () => {
      for (let index = 0; index < 8; index += 1) await send(`m${index}`, `g${index}`);
      expect(await turn(0, FAULT)).toHaveLength(8);
      await send('fresh', 'fresh', {}, 1);
      expect(await turn(1_999)).toEqual([]);
      const probe = await turn(2_000, FAULT);
      expect(probe).toHaveLength(1);
      expect(await turn(2_001)).toEqual([]);
      // The message that tried it in vain is not used up by that, and another one tries it next.
      expect(await outbox.row(idsOf(probe)[0] ?? '')).toMatchObject({ state: 'queued', tries: 1 });
      const next = await turn(2_000 + PROBE_MS);
      expect(next).toHaveLength(1);
      expect(await turn(2_001 + PROBE_MS)).not.toEqual([]);
      expect(await outbox.operations.senders(timeAt(2_002 + PROBE_MS))).toEqual([]);
    });

    it('does not let a login rest for one message that fails again and again', async () => {
      await send('poison', 'poison');
      for (let round = 0; round <= BREAK_AFTER_FAULTS; round += 1) await turn(round * MINUTE_MS, FAULT);
      await send('fine', 'fine', {}, 6 * MINUTE_MS);
      expect(idsOf(await turn(6 * MINUTE_MS))).toContain('fine');
    });

    it('keeps a broadcast for the morning of its place, whatever brought it into the night', async () => {
      const [lateMs, nightMs, morningMs] = [119 * MINUTE_MS, 125 * MINUTE_MS, 11 * HOUR_MS];
      await send('retried', 'a', { quietZone: SHANGHAI }, lateMs);
      await send('urgent', 'b', { quietZone: SHANGHAI, urgent: true }, nightMs);
      await send('queued at night', 'c', { quietZone: SHANGHAI }, nightMs);
      await send('west', 'd', { quietZone: 'Asia/Urumqi' }, nightMs);
      await turn(lateMs, { status: 'retry', reason: 'busy', retryAfterMs: 5 * MINUTE_MS });

      expect(idsOf(await turn(nightMs)).sort()).toEqual(['urgent', 'west']);
      expect(await outbox.row('queued at night')).toMatchObject({ dueAt: after(morningMs) });
      expect(await turn(morningMs - 1)).toEqual([]);
      expect(idsOf(await turn(morningMs)).sort()).toEqual(['queued at night', 'retried']);
    });

    it('keeps what a secretary sends again at night for the morning too, and ends what has begun', async () => {
      await send('dead', 'a', { quietZone: SHANGHAI });
      await send('long', 'b', { quietZone: SHANGHAI });
      const claims = await outbox.store.claimBatch(claimAt(0));
      for (const claim of claims) {
        const isLong = claim.row.id === 'long';
        await outbox.store.settle(
          claim,
          isLong ? { status: 'part' } : { status: 'rejected', reason: 'r' },
          timeAt(0),
        );
      }
      await outbox.operations.redriveMany(['dead'], after(3 * HOUR_MS));
      expect(idsOf(await turn(3 * HOUR_MS))).toEqual(['long']);
      expect(idsOf(await turn(11 * HOUR_MS))).toEqual(['dead']);
    });

    describe('answers that would flood a conversation', () => {
      const few = { sendsPerMinute: 4, maxTextBytes: 30 };
      const answer = (key: string, ms = 0) => send(key, 'g1', { joins: true }, ms);

      it('go out as one message when more wait than its minute has room for, all with the same end', async () => {
        for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await answer(key);
        const [claim, ...others] = await turn(0, DELIVERED, few);
        expect(others).toEqual([]);
        expect(claim?.row.id).toBe('a');
        expect(claim?.joined?.map((row) => row.id)).toEqual(['b', 'c', 'd', 'e', 'f']);
        for (const key of ['a', 'f']) {
          expect(await outbox.row(key)).toMatchObject({ state: 'sent', outcome: 'delivered', doneAt: START });
        }
      });

      it('stay messages of their own while there is room', async () => {
        for (const key of ['a', 'b', 'c']) await answer(key);
        const [claim] = await turn(0, DELIVERED, few);
        expect(claim?.joined).toBeUndefined();
        expect(await outbox.row('b')).toMatchObject({ state: 'queued' });
      });

      it('count as one message in the minute', async () => {
        for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await answer(key);
        await turn(0, DELIVERED, few);
        for (let ms = 1; ms <= 3; ms += 1) {
          await answer(`later ${ms}`, ms);
          expect(await turn(ms, DELIVERED, few)).toHaveLength(1);
        }
      });

      it('keep their order: nothing of another kind is jumped over, and the limit of bytes is kept', async () => {
        for (const key of ['a', 'b']) await answer(key);
        await send('picture', 'g1');
        for (const key of ['c', 'd', 'e'.repeat(40)]) await answer(key);
        const [first] = await turn(0, DELIVERED, few);
        const [second] = await turn(1, DELIVERED, few);
        const [third] = await turn(2, DELIVERED, few);
        expect(first?.joined?.map((row) => row.id)).toEqual(['b']);
        expect([second?.row.id, second?.joined]).toEqual(['picture', undefined]);
        expect(third?.joined?.map((row) => row.id)).toEqual(['d']);
      });

      it('wait together when the vendor refuses, and go out again in their order', async () => {
        for (const key of ['a', 'b', 'c', 'd', 'e']) await answer(key);
        await turn(0, LATER, few);
        expect(await outbox.row('e')).toMatchObject({ state: 'queued', tries: 1 });
        const [again] = await turn(MINUTE_MS + SECOND_MS, DELIVERED, few);
        expect([again?.row.id, again?.joined?.map((row) => row.id)]).toEqual(['a', ['b', 'c', 'd', 'e']]);
      });

      it('are handed on one by one, each marked, when their worker crashed', async () => {
        for (const key of ['a', 'b', 'c', 'd', 'e']) await answer(key);
        const senders = [{ sender: 'web:demo', ...few }];
        const [lost] = await outbox.store.claimBatch(claimAt(0, { senders, leaseMs: SECOND_MS }));
        expect(lost?.joined).toHaveLength(4);
        const [next] = await turn(2 * SECOND_MS, DELIVERED, { ...few, sendsPerMinute: 600 });
        expect(next?.row).toMatchObject({ id: 'a', mayAlreadyBeSent: true });
        expect(await outbox.row('e')).toMatchObject({ state: 'queued', mayAlreadyBeSent: true });
        expect(lost && (await outbox.store.settle(lost, DELIVERED, timeAt(3 * SECOND_MS)))).toBe(false);
        expect(await outbox.row('e')).toMatchObject({ state: 'queued' });
      });

      it('keep their lease together', async () => {
        for (const key of ['a', 'b', 'c', 'd', 'e']) await answer(key);
        const senders = [{ sender: 'web:demo', ...few }];
        const claims = await outbox.store.claimBatch(claimAt(0, { senders, leaseMs: SECOND_MS }));
        expect(await outbox.store.extend(claims, after(900), MINUTE_MS)).toEqual(new Set(claims));
        expect(await turn(2 * SECOND_MS)).toEqual([]);
        expect(await outbox.row('e')).toMatchObject({ state: 'joined', mayAlreadyBeSent: false });
      });
    });
  });
}
