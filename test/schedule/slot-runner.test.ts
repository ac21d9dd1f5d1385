import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Clock } from '#core/clock';
import type { CommitGuarded } from '#core/commit';
import { NOTHING } from '#core/decision';
import type { CatchUp, Schedule, ScheduleHandler, ScheduleKind } from '#core/schedule';
import { createSlotRunner, type SlotEvent, type SlotRunner } from '#src/schedule/slot-runner';
import { hourly } from '#test/conformance/schedule-store';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { createMemoryScheduleStore, type MemoryScheduleStore } from '#test/support/memory-schedule-store';

const START = new Date('2026-12-01T00:30:00Z');

let clock: FakeClock;
let store: MemoryScheduleStore;
let schedules: readonly Schedule[];
let ran: string[];
let events: SlotEvent[];

beforeEach(() => {
  clock = createFakeClock(START);
  store = createMemoryScheduleStore();
  schedules = [hourly('here')];
  ran = [];
  events = [];
});

const note: ScheduleHandler = async ({ placeId, slotAt }) => ({
  ...NOTHING,
  event: `${placeId ?? ''} ${slotAt.toISOString()}`,
});

/** Commits the guards and notes what was decided, as one. */
const commit: CommitGuarded = async (decision, { guards = [] }) => {
  await store.carryOut(...guards);
  if (decision.event !== undefined) ran.push(decision.event);
};

interface Wishes {
  readonly handler?: ScheduleHandler;
  readonly commit?: CommitGuarded;
  readonly clock?: Clock;
  readonly handlers?: Partial<Record<ScheduleKind, ScheduleHandler>>;
}

function instance(wishes: Wishes = {}): SlotRunner {
  return createSlotRunner({
    store,
    schedules: async () => schedules,
    handlers: wishes.handlers ?? { 'digest.morning': wishes.handler ?? note },
    commit: wishes.commit ?? commit,
    clock: wishes.clock ?? clock,
    chance: createFakeChance(),
    onEvent: (event) => events.push(event),
  });
}

const withPolicy = (catchUp: CatchUp): Schedule => ({ ...hourly('here'), catchUp });
const hours = (count: number, first = '2026-12-01T01:00:00.000Z') =>
  Array.from(
    { length: count },
    (_, index) => `here ${new Date(Date.parse(first) + index * HOUR_MS).toISOString()}`,
  );

describe('the runner of schedules', () => {
  it('runs nothing of the time before a schedule was known', async () => {
    const one = instance();
    expect(await one.runDue()).toBe(0);
    expect(await one.nextAt()).toEqual(new Date('2026-12-01T01:00:00Z'));
    clock.advance(30 * MINUTE_MS);
    expect(await one.runDue()).toBe(1);
    expect(ran).toEqual(hours(1));
  });

  it.each<[CatchUp, string[]]>([
    [{ policy: 'each' }, hours(10)],
    [{ policy: 'once' }, hours(10).slice(-1)],
    [{ policy: 'skip', lateMs: HOUR_MS }, hours(10).slice(-1)],
    [{ policy: 'skip', lateMs: MINUTE_MS }, []],
  ])('keeps to the policy when everybody was away for ten slots: %j', async (catchUp, expected) => {
    schedules = [withPolicy(catchUp)];
    await instance().runDue();
    clock.advance(10 * HOUR_MS);
    const back = instance();
    await back.runDue();
    await back.runDue();
    expect(ran).toEqual(expected);
  });

  it('does not run an overtaken slot that waited for its handler', async () => {
    schedules = [withPolicy({ policy: 'once' })];
    let isBroken = true;
    const handler: ScheduleHandler = async (slot, now) => {
      if (isBroken) throw new Error('bug');
      return note(slot, now);
    };
    const one = instance({ handler });
    await one.runDue();
    clock.advance(HOUR_MS);
    await one.runDue();
    isBroken = false;
    clock.advance(HOUR_MS);
    await one.runDue();
    expect(ran).toEqual(hours(2).slice(1));
    expect(events.map(({ event }) => event)).toEqual(['slot.failed', 'slot.skipped', 'slot.fired']);
  });

  it('is held up by no handler that fails, tries it again and raises an alert', async () => {
    schedules = [hourly('bad'), hourly('here')];
    const handler: ScheduleHandler = async (slot, now) => {
      if (slot.placeId === 'bad') throw new Error('bug');
      return note(slot, now);
    };
    const one = instance({ handler });
    await one.runDue();
    clock.advance(30 * MINUTE_MS);
    for (let round = 0; round < 6; round += 1) {
      await one.runDue();
      clock.advance(4 * MINUTE_MS);
    }
    expect(ran).toEqual(hours(1));
    const alert = events.find(({ event }) => event === 'slot.alert');
    expect(alert).toMatchObject({ scheduleId: 'digest.morning:bad', tries: 5 });
  });

  it('leaves rows of a kind alone that only a newer version knows', async () => {
    await instance().runDue();
    clock.advance(HOUR_MS);
    await instance({ handlers: {} }).runDue();
    expect(ran).toEqual([]);
    await instance().runDue();
    expect(ran).toEqual(hours(1));
  });

  it('passes over what a schedule left that is gone, and knows a new place at once', async () => {
    clock.advance(30 * MINUTE_MS - 20_000);
    const old = instance();
    await old.runDue();
    schedules = [hourly('here'), hourly('there')];
    await instance().runDue();
    // Within the minute in which the old one does not ask again by itself.
    clock.advance(30_000);
    await store.plan(hourly('there'), [new Date('2026-12-01T01:00:00Z')], clock.now());
    await old.runDue();
    expect(ran.toSorted()).toEqual([...hours(1), hours(1)[0]?.replace('here', 'there')].toSorted());

    await store.plan(hourly('gone'), [new Date('2026-12-01T01:00:00Z')], clock.now());
    await old.runDue();
    expect(ran).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ event: 'slot.skipped', scheduleId: 'digest.morning:gone' });
  });

  it('runs one look after the other, whoever asks', async () => {
    const one = instance();
    await one.runDue();
    clock.advance(3 * HOUR_MS);
    await Promise.all([one.runDue(), one.runDue(), one.runDue()]);
    expect(ran).toEqual(hours(3));
    expect(events.filter(({ event }) => event === 'slot.conflict')).toEqual([]);
  });
});

type Death = 'none' | 'beforeCommit' | 'afterCommit';

/** What one of five instances does next; `skewMs`: how wrong its clock is. */
interface Move {
  readonly instance: number;
  readonly passMs: number;
  readonly skewMs: number;
  readonly death: Death;
}

interface Seat {
  readonly skew: { ms: number };
  readonly fate: { death: Death };
}

const move: fc.Arbitrary<Move> = fc.record({
  instance: fc.integer({ min: 0, max: 4 }),
  passMs: fc.oneof(fc.integer({ min: 0, max: 20 * MINUTE_MS }), fc.integer({ min: 0, max: 5 * HOUR_MS })),
  skewMs: fc.integer({ min: -5 * MINUTE_MS, max: 5 * MINUTE_MS }),
  death: fc.constantFrom<Death>('none', 'none', 'none', 'beforeCommit', 'afterCommit'),
});

describe('five instances of the runner', () => {
  /** An instance whose clock is wrong by `skew.ms` and that dies at a commit when `death` says so. */
  function mortal({ skew, fate }: Seat): SlotRunner {
    const skewed = { ...clock, now: () => new Date(clock.now().getTime() + skew.ms) };
    return instance({
      clock: skewed,
      commit: async (decision, request) => {
        if (fate.death === 'beforeCommit') throw new Error('died');
        await commit(decision, request);
        if (fate.death === 'afterCommit') throw new Error('died');
      },
    });
  }

  it('miss no slot and run none twice, with wrong clocks and deaths at any commit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 40 }), async (moves) => {
        clock = createFakeClock(START);
        store = createMemoryScheduleStore();
        ran = [];
        schedules = ['a', 'b', 'c'].map(hourly);
        await instance().runDue();
        const seats = Array.from({ length: 5 }, (): Seat => ({ skew: { ms: 0 }, fate: { death: 'none' } }));
        const runners = seats.map(mortal);
        for (const { instance: seat, passMs, skewMs, death } of moves) {
          clock.advance(passMs);
          const seated = seats[seat];
          if (!seated) throw new Error('no such seat');
          seated.skew.ms = skewMs;
          seated.fate.death = death;
          await runners[seat]?.runDue();
        }
        clock.advance(DAY_MS);
        const last = instance();
        await last.runDue();
        const firstMs = Date.parse('2026-12-01T01:00:00Z');
        const count = Math.floor((clock.now().getTime() - firstMs) / HOUR_MS) + 1;
        const expected = ['a', 'b', 'c'].flatMap((place) =>
          Array.from(
            { length: count },
            (_, index) => `${place} ${new Date(firstMs + index * HOUR_MS).toISOString()}`,
          ),
        );
        expect(ran.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 150 },
    );
  });
});
