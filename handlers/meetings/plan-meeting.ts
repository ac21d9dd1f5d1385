import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { UserError } from '#core/errors';
import type { Meeting } from '#core/meeting';
import type { Group } from '#core/people';
import type { Topic } from '#core/topic';
import { cleanUserText } from '#language/clean-text';
import { formatDay, formatMoment } from '#language/dates';
import { atHour } from '#procedure/local-time';
import { movedTo } from '#procedure/stages';
import { meetingTexts } from '#texts/meeting-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { STAGE_WORDS } from '#texts/words';
import type { MeetingDeps } from './meeting-deps.ts';

/** A meeting as the secretary asks for it. */
export interface MeetingInput {
  readonly topicId?: string | undefined;
  readonly title: string;
  readonly agenda: string;
  readonly startsAt: Date;
  readonly room: string;
  /** Who is asked to come, in words. */
  readonly invited: string;
  readonly groupIds: readonly string[];
}

/** A meeting that may be called: rules checked, nothing written. */
export interface MeetingPlan {
  readonly draft: Omit<Meeting, 'number'>;
  readonly topic?: Topic;
  readonly moved?: Pick<Topic, 'stage' | 'history'>;
  readonly groups: readonly Group[];
}

/** Checks everything that calling needs; throws UserError naming the first thing that is wrong. */
export async function planMeeting(
  deps: MeetingDeps,
  actor: Actor,
  input: MeetingInput,
): Promise<MeetingPlan> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '开会' }));
  const { topicId } = input;
  const topic = topicId === undefined ? undefined : await deps.topics.byId(topicId);
  if (topicId !== undefined) requirePlace(actor, topic, topicTexts.unknown());
  const moved = topic && consulted(actor, topic);
  const words = checkedWords(input, topic);
  checkStart(actor, input.startsAt);
  const groups = await groupsWithin(deps, actor, input.groupIds);
  const draft = {
    ...words,
    id: `meeting:${actor.requestId}`,
    placeId: actor.place.id,
    ...(topic && { topicId: topic.id, topicNumber: topic.number }),
    startsAt: input.startsAt,
    groupIds: groups.map((group) => group.id),
    state: 'called' as const,
    createdAt: actor.now,
    createdById: actor.person.id,
    revision: 1,
  };
  return { draft, groups, ...(topic && { topic }), ...(moved && { moved }) };
}

function consulted(actor: Actor, topic: Topic): Pick<Topic, 'stage' | 'history'> {
  const isOpen = topic.stage === 'settle' || topic.stage === 'consult';
  const moved = isOpen ? movedTo(topic, 'consult', { at: actor.now, byId: actor.person.id }) : undefined;
  if (moved) return moved;
  const state = STAGE_WORDS[topic.stage];
  throw new UserError(
    'stage.wrong',
    systemTexts.notNow({ kind: 'topic', number: topic.number, state, command: '开会' }),
  );
}

function checkedWords(input: MeetingInput, topic: Topic | undefined) {
  const line = (text: string, maxChars: number) =>
    cleanUserText(text, { maxChars }).text.replace(/\s+/gu, ' ').trim();
  const words = {
    title: line(input.title, 60),
    agenda: cleanUserText(input.agenda, { maxChars: 500 }).text,
    room: line(input.room, 60),
    invited: line(input.invited, 100),
  };
  const missing = [
    ...(words.title === '' ? ['商量什么'] : []),
    ...(words.room === '' ? ['地点'] : []),
    ...(words.invited === '' ? ['请谁来'] : []),
  ];
  if (missing.length === 0) return words;
  throw new UserError('meeting.missing', meetingTexts.missing({ topicNumber: topic?.number ?? 1, missing }));
}

/** In the future, and as many days ahead as the place's rules ask for (seeds D1, Y3). */
export function checkStart({ now, place }: Actor, startsAt: Date): void {
  const { timeZone, rules } = place;
  if (startsAt <= now) {
    throw new UserError(
      'meeting.pastDate',
      meetingTexts.pastDate({ starts: formatMoment(startsAt, now, timeZone) }),
    );
  }
  const days = rules.meetingNoticeDays;
  const earliest = atHour(now, timeZone, days, 0);
  if (days === 0 || startsAt >= earliest) return;
  throw new UserError(
    'meeting.tooSoon',
    meetingTexts.tooSoon({ days, earliest: formatDay(earliest, now, timeZone) }),
  );
}

async function groupsWithin(
  deps: MeetingDeps,
  actor: Actor,
  ids: readonly string[],
): Promise<readonly Group[]> {
  const wanted = [...new Set(ids)];
  const reach = new Set(await deps.places.subtreeIds(actor.place.id));
  const groups = (await deps.groups.byIds(wanted)).filter((group) => reach.has(group.placeId));
  if (wanted.length > 0 && groups.length === wanted.length) return groups;
  throw new UserError('group.unknown', topicTexts.groupsMissing());
}
