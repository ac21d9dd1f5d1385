import { DateTime } from 'luxon';

/** Days begin at a quarter of an hour everywhere: within one, the same is asked for thousands of messages. */
const QUARTER_MS = 15 * 60_000;
const KEPT = 500;
const lately = new Map<string, number>();

/** A day's wall-clock time in a zone: `days` after (before when negative) the day that `date` falls on, at `hour`:00. */
export function atHour(date: Date, zone: string, days: number, hour: number): Date {
  const key = `${Math.floor(date.getTime() / QUARTER_MS)}|${zone}|${days}|${hour}`;
  const known = lately.get(key);
  if (known !== undefined) return new Date(known);
  const at = DateTime.fromJSDate(date, { zone }).plus({ days }).startOf('day').set({ hour }).toJSDate();
  if (lately.size >= KEPT) lately.clear();
  lately.set(key, at.getTime());
  return at;
}
