import { DateTime } from 'luxon';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function dayOf(at: DateTime, now: DateTime): string {
  const year = at.year === now.year ? '' : `${at.year}年`;
  return `${year}${at.month}月${at.day}日`;
}

function local(date: Date, zone: string): DateTime {
  const at = DateTime.fromJSDate(date, { zone });
  if (!at.isValid) throw new RangeError(`Not a date in a time zone: ${at.invalidReason}`);
  return at;
}

/** 12月4日（周五）; with the year in front only when it is not the year of `now`. `zone` is an IANA name. */
export function formatDay(date: Date, now: Date, zone: string): string {
  return weekdayOf(local(date, zone), local(now, zone));
}

function weekdayOf(at: DateTime, now: DateTime): string {
  return `${dayOf(at, now)}（周${WEEKDAYS[at.weekday - 1] ?? ''}）`;
}

/** 12月20日（周日）18:00, on the 24-hour clock. */
export function formatMoment(date: Date, now: Date, zone: string): string {
  const at = local(date, zone);
  return `${weekdayOf(at, local(now, zone))}${timeOf(at)}`;
}

/** 18:00, on the 24-hour clock. */
export function formatTime(date: Date, zone: string): string {
  return timeOf(local(date, zone));
}

/** Without Luxon's formatter, which takes longer than all the rest of a line. */
function timeOf({ hour, minute }: DateTime): string {
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/** 12月23日至27日, 12月30日至1月3日, 12月23日 when both are the same day; a year only where it differs from `now`. */
export function formatRange(from: Date, to: Date, now: Date, zone: string): string {
  const [first, last, today] = [local(from, zone), local(to, zone), local(now, zone)];
  const start = dayOf(first, today);
  if (first.hasSame(last, 'day')) return start;
  if (first.hasSame(last, 'month')) return `${start}至${last.day}日`;
  return `${start}至${first.year === last.year ? dayOf(last, last) : dayOf(last, today)}`;
}

/**
 * How long, in at most two units, rounded down: 3天, 1天4小时, 2小时, 40分钟, 不到1分钟. Hours are left out from three
 * days on and minutes from three hours on. The sign is ignored.
 */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms);
  const days = Math.floor(length / DAY_MS);
  const hours = Math.floor((length % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((length % HOUR_MS) / MINUTE_MS);
  if (days >= 3 || (days > 0 && hours === 0)) return `${days}天`;
  if (days > 0) return `${days}天${hours}小时`;
  if (hours >= 3 || (hours > 0 && minutes === 0)) return `${hours}小时`;
  if (hours > 0) return `${hours}小时${minutes}分钟`;
  return minutes > 0 ? `${minutes}分钟` : '不到1分钟';
}
