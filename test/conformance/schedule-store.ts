import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#core/clock';
import type { Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import type { Schedule, ScheduleKind, ScheduleStore, Slot } from '#core/schedule';

export interface SchedulesUnderTest {
  readonly store: ScheduleStore;
  /** Carries writes out as one decision; rejects with ConflictError when a `mustMatch` misses. */
  readonly carryOut: (...writes: readonly Write[]) => Promise<void>;
}

/** One promise of the port: rejects when it is not kept. */
export interface Promised {
  readonly name: string;
  readonly check: (under: SchedulesUnderTest) => Promise<void>;
}

const START = new Date('2026-12-01T00:30:00Z');
const KINDS: readonly ScheduleKind[] = ['digest.morning'];

function at(ms: number): Date {
  return new Date(START.getTime() + ms);
}

export function hourly(placeId: string): Schedule {
  const kind = 'digest.morning';
  const catchUp = { policy: 'each' } as const;
  return { id: `${kind}:${placeId}`, kind, placeId, pattern: '0 * * * *', zone: 'Asia/Shanghai', catchUp };
}

const HERE = hourly('here');
const THERE = hourly('there');

function slotOf({ id, kind, placeId }: Schedule, ms: number): Slot {
  return { scheduleId: id, kind, ...(placeId !== undefined && { placeId }), slotAt: at(ms) };
}

async function dueSlots(store: ScheduleStore, ms: number): Promise<readonly Slot[]> {
  return (await store.due(KINDS, at(ms), 10)).map(({ slot }) => slot);
}

async function throughOf(store: ScheduleStore, schedule: Schedule, ms: number): Promise<Date | undefined> {
  return (await store.plannedThrough([schedule], at(ms))).get(schedule.id);
}

/** The promises of `ScheduleStore`, each on an empty store. */
export const SCHEDULE_PROMISES: readonly Promised[] = [
  {
    name: 'knows a schedule from the first time it was asked about, and not from before',
    async check({ store }) {
      expect(await throughOf(store, HERE, 0)).toEqual(at(0));
      expect(await throughOf(store, HERE, HOUR_MS)).toEqual(at(0));
      expect(await store.plannedThrough([HERE, THERE], at(HOUR_MS))).toEqual(
        new Map([
          [HERE.id, at(0)],
          [THERE.id, at(HOUR_MS)],
        ]),
      );
    },
  },
  {
    name: 'agrees on one beginning when several ask at the same moment',
    async check({ store }) {
      const asked = await Promise.all([0, 1, 2, 3].map((ms) => throughOf(store, HERE, ms)));
      expect(new Set(asked.map((through) => through?.getTime())).size).toBe(1);
    },
  },
  {
    name: 'hands out what is due in the order of the slots, as it was planned',
    async check({ store }) {
      await store.plannedThrough([HERE, THERE], at(0));
      await store.plan(THERE, [at(2 * MINUTE_MS)], at(2 * MINUTE_MS));
      await store.plan(HERE, [at(MINUTE_MS), at(3 * MINUTE_MS)], at(3 * MINUTE_MS));
      expect(await dueSlots(store, MINUTE_MS - 1)).toEqual([]);
      expect(await dueSlots(store, 2 * MINUTE_MS)).toEqual([
        slotOf(HERE, MINUTE_MS),
        slotOf(THERE, 2 * MINUTE_MS),
      ]);
    },
  },
  {
    name: 'keeps a slot once, whoever plans it how often and at the same time',
    async check({ store }) {
      await store.plannedThrough([HERE], at(0));
      const plan = () => store.plan(HERE, [at(MINUTE_MS), at(2 * MINUTE_MS)], at(2 * MINUTE_MS));
      await Promise.all([plan(), plan(), plan()]);
      await plan();
      expect(await dueSlots(store, HOUR_MS)).toHaveLength(2);
    },
  },
  {
    name: 'never forgets how far a schedule was planned',
    async check({ store }) {
      await store.plannedThrough([HERE], at(0));
      await store.plan(HERE, [], at(HOUR_MS));
      await store.plan(HERE, [], at(MINUTE_MS));
      expect(await throughOf(store, HERE, 0)).toEqual(at(HOUR_MS));
    },
  },
  {
    name: 'ends a slot once',
    async check({ store, carryOut }) {
      await store.plannedThrough([HERE], at(0));
      await store.plan(HERE, [at(0)], at(0));
      await carryOut(store.end(slotOf(HERE, 0), 'fired', at(1)));
      expect(await dueSlots(store, HOUR_MS)).toEqual([]);
      for (const state of ['fired', 'skipped'] as const)
        await expect(carryOut(store.end(slotOf(HERE, 0), state, at(2)))).rejects.toThrow(ConflictError);
    },
  },
  {
    name: 'keeps an ended slot ended when it is planned again',
    async check({ store, carryOut }) {
      await store.plannedThrough([HERE], at(0));
      await store.plan(HERE, [at(0)], at(0));
      await carryOut(store.end(slotOf(HERE, 0), 'skipped', at(1)));
      await store.plan(HERE, [at(0)], at(0));
      expect(await dueSlots(store, HOUR_MS)).toEqual([]);
    },
  },
  {
    name: 'leaves kinds it is not asked for alone',
    async check({ store }) {
      await store.plannedThrough([HERE], at(0));
      await store.plan(HERE, [at(0)], at(0));
      expect(await store.due([], at(HOUR_MS), 10)).toEqual([]);
      expect(await store.nextLookAt([])).toBeUndefined();
    },
  },
  {
    name: 'puts a failed slot off, counts its tries and says when to look again',
    async check({ store }) {
      await store.plannedThrough([HERE], at(0));
      await store.plan(HERE, [at(0)], at(0));
      expect(await store.nextLookAt(KINDS)).toEqual(at(0));
      await store.putOff(slotOf(HERE, 0), at(MINUTE_MS));
      expect(await store.nextLookAt(KINDS)).toEqual(at(MINUTE_MS));
      expect(await dueSlots(store, MINUTE_MS - 1)).toEqual([]);
      expect(await store.due(KINDS, at(MINUTE_MS), 10)).toEqual([{ slot: slotOf(HERE, 0), tries: 1 }]);
    },
  },
  {
    name: 'tells operators how each schedule stands',
    async check({ store, carryOut }) {
      await store.plannedThrough([HERE, THERE], at(0));
      await store.plan(HERE, [at(0), at(1), at(2)], at(2));
      await carryOut(store.end(slotOf(HERE, 0), 'fired', at(5)));
      await carryOut(store.end(slotOf(HERE, 1), 'skipped', at(6)));
      const last = { slotAt: at(1), state: 'skipped', endedAt: at(6) };
      expect(await store.standings()).toEqual([
        { scheduleId: HERE.id, kind: HERE.kind, placeId: 'here', plannedThrough: at(2), last, waiting: 1 },
        { scheduleId: THERE.id, kind: THERE.kind, placeId: 'there', plannedThrough: at(0), waiting: 0 },
      ]);
    },
  },
];

/** Checks every promise on a store; `make` gives an empty one. */
export function describeScheduleStore(name: string, make: () => Promise<SchedulesUnderTest>): void {
  describe(`${name} keeps the promises of schedules`, () => {
    let under: SchedulesUnderTest;
    beforeEach(async () => (under = await make()));

    for (const promised of SCHEDULE_PROMISES) it(promised.name, () => promised.check(under));
  });
}
