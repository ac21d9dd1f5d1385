import { formatDay, formatDuration, formatMoment, formatRange } from '../../../../src/language/dates.ts';
import { useSession } from './session.ts';
import { ZONE } from './wall-time.ts';

/** Instants of the API in words: 12月20日（周日）18:00. */
export function useDates() {
  const { now } = useSession();
  return {
    now,
    day: (at: string) => formatDay(new Date(at), now, ZONE),
    moment: (at: string) => formatMoment(new Date(at), now, ZONE),
    range: (from: string, to: string) => formatRange(new Date(from), new Date(to), now, ZONE),
    /** 还有1天4小时, or 已过3小时 once it is over. */
    left: (at: string) => {
      const ms = Date.parse(at) - now.getTime();
      return `${ms < 0 ? '已过' : '还有'}${formatDuration(ms)}`;
    },
  };
}
