import { standsOver } from '#core/ballot-order';
import { SECOND_MS } from '#core/clock';
import { replyPrivately, type MessageContext } from '#core/command';
import { joinDecisions, NOTHING, type Decision, type Dispatch } from '#core/decision';
import { ballotId, type Ballot, type BallotPath, type Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Choice, GivenChoice } from '#core/vote-method';
import { ballotTexts } from '#texts/ballot-texts';
import { choiceWords } from '#texts/method-words';
import { pageTexts } from '#texts/page-texts';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import { findPoll } from './find-poll.ts';
import { nextGathering } from './gather-ballots.ts';
import type { PollDeps } from './poll-deps.ts';
import { closesWords } from './poll-words.ts';
import { checkSaid, givenOf, quotedTopic, type BallotWords, type SaidChoice } from './read-ballot.ts';
import { recordBallot } from './record-ballot.ts';
import { refuse, refusedAsOver, refusedChoice, refusedStranger } from './refuse-vote.ts';
import { tellHousehold } from './tell-household.ts';

type CastDeps = Pick<PollDeps, 'polls' | 'people' | 'deadlines' | 'ballotEvents' | 'pollSecrets'>;

/** A vendor's clock may be this much behind ours. */
const CLOCK_SLACK_MS = 5 * SECOND_MS;

/**
 * One person's vote, from wherever it is sent. The vendor's time decides: sent at the very deadline counts, a
 * millisecond later does not. One person has one ballot; the last by (sentAt, messageId) stands, so decisions of one
 * batch may be made and written in any order. Never answers in the group when the vote was good.
 */
export function createCastBallot(deps: CastDeps) {
  return async (context: MessageContext, words: BallotWords & { said: SaidChoice }): Promise<Decision> => {
    const topicNumber = words.topicNumber ?? quotedTopic(context.message.quote);
    const found = await findPoll(deps.polls, context, { topicNumber });
    switch (found.kind) {
      case 'one':
        return castIn(deps, context, found.poll, words.said);
      case 'several':
        return refuse(context, 'number.ambiguous', whichOf(found.polls, words.said, topicNumber));
      case 'unknown':
        return refuse(
          context,
          'number.unknown',
          systemTexts.numberUnknown({ kind: 'topic', number: found.topicNumber }),
        );
      case 'none':
        return refuse(context, 'poll.noneOpen', pollTexts.noneOpen());
    }
  };
}

/** The same from a poll's page, which names its poll. */
export function createCastOnPage(deps: CastDeps) {
  return async (context: MessageContext): Promise<Decision> => {
    const { body } = context.message;
    const poll = body.type === 'ballot' ? await deps.polls.byId(body.pollId) : undefined;
    if (body.type !== 'ballot' || !poll) return { ...NOTHING, event: 'ignored.noPoll' };
    return castIn(deps, context, poll, body.given);
  };
}

/** A number that polls of several places have names none of them: each is voted in where it was opened. */
function whichOf(polls: readonly Poll[], said: SaidChoice, topicNumber: number | undefined): string {
  if (topicNumber === undefined) return ambiguous(polls, said);
  return ballotTexts.sameNumber({ topicNumber, titles: polls.map(({ title }) => title) });
}

/** Asks which poll is meant; what was said stands behind each of them, in figures, to be copied. */
function ambiguous(polls: readonly Poll[], said: SaidChoice): string {
  const open = polls.map(({ topicNumber, title, options }) => ({
    topicNumber,
    title,
    say: figuresWords(givenOf(said, options)),
  }));
  return ballotTexts.ambiguous({ polls: open });
}

function figuresWords(given: GivenChoice | undefined): string {
  if (!given) return '1';
  const parts =
    given.kind === 'list' ? given.values : given.pairs.map(([option, figure]) => `${option}:${figure}`);
  return parts.join(' ');
}

async function castIn(
  deps: CastDeps,
  context: MessageContext,
  poll: Poll,
  said: SaidChoice,
): Promise<Decision> {
  const { message, person } = context;
  if (message.sentAt.getTime() < poll.openedAt.getTime() - CLOCK_SLACK_MS)
    return { ...NOTHING, event: 'ballot.early' };
  const over = refusedAsOver(context, poll);
  if (over) return over;
  if (poll.rules.secrecy === 'secret' && context.group)
    return refuse(context, 'ballot.inTheOpen', ballotTexts.inTheOpen({ topicNumber: poll.topicNumber }));
  const entries = await deps.polls.entriesOf(poll.id, person.id);
  const [entry, ...others] = entries;
  if (!entry) return refusedStranger(context, poll);
  const checked = checkSaid(poll, said);
  if (!checked.ok) return refusedChoice(context, poll, checked.problem);
  const chosen = checked.choice;
  const stored = await deps.polls.ballotOf(poll.id, entry.voterId);
  const kept = await keep(deps, context, poll, { voterId: entry.voterId, chosen, stored });
  const told = await householdsTold(deps, context, poll, entries, chosen);
  // Who speaks for several households says the same for each of them; one answer tells it.
  const alike = await Promise.all(
    others.map(({ voterId }) => recordBallot(deps, ballotOf(context, poll, { voterId, chosen }))),
  );
  const writes = [...kept.writes, ...alike.flatMap((one) => one.writes)];
  return { ...kept, writes, dispatches: [...kept.dispatches, ...told] };
}

/** Every household whose ballot this changes, each by what stood for it before. */
async function householdsTold(
  deps: CastDeps,
  context: MessageContext,
  poll: Poll,
  entries: readonly RollEntry[],
  chosen: Choice,
): Promise<Dispatch[]> {
  const shared = entries.filter(({ personIds }) => personIds.length > 1);
  const told = shared.map(async (entry) => {
    const before = await deps.polls.ballotOf(poll.id, entry.voterId);
    const after = ballotOf(context, poll, { voterId: entry.voterId, chosen });
    return tellHousehold(deps, context, poll, entry, { before, after });
  });
  return (await Promise.all(told)).flat();
}

interface Cast {
  readonly voterId: string;
  readonly chosen: Choice;
}

async function keep(
  deps: CastDeps,
  context: MessageContext,
  poll: Poll,
  { stored, ...cast }: Cast & { readonly stored: Ballot | undefined },
): Promise<Decision> {
  const { ballot, writes: recorded } = await recordBallot(deps, ballotOf(context, poll, cast));
  const writes = [...recorded];
  const gather = ballot.groupId === undefined ? undefined : nextGathering(poll, ballot.groupId, context.now);
  if (gather) writes.push(deps.deadlines.setOnce(gather));
  const kept: Decision = { writes, dispatches: [] };
  // A newer choice is there already: this one is kept out by the store and needs no answer.
  if (stored && standsOver(stored, ballot)) return { ...kept, event: 'ballot.outOfOrder' };
  const changed = stored !== undefined && stored.messageId !== ballot.messageId;
  const event = changed ? 'ballot.changed' : 'ballot.accepted';
  return joinDecisions(kept, replyPrivately(context, acceptedText(context, poll, ballot, stored), event));
}

function ballotOf(context: MessageContext, poll: Poll, { voterId, chosen }: Cast): Omit<Ballot, 'receipt'> {
  const { message, person, group, spokenName, now } = context;
  return {
    id: ballotId(poll.id, voterId),
    pollId: poll.id,
    placeId: poll.placeId,
    voterId,
    personId: person.id,
    voterName: spokenName,
    choice: chosen,
    sentAt: message.sentAt,
    messageId: message.messageId,
    path: pathOf(context),
    ...(group && poll.groupIds.includes(group.id) && { groupId: group.id }),
    castAt: now,
  };
}

function pathOf({ group, message }: MessageContext): BallotPath {
  if (message.body.type === 'ballot') return 'page';
  return group ? 'group' : 'direct';
}

function acceptedText(
  context: MessageContext,
  poll: Poll,
  ballot: Ballot,
  stored: Ballot | undefined,
): string {
  const { topicNumber, unit, method } = poll;
  const option = choiceWords(poll, ballot.choice);
  const closes = closesWords(poll, context.now, context.place);
  if (ballot.path === 'page') {
    const isChange = stored !== undefined && stored.messageId !== ballot.messageId;
    return pageTexts.received({ topicNumber, closes, isChange, contact: context.place.dutyContact });
  }
  const said = { topicNumber, option, closes, method: method.kind };
  if (!stored || stored.messageId === ballot.messageId) return ballotTexts.accepted(said);
  // What an authorised voter chose is not said, not even by saying that this is the same.
  const isOwn = stored.path !== 'proxy';
  if (isOwn && stored.choice.join() === ballot.choice.join()) return ballotTexts.unchanged({ ...said, unit });
  return ballotTexts.changed({ topicNumber, option });
}
