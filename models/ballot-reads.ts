import DataLoader from 'dataloader';
import type { Connection, mongo } from 'mongoose';
import { ballotId, type Ballot, type CountedBallot, type PollStore } from '#core/poll';
import type { MethodCount } from '#core/vote-method';
import { createCounter } from '#procedure/counting';
import { ballotRecord, ballotsCollection, choiceOf, type BallotDocument } from './ballots.ts';
import { collectionOf } from './collection.ts';
import { rollsCollection, type RollDocument } from './rolls.ts';

type BallotReads = Pick<
  PollStore,
  'ballotOf' | 'tally' | 'ballotsInTime' | 'turnout' | 'votersIn' | 'votersOf'
>;

/** Reads of the ballots. The recount reads what a majority has, in one pass. */
export function createBallotReads(connection: Connection): BallotReads {
  const ballots = collectionOf(connection, ballotsCollection);
  const rolls = collectionOf(connection, rollsCollection);
  const stored = new DataLoader((ids: readonly string[]) => ballotsById(ballots, ids), { cache: false });
  return {
    ballotOf: (pollId, voterId) => stored.load(ballotId(pollId, voterId)),
    tally: (poll) => recount(ballots, poll),
    ballotsInTime: (poll) => ballotsInTime(ballots, poll),
    async turnout(pollId) {
      const [members, voters] = await Promise.all([
        membersByGroup(rolls, pollId),
        votersByGroup(ballots, pollId),
      ]);
      const byGroup = [...members].map(([groupId, count]) => ({
        groupId,
        voters: voters.get(groupId) ?? 0,
        members: count,
      }));
      return { voters: byGroup.reduce((sum, group) => sum + group.voters, 0), byGroup };
    },
    async votersIn(pollId, groupId, names) {
      const filter = { pollId, groupId };
      const newest = ballots
        .find(filter)
        .sort({ castAt: -1 })
        .limit(names)
        .project<{ voterName: string }>({ voterName: 1 });
      const [count, found] = await Promise.all([ballots.countDocuments(filter), newest.toArray()]);
      return { count, names: found.map(({ voterName }) => voterName) };
    },
    async votersOf(pollId, limit) {
      const found = await ballots.find({ pollId }).sort({ castAt: -1 }).limit(limit).toArray();
      return found
        .map(ballotRecord)
        .map(({ voterId, voterName, castAt }) => ({ voterId, name: voterName, castAt }));
    },
  };
}

async function ballotsById(
  ballots: mongo.Collection<BallotDocument>,
  ids: readonly string[],
): Promise<(Ballot | undefined)[]> {
  const found = await ballots.find({ _id: { $in: [...ids] } }).toArray();
  const byId = new Map(found.map((document) => [document._id, ballotRecord(document)]));
  return ids.map((id) => byId.get(id));
}

async function recount(
  ballots: mongo.Collection<BallotDocument>,
  poll: Parameters<PollStore['tally']>[0],
): Promise<MethodCount> {
  const counter = createCounter(poll.method, poll.options.length);
  const choices = inTime<Pick<BallotDocument, '_id' | 'choice'>>(ballots, poll, { choice: 1 });
  for await (const { choice } of choices) counter.add(choiceOf(choice));
  return counter.result();
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

async function* ballotsInTime(
  ballots: mongo.Collection<BallotDocument>,
  poll: Parameters<PollStore['ballotsInTime']>[0],
): AsyncIterable<CountedBallot> {
  for await (const document of inTime<BallotDocument>(ballots, poll, COUNTED)) yield ballotRecord(document);
}

/** Streams the ballots in the order of their ids, which is that of the voters', so that memory stays flat. */
function inTime<Document extends { _id: string }>(
  ballots: mongo.Collection<BallotDocument>,
  { id, closesAt }: Parameters<PollStore['ballotsInTime']>[0],
  projection: Readonly<Record<string, 1>>,
): mongo.FindCursor<Document> {
  const prefix = ballotId(id, '');
  return ballots.find<Document>(
    { _id: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` }, pollId: id, sentAt: { $lte: closesAt } },
    { sort: { _id: 1 }, projection, readConcern: { level: 'majority' }, batchSize: 10_000 },
  );
}

async function membersByGroup(
  rolls: mongo.Collection<RollDocument>,
  pollId: string,
): Promise<Map<string, number>> {
  const found = await rolls
    .aggregate<{ _id: string; count: number }>([
      { $match: { pollId } },
      { $group: { _id: '$groupId', count: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return new Map(found.map(({ _id, count }) => [_id, count]));
}

async function votersByGroup(
  ballots: mongo.Collection<BallotDocument>,
  pollId: string,
): Promise<Map<string, number>> {
  const found = await ballots
    .aggregate<{ _id: string; count: number }>([
      { $match: { pollId } },
      { $project: { _id: 1 } },
      { $lookup: { from: 'rolls', localField: '_id', foreignField: '_id', as: 'entry' } },
      { $group: { _id: { $first: '$entry.groupId' }, count: { $sum: 1 } } },
    ])
    .toArray();
  return new Map(found.map(({ _id, count }) => [_id, count]));
}
