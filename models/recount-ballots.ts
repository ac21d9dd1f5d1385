import type { mongo } from 'mongoose';
import { ballotId, type CountedBallot, type Poll, type PollStore, type Tally } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { Choice } from '#core/vote-method';
import { createCounter } from '#procedure/counting';
import { asksTheRoll, createRollCounter } from '#procedure/roll-count';
import { ballotRecord, choiceOf, type BallotDocument } from './ballots.ts';
import { rollRecord, type RollDocument } from './rolls.ts';

interface Collections {
  readonly ballots: mongo.Collection<BallotDocument>;
  readonly rolls: mongo.Collection<RollDocument>;
}

type CountedChoice = Pick<BallotDocument, '_id' | 'choice'>;

const MAJORITY = { readConcern: { level: 'majority' }, batchSize: 10_000, sort: { _id: 1 } } as const;

/** All rows of a poll: their ids begin with the poll's, so that they come in the order of the voters. */
function rowsOf(pollId: string) {
  const prefix = ballotId(pollId, '');
  return { _id: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` }, pollId };
}

/**
 * Counts the ballots that were sent in time anew. Ballots, and beside them the roll where the rules ask for it, are
 * streamed in the order of the voters, so that memory stays flat.
 */
export async function recount(
  { ballots, rolls }: Collections,
  poll: Parameters<PollStore['tally']>[0],
): Promise<Tally> {
  const counter = createCounter(poll.method, poll.options.length);
  const inTime = inTimeOf<CountedChoice>(ballots, poll, { choice: 1 });
  const beside = asksTheRoll(poll.rules) ? rollBeside(rolls, poll) : undefined;
  for await (const { _id, choice: stored } of inTime) {
    const choice = choiceOf(stored);
    counter.add(choice);
    await beside?.upTo(_id, choice);
  }
  const joined = await beside?.result();
  return { ...counter.result(), ...(joined && { joined }) };
}

const COUNTED = {
  voterId: 1,
  personId: 1,
  choice: 1,
  sentAt: 1,
  messageId: 1,
  path: 1,
  groupId: 1,
  enteredById: 1,
} as const;

/** The ballots that count, as the seal reads them. */
export async function* ballotsInTime(
  ballots: mongo.Collection<BallotDocument>,
  poll: Parameters<PollStore['ballotsInTime']>[0],
): AsyncIterable<CountedBallot> {
  for await (const document of inTimeOf<BallotDocument>(ballots, poll, COUNTED)) yield ballotRecord(document);
}

/** Whoever was struck has no vote: what was cast under their name went to the voter they are one with. */
export function notStruck({ strikes = [] }: Pick<Poll, 'strikes'>) {
  return strikes.length === 0 ? {} : { voterId: { $nin: strikes.map(({ voterId }) => voterId) } };
}

function inTimeOf<Document extends { _id: string }>(
  ballots: mongo.Collection<BallotDocument>,
  poll: Parameters<PollStore['ballotsInTime']>[0],
  projection: Readonly<Record<string, 1>>,
): mongo.FindCursor<Document> {
  const inTime = { ...rowsOf(poll.id), ...notStruck(poll), sentAt: { $lte: poll.closesAt } };
  return ballots.find<Document>(inTime, { ...MAJORITY, projection });
}

/** The roll, read alongside: every entry up to the voter of a ballot, the last of them with that ballot's choice. */
function rollBeside(rolls: mongo.Collection<RollDocument>, poll: Parameters<PollStore['tally']>[0]) {
  const counter = createRollCounter(poll.method, poll.options.length);
  const entries = rolls.find(rowsOf(poll.id), MAJORITY)[Symbol.asyncIterator]();
  let waiting: { readonly id: string; readonly entry: RollEntry } | undefined;
  async function next(): Promise<typeof waiting> {
    const { value, done } = await entries.next();
    return done === true ? undefined : { id: value._id, entry: rollRecord(value) };
  }
  /** Passes over those before the ballot's voter, who have not voted. */
  async function pass(until: string | undefined): Promise<void> {
    waiting ??= await next();
    while (waiting && (until === undefined || waiting.id < until)) {
      counter.add(waiting.entry);
      waiting = await next();
    }
  }
  return {
    async upTo(id: string, choice: Choice): Promise<void> {
      await pass(id);
      if (waiting?.id !== id) return;
      counter.add(waiting.entry, choice);
      waiting = undefined;
    },
    async result() {
      await pass(undefined);
      return counter.result();
    },
  };
}
