import { HOUR_MS } from '#core/clock';
import type { Deadline, DeadlineHandler, DeadlineKind, DeadlineWrites } from '#core/deadline';
import { NOTHING, type Write } from '#core/decision';
import type { Meeting } from '#core/meeting';
import { toGroups } from '#procedure/broadcast';
import { atHour } from '#procedure/local-time';
import { meetingTexts } from '#texts/meeting-texts';
import type { MeetingDeps } from './meeting-deps.ts';
import { startsWords } from './meeting-words.ts';

const REMIND_HOUR = 9;
/** After an outage the day's reminder is not worth sending any more: 明天 would be wrong, and the hour's still comes. */
const TOO_LATE_FOR_DAY_MS = 12 * HOUR_MS;

/**
 * The reminders of a meeting: at 9:00 local time of the day before, and an hour before it begins. Ids hold the start,
 * so that a moved meeting is called to mind again.
 */
export function reminders(
  meeting: Pick<Meeting, 'id' | 'placeId' | 'startsAt'>,
  zone: string,
): readonly Deadline[] {
  const { id, placeId, startsAt } = meeting;
  const row = (kind: DeadlineKind, dueAt: Date): Deadline => ({
    id: `${kind}:${id}:${startsAt.getTime()}`,
    kind,
    placeId,
    subjectId: id,
    dueAt,
    step: 0,
  });
  return [
    row('meeting.remindDay', atHour(startsAt, zone, -1, REMIND_HOUR)),
    row('meeting.remindHour', new Date(startsAt.getTime() - HOUR_MS)),
  ];
}

/** Sets the reminders whose time has not come yet. */
export function setReminders(
  deadlines: DeadlineWrites,
  meeting: Pick<Meeting, 'id' | 'placeId' | 'startsAt'>,
  zone: string,
  now: Date,
): Write[] {
  return reminders(meeting, zone)
    .filter(({ dueAt }) => dueAt > now)
    .map((deadline) => deadlines.set(deadline));
}

export function cancelReminders(deadlines: DeadlineWrites, meeting: Meeting, zone: string): Write[] {
  return reminders(meeting, zone).map(({ id }) => deadlines.cancel(id));
}

/** Reminds the groups of a meeting that is still called and still begins when the row was set for. */
export function createMeetingDeadlines(deps: MeetingDeps): Partial<Record<DeadlineKind, DeadlineHandler>> {
  const remind =
    (kind: 'meeting.remindDay' | 'meeting.remindHour'): DeadlineHandler =>
    async (deadline, now) => {
      const [meeting, place] = await Promise.all([
        deps.meetings.byId(deadline.subjectId),
        deps.places.byId(deadline.placeId),
      ]);
      if (!meeting || !place || meeting.state !== 'called' || now >= meeting.startsAt) return NOTHING;
      if (!reminders(meeting, place.timeZone).some(({ id }) => id === deadline.id)) return NOTHING;
      const leftMs = meeting.startsAt.getTime() - now.getTime();
      if (kind === 'meeting.remindDay' && leftMs < TOO_LATE_FOR_DAY_MS) return NOTHING;
      const coming = (await deps.meetings.countResponses([meeting.id])).get(meeting.id)?.coming ?? 0;
      const { number, room } = meeting;
      const data = { number, room, coming, starts: startsWords(meeting, now, place) };
      const text =
        kind === 'meeting.remindDay' ? meetingTexts.reminder(data) : meetingTexts.reminderHour(data);
      const groups = await deps.groups.byIds(meeting.groupIds);
      return {
        writes: [],
        dispatches: toGroups(
          groups,
          deadline.id,
          { text },
          { subjectId: meeting.id, expiresAt: meeting.startsAt },
        ),
        guarded: true,
        event: kind,
      };
    };
  return {
    'meeting.remindDay': remind('meeting.remindDay'),
    'meeting.remindHour': remind('meeting.remindHour'),
  };
}
