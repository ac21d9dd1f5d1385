import { DateTime } from 'luxon';
import type { Assignment, Light, LightReason } from '#core/outcome';

/** The working days of a place. */
export interface WorkingCalendar {
  /** IANA name; days begin at midnight there. */
  readonly zone: string;
  isWorkingDay(at: Date): boolean;
  /** Working days from the day of `from` to the day of `to`, the later day counted; negative when `to` is earlier. */
  workingDaysBetween(from: Date, to: Date): number;
}

export interface LightReading {
  readonly light: Light;
  readonly reason: LightReason;
  /** The moment from which the light is what it is. */
  readonly since: Date;
  /** Red now or at any time before: 曾逾期. */
  readonly wasRed: boolean;
}

export type LightSubject = Pick<Assignment, 'dueAt' | 'state' | 'wasRed' | 'assignedAt' | 'closedAt'> & {
  readonly report?: { readonly at: Date };
};

/** The light with what is left: green, yellow or red by working days to the due date. */
export interface Closeness {
  readonly light: Light;
  readonly reason: LightReason;
}

/** The day an assignment is due on: midnight ends the day before. */
function dueDay(dueAt: Date, zone: string): DateTime {
  return DateTime.fromMillis(dueAt.getTime() - 1, { zone }).startOf('day');
}

/**
 * Red from the moment after `dueAt`; yellow while at most `yellowWithin` working days are left, not counting today;
 * else green. Thresholds: the seeds give none (procedure.md D13: yellow ≤3, as 瓯海 and 宿迁 have it).
 */
export function closenessAt(
  now: Date,
  dueAt: Date,
  yellowWithin: number,
  calendar: WorkingCalendar,
): Closeness {
  const day = dueDay(dueAt, calendar.zone);
  const days = calendar.workingDaysBetween(now, day.toJSDate());
  if (now > dueAt) return { light: 'red', reason: { kind: 'overdue', days: Math.max(0, -days) } };
  const light = days <= yellowWithin ? 'yellow' : 'green';
  const isToday = DateTime.fromJSDate(now, { zone: calendar.zone }).hasSame(day, 'day');
  return { light, reason: { kind: 'daysLeft', days: Math.max(0, days), isToday } };
}

const LONGEST_WALK_DAYS = 400;

/** Midnight of the day the light turns yellow on. It is always a working day. */
function yellowDay(dueAt: Date, yellowWithin: number, calendar: WorkingCalendar): DateTime {
  let day = dueDay(dueAt, calendar.zone);
  let left = 0;
  for (let walked = 0; walked < LONGEST_WALK_DAYS; walked += 1) {
    if (calendar.isWorkingDay(day.toJSDate())) left += 1;
    if (left > yellowWithin) return day;
    day = day.minus({ days: 1 });
  }
  return day;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

/**
 * The light of an assignment, why and since when. What was reported is judged by the moment of the report; what is
 * done is green and only `wasRed` remembers. What was returned to the secretary goes on counting: nobody does it.
 */
export function lightOf(
  assignment: LightSubject,
  now: Date,
  yellowWithin: number,
  calendar: WorkingCalendar,
): LightReading {
  const { dueAt, state, report, assignedAt } = assignment;
  if (state === 'done') {
    const since = assignment.closedAt ?? now;
    return { light: 'green', reason: { kind: 'done' }, since, wasRed: assignment.wasRed };
  }
  const judgedAt = state === 'claimed' && report ? report.at : now;
  const { light, reason } = closenessAt(judgedAt, dueAt, yellowWithin, calendar);
  const wasRed = assignment.wasRed || light === 'red';
  if (state === 'claimed') return { light, reason: { kind: 'reported' }, since: judgedAt, wasRed };
  const turned = {
    green: assignedAt,
    yellow: yellowDay(dueAt, yellowWithin, calendar).toJSDate(),
    red: dueAt,
  };
  return { light, reason, since: later(turned[light], assignedAt), wasRed };
}

/** Hour of the day, local time, at which departments are reminded. */
export const REMINDER_HOUR = 9;

/** What a reminder is about: it turned yellow, its day has come, it is overdue. */
export type ReminderKind = 'yellow' | 'due' | 'overdue';

function reminderHourOf(day: DateTime): Date {
  return day.startOf('day').set({ hour: REMINDER_HOUR }).toJSDate();
}

/** 9:00 of the due day; the day before when it is due by nine. */
function dueReminderAt(dueAt: Date, zone: string): Date {
  const day = dueDay(dueAt, zone);
  const at = reminderHourOf(day);
  return at < dueAt ? at : reminderHourOf(day.minus({ days: 1 }));
}

/** The first 9:00 of a working day that lies after both moments' days have begun and is later than `after`. */
function nextWorkingReminder(after: Date, notBeforeDay: DateTime, calendar: WorkingCalendar): Date {
  let day = DateTime.max(DateTime.fromJSDate(after, { zone: calendar.zone }).startOf('day'), notBeforeDay);
  for (let walked = 0; walked < LONGEST_WALK_DAYS; walked += 1) {
    const at = reminderHourOf(day);
    if (at > after && calendar.isWorkingDay(at)) return at;
    day = day.plus({ days: 1 });
  }
  return reminderHourOf(day);
}

/**
 * When an open assignment is looked at again: 9:00 of the day it turns yellow, of the due day (a day off too:
 * somebody chose it), and then of each working day. Always later than `after`.
 */
export function nextCheckAt(after: Date, dueAt: Date, yellowWithin: number, calendar: WorkingCalendar): Date {
  const turnsYellow = reminderHourOf(yellowDay(dueAt, yellowWithin, calendar));
  const due = dueReminderAt(dueAt, calendar.zone);
  if (turnsYellow > after && turnsYellow < due) return turnsYellow;
  if (due > after) return due;
  return nextWorkingReminder(after, dueDay(dueAt, calendar.zone).plus({ days: 1 }), calendar);
}

export interface CheckPlan {
  /** What the group is told now; absent when nothing is to be said. */
  readonly remind?: ReminderKind;
  readonly nextAt: Date;
}

/** The local day as 2026-12-30, for "never twice a day". */
export function localDayOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
}

/**
 * What a check at `now` says, and when the next one is. Says nothing on a day off, unless it is the due day, and
 * nothing on a day on which the group was already told (`remindedOn`, a local day). A check that a stopped program
 * missed is made good on the next working day.
 */
export function planCheck(
  assignment: { readonly dueAt: Date; readonly remindedOn?: string },
  now: Date,
  yellowWithin: number,
  calendar: WorkingCalendar,
): CheckPlan {
  const { dueAt } = assignment;
  const nextAt = nextCheckAt(now, dueAt, yellowWithin, calendar);
  const today = localDayOf(now, calendar.zone);
  if (assignment.remindedOn === today) return { nextAt };
  const kind = reminderFor(now, dueAt, yellowWithin, calendar);
  if (kind === undefined) return { nextAt };
  if (kind === 'due' || calendar.isWorkingDay(now)) return { remind: kind, nextAt };
  const madeGood = nextWorkingReminder(
    now,
    DateTime.fromJSDate(now, { zone: calendar.zone }).startOf('day'),
    calendar,
  );
  return { nextAt: madeGood < nextAt ? madeGood : nextAt };
}

function reminderFor(
  now: Date,
  dueAt: Date,
  yellowWithin: number,
  calendar: WorkingCalendar,
): ReminderKind | undefined {
  const { light, reason } = closenessAt(now, dueAt, yellowWithin, calendar);
  if (light === 'red') return reason.kind === 'overdue' && reason.days > 0 ? 'overdue' : undefined;
  const today = localDayOf(now, calendar.zone);
  if (today === localDayOf(dueReminderAt(dueAt, calendar.zone), calendar.zone)) return 'due';
  return light === 'yellow' ? 'yellow' : undefined;
}
