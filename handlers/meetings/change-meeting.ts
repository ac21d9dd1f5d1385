import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision, Write } from '#core/decision';
import { UserError } from '#core/errors';
import type { Meeting } from '#core/meeting';
import { cleanUserText } from '#language/clean-text';
import { toGroups } from '#procedure/broadcast';
import { movedTo } from '#procedure/stages';
import { meetingTexts } from '#texts/meeting-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { MEETING_STATE_WORDS } from '#texts/words';
import type { MeetingDeps } from './meeting-deps.ts';
import { startsWords } from './meeting-words.ts';
import { checkStart } from './plan-meeting.ts';
import { cancelReminders, setReminders } from './reminders.ts';

interface SeenMeeting {
  readonly meetingId: string;
  /** The revision the secretary saw. */
  readonly revision: number;
}

export interface MoveMeeting extends SeenMeeting {
  readonly startsAt: Date;
  readonly room: string;
}

/** Another time or room: the groups are told, the reminders move along, answers stay. */
export function createMoveMeeting(deps: MeetingDeps) {
  return async (actor: Actor, input: MoveMeeting): Promise<Decision> => {
    const meeting = await calledMeeting(deps, actor, input, '改期');
    const room = input.room.trim() === '' ? meeting.room : input.room.trim();
    const { startsAt } = input;
    checkStart(actor, startsAt);
    const { now, place } = actor;
    const moved = { ...meeting, startsAt, room };
    const starts = startsWords(moved, now, place);
    const text = meetingTexts.moved({ number: meeting.number, title: meeting.title, room, starts });
    const groups = await deps.groups.byIds(meeting.groupIds);
    const sameTime = startsAt.getTime() === meeting.startsAt.getTime();
    return {
      ...step(actor, meeting, 'meeting.moved', { startsAt: startsAt.toISOString() }),
      writes: [
        deps.meetings.update(meeting.id, { startsAt, room }, meeting.revision),
        ...(sameTime ? [] : cancelReminders(deps.deadlines, meeting, place.timeZone)),
        ...setReminders(deps.deadlines, moved, place.timeZone, now),
      ],
      dispatches: toGroups(
        groups,
        `meeting-moved:${meeting.id}:${meeting.revision}`,
        { text },
        {
          subjectId: meeting.id,
          expiresAt: startsAt,
        },
      ),
      summary: text,
    };
  };
}

export interface CancelMeeting extends SeenMeeting {
  /** Shown to the groups and kept. */
  readonly reason: string;
}

export function createCancelMeeting(deps: MeetingDeps) {
  return async (actor: Actor, input: CancelMeeting): Promise<Decision> => {
    const meeting = await calledMeeting(deps, actor, input, '取消');
    const reason = input.reason.trim();
    if (reason === '') throw new UserError('meeting.reasonMissing', topicTexts.cancelReasonMissing());
    const { number, title } = meeting;
    const starts = startsWords(meeting, actor.now, actor.place);
    const text = meetingTexts.cancelled({ number, title, starts, reason });
    const groups = await deps.groups.byIds(meeting.groupIds);
    return {
      ...step(actor, meeting, 'meeting.cancelled'),
      writes: [
        deps.meetings.update(meeting.id, { state: 'cancelled', cancelledReason: reason }, meeting.revision),
        ...cancelReminders(deps.deadlines, meeting, actor.place.timeZone),
      ],
      dispatches: toGroups(groups, `meeting-cancelled:${meeting.id}`, { text }, { subjectId: meeting.id }),
      summary: text,
    };
  };
}

export interface SaveMinutes extends SeenMeeting {
  readonly text: string;
  /** Who was there, in words. */
  readonly attended: string;
}

const MAX_MINUTES_CHARS = 10_000;

/** Keeps the minutes of a meeting that has begun; its topic goes from consultation to outcome. May be written anew. */
export function createSaveMinutes(deps: MeetingDeps) {
  return async (actor: Actor, input: SaveMinutes): Promise<Decision> => {
    const meeting = await seenMeeting(deps, actor, input, '纪要');
    if (meeting.state === 'cancelled') throw notNow(meeting, '纪要');
    const { number, topicNumber, startsAt } = meeting;
    const { now, person, place } = actor;
    if (startsAt > now) {
      const starts = startsWords(meeting, now, place);
      throw new UserError('meeting.minutes.tooEarly', meetingTexts.minutesTooEarly({ number, starts }));
    }
    const text = cleanUserText(input.text, { maxChars: MAX_MINUTES_CHARS }).text;
    const attended = input.attended.trim();
    if (text === '' || attended === '')
      throw new UserError('meeting.minutesMissing', topicTexts.minutesMissing());
    const minutes = { text, attended, at: now, byId: person.id };
    return {
      ...step(actor, meeting, 'meeting.held', { characters: text.length }),
      writes: [
        deps.meetings.update(meeting.id, { state: 'held', minutes }, meeting.revision),
        ...(await topicToOutcome(deps, actor, meeting)),
      ],
      dispatches: [],
      summary: meetingTexts.minutesSaved({ number, topicNumber }),
    };
  };
}

async function topicToOutcome(deps: MeetingDeps, actor: Actor, meeting: Meeting): Promise<readonly Write[]> {
  const topic = meeting.topicId === undefined ? undefined : await deps.topics.byId(meeting.topicId);
  if (topic?.stage !== 'consult') return [];
  const moved = movedTo(topic, 'outcome', { at: actor.now, byId: actor.person.id });
  return moved ? [deps.topics.update(topic.id, moved, topic.revision)] : [];
}

async function calledMeeting(
  deps: MeetingDeps,
  actor: Actor,
  input: SeenMeeting,
  command: string,
): Promise<Meeting> {
  const meeting = await seenMeeting(deps, actor, input, command);
  if (meeting.state !== 'called') throw notNow(meeting, command);
  return meeting;
}

async function seenMeeting(
  deps: MeetingDeps,
  actor: Actor,
  input: SeenMeeting,
  command: string,
): Promise<Meeting> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command }));
  const meeting = requirePlace(actor, await deps.meetings.byId(input.meetingId), topicTexts.meetingUnknown());
  if (meeting.revision !== input.revision)
    throw new UserError('revision.old', systemTexts.changedMeanwhile());
  return meeting;
}

function notNow({ number, state }: Meeting, command: string): UserError {
  const words = { kind: 'meeting', number, state: MEETING_STATE_WORDS[state], command } as const;
  return new UserError('meeting.state', systemTexts.notNow(words));
}

function step(
  actor: Actor,
  meeting: Meeting,
  action: string,
  facts: Readonly<Record<string, string | number>> = {},
): Pick<Decision, 'audit' | 'guarded' | 'event'> {
  const { placeId, id } = meeting;
  return {
    audit: [{ placeId, action, actorId: actor.person.id, subjectId: id, at: actor.now, facts }],
    guarded: true,
    event: action,
  };
}
