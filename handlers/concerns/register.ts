import { MINUTE_MS } from '#core/clock';
import type { Concern } from '#core/concern';
import type { Deadline } from '#core/deadline';
import type { Place } from '#core/people';
import { formatDay } from '#language/dates';
import { atHour } from '#procedure/local-time';

/** Answers are promised for the end of the office day. */
const ANSWER_HOUR = 18;

/** The moment by which a concern that is registered now is promised an answer. */
export function answerDueAt(place: Place, now: Date): Date {
  return atHour(now, place.timeZone, place.rules.answerWithinDays, ANSWER_HOUR);
}

/** What changes when a concern that waited becomes one with a number. */
export function registeredFields(place: Place, number: number, now: Date): Partial<Concern> {
  return { state: 'open', number, answerDueAt: answerDueAt(place, now) };
}

/** Id of the deadline at which a similar concern is registered by itself. */
export function similarWaitId(concernId: string): string {
  return `concern.similarWait:${concernId}`;
}

/** The deadline at which a similar concern is registered by itself. */
export function similarWait(place: Place, concernId: string, now: Date): Deadline {
  return {
    id: similarWaitId(concernId),
    kind: 'concern.similarWait',
    placeId: place.id,
    subjectId: concernId,
    dueAt: new Date(now.getTime() + place.rules.similarWaitMinutes * MINUTE_MS),
    step: 0,
  };
}

/** The promised day in words: 12月4日（周五）. */
export function promisedDay(place: Place, concern: Pick<Concern, 'answerDueAt'>, now: Date): string {
  return formatDay(concern.answerDueAt, now, place.timeZone);
}
