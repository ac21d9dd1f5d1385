import {
  defineCommand,
  replyHere,
  replyPrivately,
  type AnyCommand,
  type MessageContext,
  type Parsed,
} from '#core/command';
import { NOTHING, type Decision } from '#core/decision';
import type { Poll } from '#core/poll';
import type { GivenChoice } from '#core/vote-method';
import { readBallotFigures } from '#language/ballot-form';
import { meansToVote, VOTING_TRIGGERS, withoutThanks } from '#language/voting-words';
import { checkChoice } from '#procedure/choices';
import { ballotTexts } from '#texts/ballot-texts';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { createCastBallot, createCastOnPage } from './cast-ballot.ts';
import { createCastForOtherOnPage } from './cast-for-other.ts';
import { ECHO_MS, findPoll } from './find-poll.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import {
  isBareVote,
  isOfPoll,
  optionSaid,
  quotedTopic,
  readBallot,
  readTopicBallot,
  type BallotWords,
  type SaidChoice,
} from './read-ballot.ts';

type Vote = BallotWords & { readonly said: SaidChoice };

function parsed(words: BallotWords): Parsed<Vote> {
  const { said } = words;
  if (said) return { ok: true, args: { ...words, said } };
  return { ok: false, hint: ballotTexts.empty({ topicNumber: words.topicNumber }) };
}

/** 投 1, 投1 3, 投票 赞成, 投票 议题3 2, 议题3 投1, 议题3 赞成, 议题3 2>1>3. */
export function createBallotCommands(deps: PollDeps): readonly AnyCommand[] {
  const cast = createCastBallot(deps);
  return [
    defineCommand<Vote>({
      name: 'ballot.cast',
      triggers: VOTING_TRIGGERS,
      summary: '表决时投票',
      example: '投 1',
      roles: ['resident'],
      independent: true,
      parse: (rest) => parsed(readBallot(rest)),
      run: (context, vote) => cast(context, vote),
    }),
    defineCommand<Vote>({
      name: 'ballot.castByTopic',
      triggers: ['议题'],
      summary: '有两个表决时投票',
      example: '议题3 投1',
      roles: ['resident'],
      independent: true,
      parse: (rest) => parsed(readTopicBallot(rest)),
      run: (context, vote) => cast(context, vote),
    }),
    defineCommand<undefined>({
      name: 'ballot.takeBack',
      triggers: [...TAKING_BACK],
      summary: '票投错了，怎么改',
      example: '撤回我的票',
      roles: ['resident'],
      parse: () => ({ ok: true, args: undefined }),
      run: (context) => takeBack(deps, context),
    }),
  ];
}

const TAKING_BACK = ['撤回', '收回', '取消', '撤销'].flatMap((verb) =>
  ['我的票', '我的投票', '投票', '选票'].map((what) => `${verb}${what}`),
);

/** A vote is changed, never taken back: what it says to whoever asks for it. */
async function takeBack({ polls }: PollDeps, context: MessageContext): Promise<Decision> {
  const found = await findPoll(polls, context);
  const open = found.kind === 'one' ? [found.poll] : found.kind === 'several' ? found.polls : [];
  const [poll] = open.filter(({ state }) => state === 'open');
  if (!poll) return replyPrivately(context, pollTexts.noneOpen(), 'poll.noneOpen', pollTexts.noneOpen());
  const closes = closesWords(poll, context.now, context.place);
  const text = ballotTexts.changeOnly({ topicNumber: poll.topicNumber, closes });
  return replyPrivately(context, text, 'ballot.changeOnly', text);
}

/**
 * A message that is only figures (1, ①, 第一项, 1 3 5, 排 2 1 3, 分 1:5 2:3) or the name of an option, which no trigger
 * announces. It is a vote exactly when a poll is open in that conversation or the message quotes one; else silence in
 * a group and the unknown-command answer one-to-one. Independent like every ballot.
 */
export function createBareBallot(deps: PollDeps): AnyCommand {
  const cast = createCastBallot(deps);
  return defineCommand<string>({
    name: 'ballot.bare',
    triggers: [],
    summary: '表决时回复数字',
    example: '1',
    roles: ['resident'],
    independent: true,
    parse: (rest) => ({ ok: true, args: rest }),
    async run(context, said) {
      const polls = await meantHere(deps, context);
      const choice = bareChoice(said, polls);
      const isQuoted = quotedTopic(context.message.quote) !== undefined;
      if (!choice || (polls.length === 0 && !isQuoted)) return notMeant(context);
      const isTalk = isSaidToOthers(context, choice);
      return isTalk ? notCounted(deps, context, polls) : cast(context, { said: saidBy(choice, said) });
    },
  });
}

const LONGEST_NAME = 60;

/**
 * What is said to the bot without a trigger: the name of an option of an open poll, with its number or without, is a vote;
 * else it is for the other command. A choice that was said in private must not become a concern that staff read.
 */
export function createOptionOr(deps: PollDeps, other: AnyCommand): AnyCommand {
  const cast = createCastBallot(deps);
  return {
    ...other,
    async execute(rest, original, context) {
      const isShort = rest.length <= LONGEST_NAME && context.message.attachments.length === 0;
      const open = isShort ? await meantHere(deps, context) : [];
      const isVote = open.some(({ options }) =>
        ['name', 'unclear'].includes(optionSaid(rest, options) ?? ''),
      );
      const said = { kind: 'words', words: rest } as const;
      return isVote ? cast(context, { said }) : other.execute(rest, original, context);
    },
  };
}

/** A vote from a poll's page, which no words announce. Independent like every ballot. */
export function createPageBallot(deps: PollDeps): AnyCommand {
  const cast = createCastOnPage(deps);
  return defineCommand<undefined>({
    name: 'ballot.page',
    triggers: [],
    summary: '在网页上投票',
    example: '',
    roles: ['resident'],
    independent: true,
    parse: () => ({ ok: true, args: undefined }),
    run: (context) => cast(context),
  });
}

/** The same for somebody who authorised the speaker; what else is said of that decides whether it still stands. */
export function createPageProxyBallot(deps: PollDeps): AnyCommand {
  const cast = createCastForOtherOnPage(deps);
  return defineCommand<undefined>({
    name: 'ballot.proxyOnPage',
    triggers: [],
    summary: '在网页上替委托人投票',
    example: '',
    roles: ['resident'],
    parse: () => ({ ok: true, args: undefined }),
    run: (context) => cast(context),
  });
}

/** The polls that a bare number can be for: the open ones, and one that ended a moment ago, to say that it is over. */
async function meantHere({ polls }: PollDeps, context: MessageContext): Promise<readonly Poll[]> {
  const found = await findPoll(polls, context, { echoMs: ECHO_MS.bare });
  if (found.kind === 'one') return [found.poll];
  return found.kind === 'several' ? found.polls : [];
}

/** `stance`: another word for an option, which may be said to something else as well; `claim`: says that it is a vote. */
type BareChoice = GivenChoice | { readonly kind: 'name' | 'stance' | 'claim' };

function bareChoice(words: string, open: readonly Poll[]): BareChoice | undefined {
  const said = withoutThanks(words);
  const figures = readBallotFigures(said);
  if (figures) {
    const counts = (poll: Poll) => checkChoice(poll, figures).ok || isNearly(poll, figures);
    const isRanked = (poll: Poll) => poll.method.kind === 'ranking' && checkChoice(poll, figures).ok;
    // 555 is a sigh in chat, and 2026 a year: a number larger than any option is an order of all of them, or talk.
    const isOne = figures.kind === 'list' && figures.values.length === 1;
    return isBareVote(said, figures) || open.some(isOne ? isRanked : counts) ? figures : undefined;
  }
  const meant = open.map((poll) => optionSaid(said, poll.options));
  if (meant.includes('name')) return { kind: 'name' };
  if (meant.includes('unclear') || meansToVote(said)) return { kind: 'claim' };
  return meant.includes('stance') ? { kind: 'stance' } : undefined;
}

/** In a group: another word for an option without a sign of whom it is for, or anything to a quote that is of no poll. */
function isSaidToOthers({ group, message }: MessageContext, { kind }: BareChoice): boolean {
  const { quote, mentionsBot } = message;
  if (!group || mentionsBot || kind === 'claim') return false;
  return quote === undefined ? kind === 'stance' : !isOfPoll(quote.text);
}

function saidBy(choice: BareChoice, said: string): SaidChoice {
  return choice.kind === 'list' || choice.kind === 'pairs' ? choice : { kind: 'words', words: said };
}

/**
 * 同意 in a group may be said to anything: it is no vote, and whoever has none yet is told one-to-one how to cast it,
 * once a day. Silent where they cannot be written to, have voted, or may not.
 */
async function notCounted(
  { polls }: PollDeps,
  context: MessageContext,
  [poll, ...others]: readonly Poll[],
): Promise<Decision> {
  const silent = { ...NOTHING, event: 'ignored.stance' };
  if (!poll || others.length > 0 || poll.state !== 'open') return silent;
  const entries = await polls.entriesOf(poll.id, context.person.id);
  const ballots = await Promise.all(entries.map(({ voterId }) => polls.ballotOf(poll.id, voterId)));
  if (ballots.every((ballot) => ballot !== undefined)) return silent;
  const { topicNumber, options } = poll;
  const text = ballotTexts.stanceInGroup({ topicNumber, options });
  const answer = replyPrivately(context, text, 'ballot.stanceInGroup');
  const key = `stance:${poll.id}:${context.person.id}:${context.now.toISOString().slice(0, 10)}`;
  return { ...answer, dispatches: answer.dispatches.map((dispatch) => ({ ...dispatch, key })) };
}

/** Figures by option are said to a poll that takes them, also when they do not add up; 18:30 is a time. */
function isNearly({ method, options }: Poll, figures: GivenChoice): boolean {
  if (figures.kind !== 'pairs' || (method.kind !== 'points' && method.kind !== 'score')) return false;
  return figures.pairs.length > 1 || figures.pairs.every(([option]) => option <= options.length);
}

function notMeant(context: MessageContext): Decision {
  const event = 'ignored.bareNumber';
  return context.group ? { ...NOTHING, event } : replyHere(context, systemTexts.commandUnknown(), event);
}
