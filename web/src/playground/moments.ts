const TIME_ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('zh-CN', { timeZone: TIME_ZONE, ...options });

const clockTime = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = format({ month: 'long', day: 'numeric' });
const weekday = format({ weekday: 'short' });

/** 18:00 */
export const timeWords = (at: number): string => clockTime.format(at);

/** 12月20日（周日） */
export const dayWords = (at: number): string => `${day.format(at)}（${weekday.format(at)}）`;

/** 12月20日, some days after the day of `at`. */
export const dateAfter = (at: number, days: number): string => day.format(at + days * DAY_MS);
