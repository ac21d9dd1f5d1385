import {
  defineCommand,
  replyHere,
  replyPrivately,
  type AnyCommand,
  type MessageContext,
} from '#core/command';
import type { Decision } from '#core/decision';
import type { Ballot, Poll, PollStore } from '#core/poll';
import { formatMoment } from '#language/dates';
import { readLeadingNumber } from '#language/references';
import { ballotTexts } from '#texts/ballot-texts';
import { joinedTexts } from '#texts/joined-texts';
import { pollTexts } from '#texts/poll-texts';
import { systemTexts } from '#texts/system-texts';
import type { PollDeps } from './poll-deps.ts';
import { isStruck } from './join-voters.ts';
import { closesWords, verifyPath } from './poll-words.ts';

const POLLS_LOOKED_AT = 10;

type ReceiptDeps = Pick<PollDeps, 'polls' | 'pageUrl'>;

/**
 * 回执 3, 回执: proof that one's ballot is counted, never of its choice. Only one-to-one; in a group where the person
 * cannot be written to it says where to ask.
 */
export function createReceiptCommand(deps: ReceiptDeps): AnyCommand {
  return defineCommand<{ topicNumber?: number }>({
    name: 'ballot.receipt',
    triggers: ['回执'],
    summary: '要自己那一票的凭据',
    example: '回执 3',
    roles: ['resident'],
    parse(rest) {
      const found = readLeadingNumber(rest);
      return { ok: true, args: found ? { topicNumber: found.value } : {} };
    },
    run: (context, { topicNumber }) =>
      topicNumber === undefined ? latestReceipt(deps, context) : receiptFor(deps, context, topicNumber),
  });
}

async function receiptFor(
  deps: ReceiptDeps,
  context: MessageContext,
  topicNumber: number,
): Promise<Decision> {
  const { polls } = deps;
  const open = (await polls.openFor(context.person.id)).find((poll) => poll.topicNumber === topicNumber);
  const poll = open ?? (await polls.byTopicNumber(context.place.id, topicNumber));
  if (!poll) {
    const text = systemTexts.numberUnknown({ kind: 'topic', number: topicNumber });
    return replyPrivately(context, text, 'number.unknown', text);
  }
  return receiptText(deps, context, poll, await ownBallot(polls, poll.id, context.person.id));
}

/** The ballot that this person may ask about: their own, or that of their first household that has one. */
async function ownBallot(polls: PollStore, pollId: string, personId: string): Promise<Ballot | undefined> {
  const entries = await polls.entriesOf(pollId, personId);
  const ballots = await Promise.all(entries.map(({ voterId }) => polls.ballotOf(pollId, voterId)));
  return ballots.find((ballot) => ballot !== undefined);
}

/** The receipt of the person's newest poll in this place that they voted in. */
async function latestReceipt(deps: ReceiptDeps, context: MessageContext): Promise<Decision> {
  const { polls } = deps;
  const { person, place } = context;
  const [open, recent] = await Promise.all([
    polls.openFor(person.id),
    polls.list({ placeIds: [place.id], limit: POLLS_LOOKED_AT }),
  ]);
  const candidates = [...new Map([...open, ...recent.items].map((poll) => [poll.id, poll])).values()];
  const ballots = await Promise.all(candidates.map((poll) => ownBallot(polls, poll.id, person.id)));
  const [poll] = candidates.filter((_, index) => ballots[index]);
  if (poll) return receiptText(deps, context, poll, ballots[candidates.indexOf(poll)]);
  const struck = recent.items.find((one) => isStruck(one, person.id));
  if (struck) return receiptText(deps, context, struck, undefined);
  const [first] = open;
  if (first) return receiptText(deps, context, first, undefined);
  return replyPrivately(context, pollTexts.noneOpen(), 'ballot.receiptNone', pollTexts.noneOpen());
}

function receiptText(
  { pageUrl }: ReceiptDeps,
  context: MessageContext,
  poll: Poll,
  ballot: Ballot | undefined,
): Decision {
  const { now, place, message } = context;
  const { topicNumber } = poll;
  const isReachable = message.conversationKind === 'direct' || message.sender.direct !== undefined;
  // Whether somebody has voted is theirs to tell: the group gets the same line either way.
  if (!isReachable)
    return replyHere(context, ballotTexts.askPrivately({ topicNumber }), 'ballot.receiptElsewhere');
  const strikes = poll.strikes ?? [];
  if (!ballot && isStruck(poll, context.person.id)) {
    const text = joinedTexts.voteElsewhere({ topicNumber, contact: place.dutyContact });
    return replyPrivately(context, text, 'ballot.joined');
  }
  if (!ballot) {
    const closes = poll.state === 'open' ? { closes: closesWords(poll, now, place) } : {};
    return replyPrivately(context, ballotTexts.receiptNone({ topicNumber, ...closes }), 'ballot.receiptNone');
  }
  const cast = formatMoment(ballot.sentAt, now, place.timeZone);
  return replyPrivately(
    context,
    ballotTexts.receipt({
      topicNumber,
      receipt: ballot.receipt,
      cast,
      link: pageUrl(verifyPath(poll)),
      isJoined: strikes.some(({ intoId }) => intoId === ballot.voterId),
    }),
    'ballot.receipt',
  );
}
