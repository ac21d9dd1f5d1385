import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { isWorkingDay, workingDaysBetween } from '#language/working-days';
import {
  closenessAt,
  lightOf,
  localDayOf,
  nextCheckAt,
  planCheck,
  type WorkingCalendar,
} from '#procedure/lights';

const zone = 'Asia/Shanghai';
const calendar: WorkingCalendar = {
  zone,
  isWorkingDay: (at) => isWorkingDay(at, zone),
  workingDaysBetween: (from, to) => workingDaysBetween(from, to, zone).days,
};
const at = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();
const K = 3;

describe('lights', () => {
  // Wednesday 30 September 2026 18:00; the Mid-Autumn holiday takes 25 to 27 September.
  const dueAt = at('2026-09-30T18:00');
  it.each([
    ['2026-09-23T23:59:59', 'green', 4],
    ['2026-09-24T00:00', 'yellow', 3],
    ['2026-09-26T12:00', 'yellow', 3],
    ['2026-09-28T00:00', 'yellow', 2],
    ['2026-09-30T09:00', 'yellow', 0],
    ['2026-09-30T18:00:00.000', 'yellow', 0],
    ['2026-09-30T18:00:00.001', 'red', 0],
    ['2026-10-07T23:00', 'red', 0],
    ['2026-10-08T00:00', 'red', 1],
    ['2026-10-09T00:00', 'red', 2],
  ])('at %s it is %s with %i working days', (local, light, days) => {
    const reading = closenessAt(at(local), dueAt, K, calendar);
    expect([reading.light, 'days' in reading.reason && reading.reason.days]).toEqual([light, days]);
  });

  const open = { dueAt, state: 'open', wasRed: false, assignedAt: at('2026-09-01T10:00') } as const;

  it('says since when', () => {
    expect(lightOf(open, at('2026-09-10T10:00'), K, calendar).since).toEqual(open.assignedAt);
    expect(lightOf(open, at('2026-09-29T10:00'), K, calendar).since).toEqual(at('2026-09-24T00:00'));
    expect(lightOf(open, at('2026-10-09T10:00'), K, calendar).since).toEqual(dueAt);
  });

  it('judges a report by the moment it was made, and remembers red after it was done', () => {
    const claimed = { ...open, state: 'claimed', report: { at: at('2026-09-29T10:00') } } as const;
    expect(lightOf(claimed, at('2026-10-20T10:00'), K, calendar)).toMatchObject({
      light: 'yellow',
      wasRed: false,
    });
    const late = { ...claimed, report: { at: at('2026-10-09T10:00') } };
    expect(lightOf(late, at('2026-10-20T10:00'), K, calendar)).toMatchObject({ light: 'red', wasRed: true });
    const done = { ...late, state: 'done', wasRed: true, closedAt: at('2026-10-10T10:00') } as const;
    expect(lightOf(done, at('2026-10-20T10:00'), K, calendar)).toMatchObject({
      light: 'green',
      wasRed: true,
    });
  });

  const minute = fc.integer({ min: 0, max: 300 * 24 * 60 });
  const start = at('2026-01-05T00:00').getTime();
  const moment = minute.map((minutes) => new Date(start + minutes * 60_000));

  it('never turns back while time goes on', () => {
    const rank = { green: 0, yellow: 1, red: 2 };
    fc.assert(
      fc.property(moment, moment, moment, fc.integer({ min: 0, max: 10 }), (due, one, other, k) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const first = closenessAt(early, due, k, calendar).light;
        expect(rank[first]).toBeLessThanOrEqual(rank[closenessAt(late, due, k, calendar).light]);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with its own since', () => {
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 0, max: 10 }), (due, now, k) => {
        const { light, since } = lightOf({ ...open, assignedAt: new Date(0), dueAt: due }, now, k, calendar);
        if (light !== 'yellow') return;
        expect(closenessAt(since, due, k, calendar).light).toBe('yellow');
        expect(closenessAt(new Date(since.getTime() - 1), due, k, calendar).light).toBe('green');
      }),
      { numRuns: 300 },
    );
  });
});

/** Runs the checks of an open assignment as the clock would. */
function remindersOf(assignedAt: Date, dueAt: Date, until: Date, yellowWithin: number) {
  const told: { at: Date; kind: string }[] = [];
  let remindedOn = localDayOf(assignedAt, zone);
  let now = nextCheckAt(assignedAt, dueAt, yellowWithin, calendar);
  while (now <= until) {
    const plan = planCheck({ dueAt, remindedOn }, now, yellowWithin, calendar);
    expect(plan.nextAt.getTime()).toBeGreaterThan(now.getTime());
    if (plan.remind) {
      told.push({ at: now, kind: plan.remind });
      remindedOn = localDayOf(now, zone);
    }
    now = plan.nextAt;
  }
  return told;
}

describe('reminders', () => {
  it('come when it turns yellow, on the due day and each working day after it', () => {
    const told = remindersOf(at('2026-09-01T10:00'), at('2026-09-30T18:00'), at('2026-10-11T00:00'), K);
    expect(
      told.map((one) => `${DateTime.fromJSDate(one.at, { zone }).toFormat('MM-dd HH:mm')} ${one.kind}`),
    ).toEqual([
      '09-24 09:00 yellow',
      '09-30 09:00 due',
      '10-08 09:00 overdue',
      '10-09 09:00 overdue',
      '10-10 09:00 overdue', // a Saturday that is worked for the National Day holiday
    ]);
  });

  it('come on a day off only when it is the due day', () => {
    const told = remindersOf(at('2026-09-01T10:00'), at('2026-10-04T18:00'), at('2026-10-08T00:00'), K);
    expect(told.map((one) => one.kind)).toEqual(['yellow', 'due']);
  });

  it('come the day before when it is due by nine or at midnight', () => {
    const [early] = remindersOf(at('2026-11-02T10:00'), at('2026-11-04T08:00'), at('2026-11-04T12:00'), 0);
    expect(early).toEqual({ at: at('2026-11-03T09:00'), kind: 'due' });
    const [midnight] = remindersOf(at('2026-11-02T10:00'), at('2026-11-05T00:00'), at('2026-11-04T12:00'), 0);
    expect(midnight).toEqual({ at: at('2026-11-04T09:00'), kind: 'due' });
  });

  it('are made good on the next working day when the program stood still', () => {
    const dueAt = at('2026-11-11T18:00');
    const saturday = planCheck({ dueAt }, at('2026-11-07T15:00'), K, calendar);
    expect(saturday).toEqual({ nextAt: at('2026-11-09T09:00') });
    expect(planCheck({ dueAt }, at('2026-11-09T09:00'), K, calendar).remind).toBe('yellow');
  });

  it('are never two a day, never on a day off but the due one, and leave no gap when overdue', () => {
    const start = at('2026-01-05T00:00').getTime();
    const hours = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(hours(2_000), hours(1_500), fc.integer({ min: 0, max: 8 }), (from, length, k) => {
        const assignedAt = new Date(start + from * 3_600_000);
        const dueAt = new Date(assignedAt.getTime() + length * 3_600_000);
        const until = new Date(dueAt.getTime() + 21 * 86_400_000);
        const told = remindersOf(assignedAt, dueAt, until, k);
        const days = told.map((one) => localDayOf(one.at, zone));
        expect(new Set(days).size).toBe(days.length);
        expect(days).not.toContain(localDayOf(assignedAt, zone));
        expect(told.filter((one) => one.kind !== 'due' && !calendar.isWorkingDay(one.at))).toEqual([]);
        const overdueDays = told.filter((one) => one.kind === 'overdue').length;
        const lastDay = new Date(until.getTime() - 9 * 3_600_000);
        // Handing over tells the group itself: nothing is owed on that day, even when the due day is already over.
        const silentUntil = new Date(Math.max(dueAt.getTime() - 1, assignedAt.getTime()));
        const owed = calendar.workingDaysBetween(silentUntil, lastDay);
        expect(overdueDays).toBe(owed);
      }),
      { numRuns: 200, examples: [[0, 0, 0]] },
    );
  });
});
