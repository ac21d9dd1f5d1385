import { defineCommand, replyHere, type AnyCommand, type MessageContext } from '#core/command';
import { joinDecisions } from '#core/decision';
import { UserError } from '#core/errors';
import type { Topic } from '#core/topic';
import { parseDeadline } from '#language/deadline';
import { readLeadingNumber } from '#language/references';
import { INVITED, INVITED_WORD } from '#texts/meeting-defaults';
import { confirmableUntil, keepPrepared, preparedOf } from '#procedure/prepared-step';
import { confirmTopicCard } from '#texts/poll-cards';
import { meetingTexts } from '#texts/meeting-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { createCallMeeting, createPreviewMeeting } from './call-meeting.ts';
import type { MeetingDeps } from './meeting-deps.ts';

/** A meeting as it was typed; what is absent is asked for or filled in. */
export interface MeetingWords {
  readonly topicNumber: number;
  readonly startsAt?: Date;
  readonly room: string;
  readonly agenda: string;
  readonly invited: string;
}

const AGENDA = /(?:^|[\s,，;；])议程\s*[:：]?\s*/u;
const INVITE = new RegExp(`(?:^|[\\s,，;；])(?:${INVITED_WORD})\\s*[:：]?\\s*`, 'u');

/** 开会 3 12月22日19:00 社区议事室 请：居民代表、物业 议程：一、位置. The parts behind the room may come in any order. */
export function parseMeetingWords(
  original: string,
  { now, place }: Pick<MessageContext, 'now' | 'place'>,
): MeetingWords | undefined {
  const named = readLeadingNumber(original);
  if (!named) return undefined;
  const deadline = parseDeadline(named.rest, now, place.timeZone, { defaultHour: 19 });
  const rest = deadline?.rest ?? named.rest;
  const parts = [
    { key: 'agenda', found: AGENDA.exec(rest) },
    { key: 'invited', found: INVITE.exec(rest) },
  ].flatMap(({ key, found }) =>
    found ? [{ key, from: found.index, begin: found.index + found[0].length }] : [],
  );
  const sorted = parts.toSorted((a, b) => a.from - b.from);
  const textOf = (key: string) => {
    const at = sorted.findIndex((part) => part.key === key);
    return at < 0 ? '' : rest.slice(sorted[at]?.begin, sorted[at + 1]?.from).trim();
  };
  return {
    topicNumber: named.value,
    ...(deadline && { startsAt: deadline.at }),
    room: rest.slice(0, sorted[0]?.from).replace(/^[\s,，在]+|[\s,，。]+$/gu, ''),
    agenda: textOf('agenda'),
    invited: textOf('invited'),
  };
}

/** 开会 3 … shows the invitation and keeps it for the place's confirmation time; 确认开会 3 sends exactly that. */
export function createPrepareMeetingCommands(deps: MeetingDeps): readonly AnyCommand[] {
  return [prepareCommand(deps), confirmCommand(deps)];
}

function prepareCommand(deps: MeetingDeps): AnyCommand {
  const preview = createPreviewMeeting(deps);
  return defineCommand<MeetingWords>({
    name: 'meeting.prepare',
    triggers: ['开会', '召开协商会'],
    summary: '发开会通知，先看预览',
    example: '开会 3 12月22日19:00 社区议事室',
    roles: ['secretary'],
    parse(_rest, original, context) {
      const args = parseMeetingWords(original, context);
      const example = '开会 3 12月22日19:00 社区议事室';
      return args
        ? { ok: true, args }
        : { ok: false, hint: systemTexts.numberMissing({ kind: 'topic', example }) };
    },
    async run(context, words) {
      const topic = await topicOf(deps, context, words.topicNumber);
      const input = await inputOf(deps, context, topic, words);
      const shown = await preview(context, input);
      const minutes = context.place.rules.confirmWithinMinutes;
      const expiresAt = confirmableUntil(context);
      const { startsAt, room, agenda, invited, groupIds } = input;
      const prepared = { kind: 'meeting', startsAt, room, agenda, invited, groupIds, expiresAt } as const;
      const text = meetingTexts.preview({
        groups: shown.groups.length,
        people: shown.people,
        body: shown.text,
        // The topic's number is the code: 回复「确认 开会 3」.
        code: `开会 ${topic.number}`,
        minutes,
      });
      const card = confirmTopicCard(topic.number, '开会', shown.groups.length);
      return keepPrepared(context, deps.topics, topic, prepared, { text, card });
    },
  });
}

function confirmCommand(deps: MeetingDeps): AnyCommand {
  const call = createCallMeeting(deps);
  return defineCommand<{ topicNumber: number }>({
    name: 'meeting.confirm',
    triggers: ['确认开会'],
    summary: '预览没问题，发出开会通知',
    example: '确认开会 3',
    roles: ['secretary'],
    parse(rest) {
      const found = readLeadingNumber(rest);
      if (found) return { ok: true, args: { topicNumber: found.value } };
      return { ok: false, hint: systemTexts.numberMissing({ kind: 'topic', example: '确认开会 3' }) };
    },
    async run(context, { topicNumber }) {
      const topic = await topicOf(deps, context, topicNumber);
      const prepared = preparedOf(topic, 'meeting', context.now);
      if (!prepared) {
        const text = topicTexts.nothingPrepared({ number: topicNumber, command: '开会' });
        throw new UserError('step.nothingPrepared', text);
      }
      const { startsAt, room, agenda, invited, groupIds } = prepared;
      const input = { topicId: topic.id, title: topic.title, startsAt, room, agenda, invited, groupIds };
      const decision = await call(context, input);
      return joinDecisions(decision, replyHere(context, decision.summary ?? '', 'meeting.called'));
    },
  });
}

async function topicOf(deps: MeetingDeps, { place }: MessageContext, number: number): Promise<Topic> {
  const topic = await deps.topics.byNumber(place.id, number);
  if (!topic)
    throw new UserError('number.unknown', systemTexts.numberUnknownStaff({ kind: 'topic', number }));
  return topic;
}

/** What was not said: all residents' groups of the place, the topic as title and agenda, residents as guests. */
async function inputOf(deps: MeetingDeps, { place }: MessageContext, topic: Topic, words: MeetingWords) {
  const { startsAt, room } = words;
  const missing = [...(startsAt ? [] : ['时间']), ...(room === '' ? ['地点'] : [])];
  if (!startsAt || missing.length > 0) {
    throw new UserError('meeting.missing', meetingTexts.missing({ topicNumber: topic.number, missing }));
  }
  const groups = await deps.groups.inPlace(place.id, 'residents');
  return {
    topicId: topic.id,
    title: topic.title,
    agenda: words.agenda === '' ? topic.title : words.agenda,
    invited: words.invited === '' ? INVITED : words.invited,
    startsAt,
    room,
    groupIds: groups.map((group) => group.id),
  };
}
