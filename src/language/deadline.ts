import { DateTime } from 'luxon';
import { foldInPlace } from './normalize.ts';
import { NUMERAL_CHARS, parseNumber } from './numerals.ts';
import { addWorkingDays, type CalendarOverrides } from './working-days.ts';

export interface DeadlineOptions {
  /** The hour of a day named without one; 18 unless told. */
  readonly defaultHour?: number;
  /** For 5个工作日内. */
  readonly overrides?: CalendarOverrides;
}

export interface ReadDeadline {
  /** May lie in the past when the words say so (昨天 is not read, but 今天8点 at noon is): the caller refuses it. */
  readonly at: Date;
  /** What follows, in the author's spelling. */
  readonly rest: string;
}

interface Hour {
  readonly hour: number;
  readonly minute: number;
}
/** A day, or with `exact` a moment that needs no hour. */
interface Day {
  readonly at: DateTime;
  readonly exact?: boolean;
  /** 今晚, 明早: the part of the day is in the word already. */
  readonly part?: string;
}
type Groups = Readonly<Record<string, string | undefined>>;
interface DayForm {
  readonly pattern: RegExp;
  readonly read: (groups: Groups, now: DateTime, options: DeadlineOptions) => Day | undefined;
}

const N = `[${NUMERAL_CHARS}]{1,5}`;
const PREFIX = /^(?:[\s,，:、~]|延期|延长|延后|推迟|推|延|截止|截至|期限|时间|改|在|于|至|到|为|-|是)*/u;
const SUFFIX = /^\s?(?:之前|以前|前|之内|以内|内|为止|截止|止|结束|到期)?[\s,，:、;；.．]*/u;
const PARTS = '凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|半夜|早|晚';
const MAX_AHEAD_DAYS = 3_660;

function number(text: string | undefined): number {
  return text === undefined ? NaN : (parseNumber(text) ?? NaN);
}

function dateOf(year: number, month: number, day: number, now: DateTime): DateTime | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined;
  const at = DateTime.fromObject({ year, month, day }, { zone: now.zone });
  return at.isValid ? at : undefined;
}

/** The next such day from today on: a day that is past this year means next year (29 February: the next leap year). */
function nextYearly(month: number, day: number, now: DateTime): Day | undefined {
  for (let year = now.year; year <= now.year + 8; year += 1) {
    const at = dateOf(year, month, day, now);
    if (at && at >= now.startOf('day')) return { at };
  }
  return undefined;
}

function nextMonthly(day: number, now: DateTime): Day | undefined {
  for (let ahead = 0; ahead <= 3; ahead += 1) {
    const month = now.startOf('month').plus({ months: ahead });
    const at = dateOf(month.year, month.month, day, now);
    if (at && at >= now.startOf('day')) return { at };
  }
  return undefined;
}

function readFullDate({ year, month, day }: Groups, now: DateTime): Day | undefined {
  const at = dateOf(number(year), number(month), number(day), now);
  return at && { at };
}

function readYearWord({ word, month, day }: Groups, now: DateTime): Day | undefined {
  const ahead = word === '明' ? 1 : word === '后' ? 2 : 0;
  const at = dateOf(now.year + ahead, number(month), number(day), now);
  return at && { at };
}

function readMonthDay({ word, day }: Groups, now: DateTime): Day | undefined {
  const month = now.startOf('month').plus({ months: word?.startsWith('下') ? 1 : 0 });
  const at = dateOf(month.year, month.month, number(day), now);
  return at && { at };
}

function readEnd({ end }: Groups, now: DateTime): Day {
  if (end?.startsWith('年')) return { at: now.endOf('year').startOf('day') };
  const month = now.startOf('month').plus({ months: end?.startsWith('下') ? 1 : 0 });
  return { at: month.endOf('month').startOf('day') };
}

const NAMED_DAYS: Readonly<Record<string, number>> = { 今: 0, 当: 0, 明: 1, 后: 2, 大后: 3 };

function readNamedDay({ named, part }: Groups, now: DateTime): Day {
  const at = now.startOf('day').plus({ days: NAMED_DAYS[named ?? ''] ?? 0 });
  return { at, ...(part && { part }) };
}

function readWeekday({ week, weekday }: Groups, now: DateTime): Day {
  const index =
    '一二三四五六日'.indexOf(weekday ?? '') + 1 ||
    (weekday === '天' || weekday === '末' ? 7 : Number(weekday));
  const weeks = (week?.match(/下/gu) ?? []).length;
  const at = now.startOf('week').plus({ weeks, days: index - 1 });
  const isBare = week === undefined && at < now.startOf('day');
  return { at: isBare ? at.plus({ weeks: 1 }) : at };
}

function readSpan({ count, span }: Groups, now: DateTime, options: DeadlineOptions): Day | undefined {
  const amount = number(count);
  if (!(amount > 0 && amount <= MAX_AHEAD_DAYS)) return undefined;
  if (span === '分钟') return { at: now.plus({ minutes: amount }), exact: true };
  if (span === '小时' || span === '钟头') return { at: now.plus({ minutes: amount * 60 }), exact: true };
  if (span === '工作日') {
    if (!Number.isInteger(amount)) return undefined;
    return { at: workingDaysAhead(now, amount, options) };
  }
  if (span === '月') {
    const at = Number.isInteger(amount)
      ? now.plus({ months: amount })
      : now.plus({ days: Math.round(amount * 30) });
    return amount <= 120 ? { at: at.startOf('day') } : undefined;
  }
  const perUnit = span === '天' || span === '日' ? 1 : 7;
  return amount * perUnit <= MAX_AHEAD_DAYS
    ? { at: now.startOf('day').plus({ days: Math.ceil(amount * perUnit) }) }
    : undefined;
}

function workingDaysAhead(now: DateTime, days: number, options: DeadlineOptions): DateTime {
  const { at } = addWorkingDays(now.toJSDate(), days, now.zoneName ?? 'UTC', options.overrides);
  return DateTime.fromJSDate(at, { zone: now.zone }).startOf('day');
}

const DAY_FORMS: readonly DayForm[] = [
  {
    pattern: /^(?<year>\d{4})\s?[-/.年]\s?(?<month>\d{1,2})\s?[-/.月]\s?(?<day>\d{1,2})\s?[日号]?/u,
    read: readFullDate,
  },
  {
    pattern: new RegExp(`^(?<year>[〇零一二三四五六七八九]{4})年(?<month>${N})月(?<day>${N})[日号]?`, 'u'),
    read: readFullDate,
  },
  {
    pattern: new RegExp(`^(?<word>[今明后本])年\\s?(?<month>${N})月(?<day>${N})[日号]?`, 'u'),
    read: readYearWord,
  },
  {
    pattern: new RegExp(`^(?<month>${N})\\s?月(?:份)?\\s?(?<day>${N})\\s?[日号]?`, 'u'),
    read: ({ month, day }, now) => nextYearly(number(month), number(day), now),
  },
  {
    pattern: /^(?<month>\d{1,2})[-/.](?<day>\d{1,2})(?![\d:.])/u,
    read: ({ month, day }, now) => nextYearly(number(month), number(day), now),
  },
  {
    pattern: new RegExp(
      `^(?<word>本月|这个月|当月|下个?月)\\s?(?<day>${N})[日号]?(?![${NUMERAL_CHARS}])`,
      'u',
    ),
    read: readMonthDay,
  },
  { pattern: /^(?<end>年底|(?:本|这个)?月底|下个?月底)/u, read: readEnd },
  {
    pattern: new RegExp(`^(?<named>大后|[今明后当])(?:[天日]|(?=[早晚])(?<part>[早晚]))`, 'u'),
    read: readNamedDay,
  },
  {
    pattern: /^(?<week>下下个?|下个?|[本这]个?)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天末1-7])(?!期)/u,
    read: readWeekday,
  },
  {
    pattern: new RegExp(
      `^(?<count>半|\\d+(?:\\.\\d+)?|${N})\\s?个?(?<span>工作日|分钟|小时|钟头|天|日|周|星期|礼拜|月)\\s?(?:之后|以后|后|之内|以内|内|里)`,
      'u',
    ),
    read: readSpan,
  },
  {
    pattern: new RegExp(`^(?<day>${N})\\s?[日号](?!楼|栋|幢|座|院|门|路|线|单元|机)`, 'u'),
    read: ({ day }, now) => nextMonthly(number(day), now),
  },
];

const TIME = new RegExp(
  `^\\s?的?\\s?(?<part>${PARTS})?\\s?(?:` +
    `(?<hour>${N})\\s?(?:点钟?|时)\\s?(?:(?<half>半)|(?<quarter>[一三])刻|整|(?<minute>${N})\\s?分?)?` +
    `|(?<clock>\\d{1,2})\\s?:\\s?(?<minutes>\\d{2})(?::\\d{2})?(?!\\d))`,
  'u',
);
const PART_ALONE = new RegExp(`^\\s?(?<part>${PARTS})`, 'u');
const PART_HOURS: Readonly<Record<string, number>> = {
  凌晨: 6, 清晨: 8, 早晨: 9, 早上: 9, 早: 9, 上午: 12, 中午: 12, 下午: 18, 傍晚: 19, 晚上: 21, 晚: 21, 夜里: 24, 半夜: 24,
}; // prettier-ignore

/** The first hour that a part of the day can mean; an hour before it was meant twelve hours later. */
const EARLIEST: Readonly<Record<string, number>> = {
  中午: 10,
  下午: 12,
  傍晚: 12,
  晚上: 13,
  晚: 13,
  spoken: 7,
};

/** 下午3点 is 15, 晚上12点 the coming midnight, 中午1点 13; 3点 without a part of the day means the afternoon. */
function hourOfDay(hour: number, part: string): number {
  if (part === '凌晨') return hour === 12 ? 0 : hour;
  const isLateNight = (part === '夜里' || part === '半夜') && hour >= 6;
  const isBefore = hour > 0 && hour < (EARLIEST[part] ?? 0);
  return hour <= 12 && (isLateNight || isBefore) ? hour + 12 : hour;
}

function minuteOf({ half, quarter, minute, minutes }: Groups): number {
  if (half) return 30;
  return quarter ? number(quarter) * 15 : number(minute ?? minutes ?? '0');
}

function readTime(text: string, partBefore?: string): { time: Hour; length: number } | undefined {
  const found = TIME.exec(text);
  if (!found?.groups) return undefined;
  const groups: Groups = found.groups;
  const part = groups['part'] ?? partBefore ?? (groups['clock'] === undefined ? 'spoken' : 'clock');
  const time = { hour: hourOfDay(number(groups['hour'] ?? groups['clock']), part), minute: minuteOf(groups) };
  const isTime = Number.isInteger(time.hour + time.minute) && time.minute <= 59;
  return isTime && time.hour * 60 + time.minute <= 1_440 ? { time, length: found[0].length } : undefined;
}

function readDay(
  text: string,
  now: DateTime,
  options: DeadlineOptions,
): { day: Day; length: number } | undefined {
  for (const { pattern, read } of DAY_FORMS) {
    const found = pattern.exec(text);
    if (!found) continue;
    const day = read(found.groups ?? {}, now, options);
    return day?.at.isValid ? { day, length: found[0].length } : undefined;
  }
  return undefined;
}

function atHour(day: DateTime, { hour, minute }: Hour): DateTime {
  const start = hour === 24 ? day.startOf('day').plus({ days: 1 }) : day.startOf('day');
  return start.set({ hour: hour % 24, minute });
}

/** A day without an hour: at the usual hour, and when that has passed today, at the end of today. */
function atUsualHour(day: DateTime, hour: number, now: DateTime): DateTime {
  const usual = atHour(day, { hour, minute: 0 });
  return usual < now && day.hasSame(now, 'day') ? atHour(day, { hour: 23, minute: 59 }) : usual;
}

interface Moment {
  readonly at: DateTime;
  readonly length: number;
}

function readHourAlone(text: string, now: DateTime): Moment | undefined {
  const timed = readTime(text);
  if (!timed) return undefined;
  const today = atHour(now, timed.time);
  return { at: today < now ? today.plus({ days: 1 }) : today, length: timed.length };
}

function readMoment(text: string, now: DateTime, options: DeadlineOptions): Moment | undefined {
  const named = readDay(text, now, options);
  if (!named) return readHourAlone(text, now);
  const { day, length } = named;
  if (day.exact) return { at: day.at, length };
  const timed = readTime(text.slice(length), day.part);
  if (timed) return { at: atHour(day.at, timed.time), length: length + timed.length };
  const alone = PART_ALONE.exec(text.slice(length));
  const hour = PART_HOURS[alone?.groups?.['part'] ?? day.part ?? ''] ?? options.defaultHour ?? 18;
  return { at: atUsualHour(day.at, hour, now), length: length + (alone?.[0].length ?? 0) };
}

/**
 * Reads a day or a moment from the front of a text: 12月20日18:00, 12/20, 2026-12-31, 20号, 明天下午3点半, 下周三, 3天后, 两周内,
 * 5个工作日内, 月底; Chinese numerals and full width as well, 至, 到 or 截止 in front, 前 or 之前 behind. A day without an hour
 * means 18:00 (`defaultHour`); a day of the year that is past means next year; an hour alone means the next one.
 * Undefined when there is no valid date in front. `zone` is an IANA name.
 */
export function parseDeadline(
  text: string,
  now: Date,
  zone: string,
  options: DeadlineOptions = {},
): ReadDeadline | undefined {
  const here = DateTime.fromJSDate(now, { zone });
  if (!here.isValid) throw new RangeError(`Not a date in a time zone: ${here.invalidReason}`);
  // No date is longer; a short window keeps 20,000 characters of something else cheap.
  const folded = foldInPlace(text.slice(0, 120));
  const start = PREFIX.exec(folded)?.[0].length ?? 0;
  const found = readMoment(folded.slice(start), here, options);
  if (!found?.at.isValid) return undefined;
  const end = start + found.length;
  const after = SUFFIX.exec(folded.slice(end))?.[0].length ?? 0;
  return { at: found.at.toJSDate(), rest: text.slice(end + after).trimStart() };
}
