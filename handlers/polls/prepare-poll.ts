import { defineCommand, replyHere, type AnyCommand, type MessageContext, type Parsed } from '#core/command';
import { definedFields, joinDecisions } from '#core/decision';
import { UserError } from '#core/errors';
import type { Topic } from '#core/topic';
import { parseDeadline } from '#language/deadline';
import { foldInPlace } from '#language/normalize';
import { NUMERAL_CHARS, parseNumber } from '#language/numerals';
import { readLeadingNumber } from '#language/references';
import type { PollMethod } from '#core/vote-method';
import { POLL_DEFAULTS } from '#procedure/rules';
import { confirmableUntil, keepPrepared, preparedOf } from '#procedure/prepared-step';
import { confirmTopicCard } from '#texts/poll-cards';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { topicTexts } from '#texts/topic-texts';
import { createOpenPoll, createPreviewPoll } from './open-poll.ts';
import { defaultClosing, type PollInput } from './plan-poll.ts';
import { methodOver, readMethod } from './read-method.ts';
import type { PollDeps } from './poll-deps.ts';

interface PollWords {
  readonly topicNumber: number;
  readonly closesAt?: Date;
  readonly quorum?: number;
  readonly options?: readonly string[];
  readonly method?: PollMethod;
}

const QUORUM = new RegExp(`(?:满|至少|不少于|最少)\\s*([${NUMERAL_CHARS}]{1,8})\\s*(?:人|户|票|个)`, 'u');
const OPTIONS = /选项\s*[:：]?\s*(.+)$/su;
const BETWEEN = /[、,，;；/|]|\s+/u;

/** 表决 3 至12月20日18:00 满80人 最多选2项 选项：修路、路灯、绿化. Only the number is needed. */
export function parsePollWords(
  original: string,
  { now, place }: Pick<MessageContext, 'now' | 'place'>,
): PollWords | undefined {
  const named = readLeadingNumber(original);
  if (!named) return undefined;
  const optionsPart = OPTIONS.exec(named.rest);
  const rules = foldInPlace(optionsPart ? named.rest.slice(0, optionsPart.index) : named.rest);
  const quorum = QUORUM.exec(rules);
  const { given, behind } = optionsIn(optionsPart?.[1]);
  const method = readMethod(`${rules.replace(QUORUM, ' ')} ${behind}`, given);
  const words = method.rest.trim();
  const deadline = parseDeadline(words, now, place.timeZone, { defaultHour: POLL_DEFAULTS.hour });
  const options = optionsPart && method.options;
  return {
    topicNumber: named.value,
    ...(deadline && { closesAt: deadline.at }),
    ...definedFields({ quorum: quorum ? parseNumber(quorum[1] ?? '') : undefined }),
    ...(options && { options }),
    ...(method.method && { method: method.method }),
  };
}

/** The options; what is said behind them may be how to choose (选项：修路、绿化 排先后), which is no option. */
function optionsIn(words: string | undefined): { given: readonly string[]; behind: string } {
  const given = words?.split(BETWEEN).filter((option) => option !== '') ?? [];
  const last = given.at(-1) ?? '';
  const { method, rest } = readMethod(foldInPlace(last), []);
  const isMethod = method !== undefined && rest.trim() === '';
  return isMethod ? { given: given.slice(0, -1), behind: foldInPlace(last) } : { given, behind: '' };
}

/**
 * 表决 3 … in the secretaries' group shows what residents would get and keeps it for the place's confirmation time;
 * 确认表决 3 sends exactly that.
 */
export function createPreparePollCommands(deps: PollDeps): readonly AnyCommand[] {
  return [prepareCommand(deps), confirmCommand(deps)];
}

function prepareCommand(deps: PollDeps): AnyCommand {
  const preview = createPreviewPoll(deps);
  return defineCommand<PollWords>({
    name: 'poll.prepare',
    triggers: ['表决', '发起表决'],
    summary: '发起表决，先看预览',
    example: '表决 3',
    roles: ['secretary'],
    parse: (_rest, original, context) => hinted(parsePollWords(original, context), '表决 3'),
    async run(context, words) {
      const topic = await topicOf(deps, context, words.topicNumber);
      const input = await inputOf(deps, context, topic, words);
      const shown = await preview(context, input);
      const minutes = context.place.rules.confirmWithinMinutes;
      const expiresAt = confirmableUntil(context);
      const { closesAt, quorum, groupIds, options = topic.options } = input;
      const chosen = definedFields({ method: input.method });
      const prepared = { kind: 'poll', closesAt, quorum, groupIds, options, expiresAt, ...chosen } as const;
      const text = pollTexts.preview({
        topicNumber: topic.number,
        groups: shown.groups.length,
        people: shown.people,
        body: shown.text,
        // The topic's number is the code: 回复「确认 表决 3」.
        code: `表决 ${topic.number}`,
        minutes,
      });
      const card = confirmTopicCard(topic.number, '表决', shown.groups.length);
      return keepPrepared(context, deps.topics, topic, prepared, { text, card });
    },
  });
}

function confirmCommand(deps: PollDeps): AnyCommand {
  const open = createOpenPoll(deps);
  return defineCommand<{ topicNumber: number }>({
    name: 'poll.confirm',
    triggers: ['确认表决', '确认开始'],
    summary: '预览没问题，发出表决',
    example: '确认表决 3',
    roles: ['secretary'],
    parse(rest) {
      const found = readLeadingNumber(rest);
      return hinted(found && { topicNumber: found.value }, '确认表决 3');
    },
    async run(context, { topicNumber }) {
      const topic = await topicOf(deps, context, topicNumber);
      const prepared = preparedOf(topic, 'poll', context.now);
      if (!prepared) {
        throw new UserError(
          'step.nothingPrepared',
          topicTexts.nothingPrepared({ number: topicNumber, command: '表决' }),
        );
      }
      const { kind: _kind, expiresAt: _expiresAt, ...asked } = prepared;
      const decision = await open(context, { topicId: topic.id, ...asked });
      return joinDecisions(decision, replyHere(context, decision.summary ?? '', 'poll.opened'));
    },
  });
}

async function topicOf(deps: PollDeps, { place }: MessageContext, number: number): Promise<Topic> {
  const topic = await deps.topics.byNumber(place.id, number);
  if (!topic)
    throw new UserError('number.unknown', systemTexts.numberUnknownStaff({ kind: 'topic', number }));
  return topic;
}

/** What was not said: all residents' groups of the place, 18:00 in a week, no quorum, the topic's options. */
async function inputOf(
  deps: PollDeps,
  { place, now }: MessageContext,
  topic: Topic,
  words: PollWords,
): Promise<PollInput> {
  const groups = await deps.groups.inPlace(place.id, 'residents');
  return {
    topicId: topic.id,
    groupIds: groups.map((group) => group.id),
    closesAt: words.closesAt ?? defaultClosing(now, place.timeZone),
    quorum: words.quorum ?? POLL_DEFAULTS.quorum,
    options: words.options ?? topic.options,
    ...definedFields({ method: methodOver(words.method, (words.options ?? topic.options).length) }),
  };
}

function hinted<Args>(args: Args | undefined, example: string): Parsed<Args> {
  return args === undefined
    ? { ok: false, hint: systemTexts.numberMissing({ kind: 'topic', example }) }
    : { ok: true, args };
}
