import fc from 'fast-check';
import { LegalHoliday } from 'tyme4ts';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, workingDayAt, workingDaysBetween } from '#language/working-days';

const ZONE = 'Asia/Shanghai';
const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
const DAY_MS = 86_400_000;

/** tyme4ts knows only the days that differ from Monday to Friday. */
function worksByTyme(date: Date): boolean {
  const legal = LegalHoliday.fromYmd(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  return legal ? legal.isWork() : date.getUTCDay() % 6 !== 0;
}

describe('isWorkingDay', () => {
  it('agrees with an independent calendar on every day from 2020 to 2026', () => {
    const wrong: string[] = [];
    for (let ms = Date.UTC(2020, 0, 1, 4); ms < Date.UTC(2027, 0, 1); ms += DAY_MS) {
      const date = new Date(ms);
      if (isWorkingDay(date, ZONE) !== worksByTyme(date)) wrong.push(date.toISOString().slice(0, 10));
    }
    expect(wrong).toEqual([]);
  });

  it('judges the day in the given zone', () => {
    const friday17Utc = new Date('2026-12-04T17:00:00Z');

    expect(isWorkingDay(friday17Utc, 'UTC')).toBe(true);
    expect(isWorkingDay(friday17Utc, ZONE)).toBe(false);
  });

  it('throws for a date or a zone that does not exist', () => {
    expect(() => isWorkingDay(new Date(NaN), ZONE)).toThrow(RangeError);
    expect(() => isWorkingDay(noon('2026-12-04'), 'nowhere')).toThrow(RangeError);
  });
});

describe('workingDayAt', () => {
  it('is estimated beyond the published years', () => {
    expect(workingDayAt(noon('2026-10-01'), ZONE)).toEqual({ isWorking: false, estimated: false });
    expect(workingDayAt(noon('2091-01-02'), ZONE)).toEqual({ isWorking: true, estimated: true });
    expect(workingDayAt(noon('2091-01-01'), ZONE)).toEqual({ isWorking: false, estimated: true });
    expect(workingDayAt(noon('2091-01-06'), ZONE)).toEqual({ isWorking: false, estimated: true });
    expect(workingDayAt(noon('1999-05-03'), ZONE)).toEqual({ isWorking: true, estimated: true });
  });

  it('takes the word of an override, which is never an estimate', () => {
    const overrides = { holidays: ['2091-01-01'], workdays: ['2091-01-06'] };

    expect(workingDayAt(noon('2091-01-01'), ZONE, overrides)).toEqual({ isWorking: false, estimated: false });
    expect(workingDayAt(noon('2091-01-06'), ZONE, overrides)).toEqual({ isWorking: true, estimated: false });
  });
});

describe('addWorkingDays', () => {
  it('skips the National Day week and keeps the hour', () => {
    expect(addWorkingDays(noon('2026-09-30'), 1, ZONE)).toEqual({ at: noon('2026-10-08'), estimated: false });
    expect(addWorkingDays(noon('2026-12-04'), 3, ZONE)).toEqual({ at: noon('2026-12-09'), estimated: false });
  });

  it('goes back for a negative number and stays for none', () => {
    expect(addWorkingDays(noon('2026-12-07'), -1, ZONE).at).toEqual(noon('2026-12-04'));
    expect(addWorkingDays(noon('2026-12-05'), 0, ZONE).at).toEqual(noon('2026-12-05'));
  });

  it('says when a year was needed that is not published', () => {
    expect(addWorkingDays(noon('2026-12-31'), 400, ZONE).estimated).toBe(true);
  });

  it('refuses half days and absurd numbers', () => {
    expect(() => addWorkingDays(noon('2026-12-04'), 0.5, ZONE)).toThrow(RangeError);
    expect(() => addWorkingDays(noon('2026-12-04'), 1e9, ZONE)).toThrow(RangeError);
  });
});

describe('workingDaysBetween', () => {
  it.each([
    ['2026-12-25', '2026-12-30', 3],
    ['2026-12-30', '2026-12-30', 0],
    ['2026-12-31', '2026-12-30', -1],
    ['2026-12-05', '2026-12-06', 0],
    ['2026-12-07', '2026-12-04', -1],
    ['2026-09-30', '2026-10-08', 1],
  ])('from %s to %s there are %d', (from, to, days) => {
    expect(workingDaysBetween(noon(from), noon(to), ZONE).days).toBe(days);
  });

  it('undoes addWorkingDays and changes its sign when turned round', () => {
    const start = Date.UTC(2024, 0, 1, 4);
    fc.assert(
      fc.property(fc.nat(900), fc.integer({ min: 1, max: 60 }), (offset, days) => {
        const from = new Date(start + offset * DAY_MS);
        const { at } = addWorkingDays(from, days, ZONE);
        expect(workingDaysBetween(from, at, ZONE).days).toBe(days);
        expect(workingDaysBetween(at, from, ZONE).days).toBe(-days);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses more than a century', () => {
    expect(() => workingDaysBetween(noon('1900-01-01'), noon('2026-01-01'), ZONE)).toThrow(RangeError);
  });
});
