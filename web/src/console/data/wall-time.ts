import { DateTime } from 'luxon';

/** The places' time zone. */
export const ZONE = 'Asia/Shanghai';

/** What a datetime field holds, e.g. 2026-12-20T18:00, as an instant of the place's zone; undefined if it is not one. */
export function instantOf(wallTime: string): string | undefined {
  const at = DateTime.fromISO(wallTime, { zone: ZONE });
  return wallTime !== '' && at.isValid ? at.toUTC().toISO() : undefined;
}

/** The other way round: an instant as the text of a datetime field. */
export function wallTimeOf(at: Date | string): string {
  return DateTime.fromJSDate(new Date(at), { zone: ZONE }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** `days` days after `now`, at a full hour of the place's zone, as the text of a datetime field. */
export function wallTimeIn(now: Date, days: number, hour: number): string {
  return wallTimeOf(
    DateTime.fromJSDate(now, { zone: ZONE }).plus({ days }).set({ hour }).startOf('hour').toJSDate(),
  );
}

/** The next Monday at a full hour of the place's zone. */
export function nextMonday(now: Date, hour: number): string {
  const { weekday } = DateTime.fromJSDate(now, { zone: ZONE });
  return wallTimeIn(now, 8 - weekday, hour);
}
