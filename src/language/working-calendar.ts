import { isWorkingDay, workingDaysBetween, type CalendarOverrides } from './working-days.ts';

/** The working days of one time zone (an IANA name), for rules that ask day by day. */
export function workingCalendarOf(zone: string, overrides?: CalendarOverrides) {
  return {
    zone,
    isWorkingDay: (at: Date) => isWorkingDay(at, zone, overrides),
    workingDaysBetween: (from: Date, to: Date) => workingDaysBetween(from, to, zone, overrides).days,
  };
}
