import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#core/clock';
import type { Deadline, DeadlineStore } from '#core/deadline';
import type { Write } from '#core/decision';
import { ConflictError } from '#core/errors';

export interface DeadlinesUnderTest {
  readonly store: DeadlineStore;
  /** Carries writes out as one decision; rejects with ConflictError when a `mustMatch` misses. */
  readonly carryOut: (...writes: readonly Write[]) => Promise<void>;
}

const START = new Date('2026-12-01T12:00:00Z');
const KINDS = ['poll.close', 'poll.remind'] as const;

function after(ms: number): Date {
  return new Date(START.getTime() + ms);
}

export function pollClose(subjectId: string, dueMs: number, more: Partial<Deadline> = {}): Deadline {
  const id = `poll.close:${subjectId}`;
  return { id, kind: 'poll.close', placeId: 'place1', subjectId, dueAt: after(dueMs), step: 0, ...more };
}

/** The promises of `DeadlineStore`. `make` gives an empty store. */
export function describeDeadlineStore(name: string, make: () => Promise<DeadlinesUnderTest>): void {
  describe(`${name} keeps the promises of deadlines`, () => {
    let store: DeadlineStore;
    let carryOut: DeadlinesUnderTest['carryOut'];

    const dueAt = async (ms: number) => (await store.due(KINDS, after(ms), 10)).map((due) => due.deadline);

    beforeEach(async () => ({ store, carryOut } = await make()));

    it('hands out what is due, the earliest first, as it was set', async () => {
      const late = pollClose('late', 2 * MINUTE_MS, { groupId: 'g1', step: 3 });
      const early = pollClose('early', MINUTE_MS);
      await carryOut(store.set(late), store.set(early));
      expect(await dueAt(MINUTE_MS - 1)).toEqual([]);
      expect(await dueAt(2 * MINUTE_MS)).toEqual([early, late]);
    });

    it('leaves kinds it is not asked for alone', async () => {
      await carryOut(store.set(pollClose('a', 0, { id: 'x', kind: 'notice.send' })));
      expect(await dueAt(0)).toEqual([]);
    });

    it('moves a pending deadline', async () => {
      await carryOut(store.set(pollClose('a', 0)));
      await carryOut(store.set(pollClose('a', HOUR_MS)));
      expect(await dueAt(0)).toEqual([]);
      expect(await dueAt(HOUR_MS)).toHaveLength(1);
    });

    it('sets once what must not be moved', async () => {
      await carryOut(store.setOnce(pollClose('a', 0)));
      await carryOut(store.setOnce(pollClose('a', HOUR_MS)));
      expect(await dueAt(0)).toHaveLength(1);
    });

    it('fires a deadline once', async () => {
      const deadline = pollClose('a', 0);
      await carryOut(store.set(deadline));
      await carryOut(store.fired(deadline, after(1)));
      expect(await dueAt(HOUR_MS)).toEqual([]);
      await expect(carryOut(store.fired(deadline, after(2)))).rejects.toThrow(ConflictError);
    });

    it('keeps a fired deadline fired, whoever sets it again', async () => {
      const deadline = pollClose('a', 0);
      await carryOut(store.set(deadline));
      await carryOut(store.fired(deadline, after(1)));
      await carryOut(store.set(pollClose('a', HOUR_MS)), store.setOnce(pollClose('a', HOUR_MS)));
      expect(await dueAt(HOUR_MS)).toEqual([]);
    });

    it('does not fire what was moved or cancelled meanwhile', async () => {
      const moved = pollClose('moved', 0);
      const cancelled = pollClose('cancelled', 0);
      await carryOut(store.set(moved), store.set(cancelled));
      await carryOut(store.set(pollClose('moved', HOUR_MS)), store.cancel(cancelled.id));
      await expect(carryOut(store.fired(moved, after(1)))).rejects.toThrow(ConflictError);
      await expect(carryOut(store.fired(cancelled, after(1)))).rejects.toThrow(ConflictError);
      expect(await dueAt(HOUR_MS)).toEqual([pollClose('moved', HOUR_MS)]);
    });

    it('sets a cancelled deadline anew', async () => {
      await carryOut(store.set(pollClose('a', 0)));
      await carryOut(store.cancel('poll.close:a'));
      await carryOut(store.set(pollClose('a', HOUR_MS)));
      expect(await dueAt(HOUR_MS)).toHaveLength(1);
    });

    it('fires the same row again when its own handler says so', async () => {
      const first = pollClose('a', 0);
      const second = pollClose('a', HOUR_MS, { step: 1 });
      await carryOut(store.set(first));
      await carryOut(store.fired(first, after(1)), store.again(second));
      expect(await dueAt(0)).toEqual([]);
      expect(await dueAt(HOUR_MS)).toEqual([second]);
    });

    it('puts a failed deadline off without forgetting when it was due', async () => {
      const deadline = pollClose('a', 0);
      await carryOut(store.set(deadline));
      await store.putOff(deadline, after(MINUTE_MS));
      expect(await dueAt(MINUTE_MS - 1)).toEqual([]);
      expect(await store.due(KINDS, after(MINUTE_MS), 10)).toEqual([{ deadline, tries: 1 }]);
      await carryOut(store.fired(deadline, after(MINUTE_MS)));
    });

    it('says when to look next, among the kinds it is asked for', async () => {
      expect(await store.nextLookAt(KINDS)).toBeUndefined();
      const [early, late] = [pollClose('early', MINUTE_MS), pollClose('late', HOUR_MS)];
      const other = pollClose('other', 0, { id: 'x', kind: 'notice.send' });
      await carryOut(store.set(late), store.set(early), store.set(other));
      expect(await store.nextLookAt(KINDS)).toEqual(early.dueAt);
      await store.putOff(early, after(2 * HOUR_MS));
      expect(await store.nextLookAt(KINDS)).toEqual(late.dueAt);
    });

    it('names the next deadline of a place and of all places', async () => {
      const here = pollClose('here', HOUR_MS);
      const there = pollClose('there', MINUTE_MS, { placeId: 'place2' });
      await carryOut(store.set(here), store.set(there));
      expect(await store.nextDue()).toEqual(there);
      expect(await store.nextDue('place1')).toEqual(here);
      expect(await store.nextDue('place3')).toBeUndefined();
    });
  });
}
