import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core/clock';
import type { CatchUp, Schedule } from '#core/schedule';
import { dueSlots, isWorthRunning, MOST_AT_ONCE, nextSlot } from '#src/schedule/occurrences';

/** A pattern as lists of what matches; an empty list matches everything. */
interface Fields {
  readonly minute: readonly number[];
  readonly hour: readonly number[];
  readonly dayOfMonth: readonly number[];
  readonly month: readonly number[];
  readonly weekday: readonly number[];
}

function patternOf({ minute, hour, dayOfMonth, month, weekday }: Fields): string {
  return [minute, hour, dayOfMonth, month, weekday].map((list) => list.join(',') || '*').join(' ');
}

function isDay({ dayOfMonth, month, weekday }: Fields, local: DateTime): boolean {
  if (month.length > 0 && !month.includes(local.month)) return false;
  const byDate = dayOfMonth.includes(local.day);
  const byWeekday = weekday.includes(local.weekday % 7);
  if (dayOfMonth.length > 0 && weekday.length > 0) return byDate || byWeekday;
  return dayOfMonth.length + weekday.length === 0 || byDate || byWeekday;
}

function isMinute(fields: Fields, local: DateTime): boolean {
  const fits = (list: readonly number[], value: number) => list.length === 0 || list.includes(value);
  return isDay(fields, local) && fits(fields.hour, local.hour) && fits(fields.minute, local.minute);
}

/** The minutes of a stretch that match by the wall clock, found by looking at every one of them. */
function slowSlots(fields: Fields, zone: string, after: Date, until: Date): Date[] {
  const isFixed = fields.minute.length === 1 && fields.hour.length === 1;
  const slots: Date[] = [];
  const first = Math.floor(after.getTime() / MINUTE_MS + 1) * MINUTE_MS;
  for (let ms = first; ms <= until.getTime(); ms += MINUTE_MS) {
    const local = DateTime.fromMillis(ms, { zone });
    if (isFixed ? isFixedSlot(fields, local) : isMinute(fields, local)) slots.push(new Date(ms));
  }
  return slots;
}

/** A single time of day happens once a day: the first of two, and what a gap swallows right after the gap. */
function isFixedSlot(fields: Fields, local: DateTime): boolean {
  const before = DateTime.fromMillis(local.toMillis() - MINUTE_MS, { zone: local.zone });
  const gapMinutes = local.offset - before.offset;
  if (gapMinutes > 0) {
    for (let back = 0; back < gapMinutes; back += 1) {
      const swallowed = DateTime.fromMillis(local.toMillis(), { zone: 'utc' })
        .plus({ minutes: local.offset - back })
        .toUTC();
      if (isMinute(fields, swallowed)) return true;
    }
    return false;
  }
  if (!isMinute(fields, local)) return false;
  const hourBefore = DateTime.fromMillis(local.toMillis() - HOUR_MS, { zone: local.zone });
  const isSecondPass = hourBefore.offset !== local.offset && isMinute(fields, hourBefore);
  return !isSecondPass;
}

const some = (min: number, max: number, most = 3) =>
  fc.uniqueArray(fc.integer({ min, max }), { maxLength: most }).map((list) => list.sort((a, b) => a - b));
const fields: fc.Arbitrary<Fields> = fc.record({
  minute: fc.oneof(some(0, 59), fc.constant([30])),
  hour: fc.oneof(some(0, 23), some(0, 4)),
  dayOfMonth: fc.oneof(fc.constant([]), some(1, 31), some(28, 31)),
  month: fc.oneof(fc.constant([]), some(1, 12)),
  weekday: fc.oneof(fc.constant([]), some(0, 6)),
});

/** Ends of months, leap days, New Year, and the nights in which clocks are changed. */
const MOMENTS = [
  ['Asia/Shanghai', '2026-02-27T20:00:00Z'],
  ['Asia/Shanghai', '2028-02-28T10:00:00Z'],
  ['Asia/Shanghai', '2026-12-31T10:00:00Z'],
  ['Asia/Shanghai', '2026-10-30T10:00:00Z'],
  ['Asia/Urumqi', '2026-03-31T10:00:00Z'],
  ['America/New_York', '2026-03-07T20:00:00Z'],
  ['America/New_York', '2026-10-31T20:00:00Z'],
  ['Europe/Berlin', '2026-03-28T10:00:00Z'],
  ['Europe/Berlin', '2026-10-24T10:00:00Z'],
] as const;

function schedule(pattern: string, zone: string, catchUp: CatchUp = { policy: 'each' }): Schedule {
  return { id: 'digest.morning:p', kind: 'digest.morning', placeId: 'p', pattern, zone, catchUp };
}

describe('the slots of a pattern', () => {
  it('are those that a slow look at every minute finds: ends of months, leap days, changed clocks', () => {
    fc.assert(
      fc.property(
        fields,
        fc.constantFrom(...MOMENTS),
        fc.integer({ min: 0, max: 7_200_000 }),
        (one, [zone, at], ms) => {
          const after = new Date(Date.parse(at) + ms);
          const now = new Date(after.getTime() + 1.5 * DAY_MS);
          const expected = slowSlots(one, zone, after, now).slice(0, MOST_AT_ONCE);
          const { slots } = dueSlots(schedule(patternOf(one), zone), after, now);
          expect(slots.map((slot) => slot.toISOString())).toEqual(expected.map((slot) => slot.toISOString()));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('come at 8:30 of the place, wherever it is', () => {
    const after = new Date('2026-09-01T00:00:00Z');
    expect(nextSlot({ pattern: '30 8 * * *', zone: 'Asia/Shanghai' }, after)).toEqual(
      new Date('2026-09-01T00:30:00Z'),
    );
    expect(nextSlot({ pattern: '30 8 * * *', zone: 'Asia/Urumqi' }, after)).toEqual(
      new Date('2026-09-01T02:30:00Z'),
    );
  });

  it('are refused where the pattern or the zone is none', () => {
    expect(() => nextSlot({ pattern: '99 8 * * *', zone: 'Asia/Shanghai' }, new Date(0))).toThrow();
    expect(() => nextSlot({ pattern: '0 8 * * *', zone: 'Asia/Nowhere' }, new Date(0))).toThrow();
  });
});

describe('catching up', () => {
  const zone = 'Asia/Shanghai';
  const from = new Date('2026-09-01T00:10:00Z');
  const after = (ms: number) => new Date(from.getTime() + ms);

  it('looks back without bound: after ten years the latest slot is made good', () => {
    const once = schedule('30 * * * *', zone, { policy: 'once' });
    const now = after(3_650 * DAY_MS);
    expect(dueSlots(once, from, now)).toEqual({
      slots: [new Date(now.getTime() - 40 * MINUTE_MS)],
      through: now,
    });
  });

  it('takes every slot in order, in portions that lose none', () => {
    const each = schedule('*/5 * * * *', zone);
    const now = after(10 * DAY_MS);
    const all: Date[] = [];
    let through = from;
    while (through < now) {
      const next = dueSlots(each, through, now);
      expect(next.slots.length).toBeLessThanOrEqual(MOST_AT_ONCE);
      all.push(...next.slots);
      through = next.through;
    }
    expect(all).toHaveLength(10 * 24 * 12);
    expect(new Set(all.map((slot) => slot.getTime())).size).toBe(all.length);
  });

  it.each<CatchUp>([{ policy: 'once' }, { policy: 'each' }, { policy: 'skip', lateMs: HOUR_MS }])(
    'has one slot at the very moment, none a millisecond before and none twice: $policy',
    (catchUp) => {
      const one = schedule('30 8 * * *', zone, catchUp);
      const slot = new Date('2026-09-01T00:30:00Z');
      const before = new Date(slot.getTime() - 1);
      expect(dueSlots(one, from, before).slots).toEqual([]);
      expect(dueSlots(one, before, slot).slots).toEqual([slot]);
      expect(dueSlots(one, slot, new Date(slot.getTime() + 5_000)).slots).toEqual([]);
      expect(dueSlots(one, slot, before)).toEqual({ slots: [], through: slot });
    },
  );

  it('passes over what came too late or was overtaken', () => {
    const skip = schedule('30 8 * * *', zone, { policy: 'skip', lateMs: HOUR_MS });
    const slot = new Date('2026-09-01T00:30:00Z');
    const late = (ms: number) => new Date(slot.getTime() + ms);
    expect(isWorthRunning(skip, slot, late(HOUR_MS), true)).toBe(true);
    expect(isWorthRunning(skip, slot, late(HOUR_MS + 1), true)).toBe(false);
    expect(isWorthRunning(skip, slot, late(0), false)).toBe(false);
    const once = schedule('30 8 * * *', zone, { policy: 'once' });
    expect(isWorthRunning(once, slot, late(DAY_MS), true)).toBe(true);
    expect(isWorthRunning(once, slot, late(0), false)).toBe(false);
    expect(isWorthRunning(schedule('30 8 * * *', zone), slot, late(DAY_MS), false)).toBe(true);
  });
});
