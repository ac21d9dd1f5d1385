import { DateTime } from 'luxon';

/** Broadcasts rest from this hour of the evening … */
export const QUIET_FROM_HOUR = 22;
/** … until this hour of the morning, local time of the place. */
export const QUIET_UNTIL_HOUR = 7;

/** Whether a broadcast at `at` would disturb the night of the place; `zone` is an IANA name. */
export function isQuiet(at: Date, zone: string): boolean {
  const { hour } = DateTime.fromJSDate(at, { zone });
  return hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR;
}

/** `at` itself outside the quiet hours, else the next 7:00. */
export function afterQuietHours(at: Date, zone: string): Date {
  if (!isQuiet(at, zone)) return at;
  const local = DateTime.fromJSDate(at, { zone });
  const morning = local.hour < QUIET_UNTIL_HOUR ? local : local.plus({ days: 1 });
  return morning.startOf('day').set({ hour: QUIET_UNTIL_HOUR }).toJSDate();
}
