import chineseDays from 'chinese-days';
import { DateTime } from 'luxon';

/** A place's own corrections, ISO days (2027-02-05). They win over the published calendar. */
export interface CalendarOverrides {
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

/**
 * `estimated`: the State Council's calendar is not known for a year that was needed, so Monday to Friday without the
 * holidays of fixed date was assumed.
 */
export interface WorkingDay {
  readonly isWorking: boolean;
  readonly estimated: boolean;
}

/** Days off in every year, by 全国年节及纪念日放假办法 (2025); those by the moon and the moved weekends are announced. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'];

const NO_OVERRIDES: CalendarOverrides = { holidays: [], workdays: [] };
const DAY_MS = 86_400_000;
const MAX_DAYS = 36_600;

const coveredYears = new Map<string, boolean>();

// The library calls every day of a year it does not know a plain weekday; in a year it knows, 1 January is 元旦.
function isCovered(year: string): boolean {
  const known = coveredYears.get(year);
  if (known !== undefined) return known;
  const covered = chineseDays.getDayDetail(`${year}-01-01`).name.includes('元旦');
  coveredYears.set(year, covered);
  return covered;
}

function dayNumber(date: Date, zone: string): number {
  const local = DateTime.fromJSDate(date, { zone });
  if (!local.isValid) throw new RangeError(`Not a date in a time zone: ${local.invalidReason}`);
  return Date.UTC(local.year, local.month - 1, local.day) / DAY_MS;
}

function judge(day: number, overrides: CalendarOverrides): WorkingDay {
  const date = new Date(day * DAY_MS);
  const iso = date.toISOString().slice(0, 10);
  if (overrides.workdays.includes(iso)) return { isWorking: true, estimated: false };
  if (overrides.holidays.includes(iso)) return { isWorking: false, estimated: false };
  if (isCovered(iso.slice(0, 4))) return { isWorking: chineseDays.getDayDetail(iso).work, estimated: false };
  const isWeekday = date.getUTCDay() % 6 !== 0;
  return { isWorking: isWeekday && !FIXED_HOLIDAYS.includes(iso.slice(5)), estimated: true };
}

/** What the day is that `date` falls on in `zone` (an IANA name). Throws RangeError for an invalid date or zone. */
export function workingDayAt(date: Date, zone: string, overrides = NO_OVERRIDES): WorkingDay {
  return judge(dayNumber(date, zone), overrides);
}

/** Whether people work on the day that `date` falls on: weekends moved by the State Council included. */
export function isWorkingDay(date: Date, zone: string, overrides = NO_OVERRIDES): boolean {
  return workingDayAt(date, zone, overrides).isWorking;
}

/**
 * The same wall-clock time `days` working days later (earlier when negative); the day of `from` does not count.
 * Zero gives `from` itself, working day or not. Throws RangeError beyond 20,000 days.
 */
export function addWorkingDays(
  from: Date,
  days: number,
  zone: string,
  overrides = NO_OVERRIDES,
): { at: Date; estimated: boolean } {
  if (!Number.isInteger(days) || Math.abs(days) > 20_000)
    throw new RangeError(`Not a number of days: ${days}`);
  const start = dayNumber(from, zone);
  const step = Math.sign(days);
  let estimated = false;
  let day = start;
  for (let left = Math.abs(days); left > 0;) {
    day += step;
    const judged = judge(day, overrides);
    estimated ||= judged.estimated;
    if (judged.isWorking) left -= 1;
  }
  const at = DateTime.fromJSDate(from, { zone }).plus({ days: day - start });
  return { at: at.toJSDate(), estimated };
}

/**
 * Working days from the day of `from` to the day of `to`, counting the later day and not the earlier one: 3 means
 * three are left, 0 due on the same day (or only days off lie between), -1 one working day overdue.
 * Throws RangeError when the two are more than a century apart.
 */
export function workingDaysBetween(
  from: Date,
  to: Date,
  zone: string,
  overrides = NO_OVERRIDES,
): { days: number; estimated: boolean } {
  const [first, last] = [dayNumber(from, zone), dayNumber(to, zone)];
  if (Math.abs(last - first) > MAX_DAYS) throw new RangeError('More than a century between two dates');
  let days = 0;
  let estimated = false;
  for (let day = Math.min(first, last) + 1; day <= Math.max(first, last); day += 1) {
    const judged = judge(day, overrides);
    estimated ||= judged.estimated;
    if (judged.isWorking) days += 1;
  }
  return { days: last < first && days > 0 ? -days : days, estimated };
}
