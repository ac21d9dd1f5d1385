import { DateTime } from 'luxon';

/** A day's wall-clock time in a zone: `days` after (before when negative) the day that `date` falls on, at `hour`:00. */
export function atHour(date: Date, zone: string, days: number, hour: number): Date {
  return DateTime.fromJSDate(date, { zone }).plus({ days }).startOf('day').set({ hour }).toJSDate();
}
