import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import type { Connection, mongo } from 'mongoose';
import { ballotId, type Ballot, type PollStore, type Tally } from '#core/poll';
import { ballotsCollection, type BallotDocument } from './ballots.ts';
import { collectionOf, recordOf } from './collection.ts';
import { rollsCollection, type RollDocument } from './rolls.ts';

type BallotReads = Pick<PollStore, 'ballotOf' | 'tally' | 'turnout' | 'votersIn' | 'votersOf'>;

/** Reads of the ballots. The recount reads what a majority has, in one pass, so counts and digest agree. */
export function createBallotReads(connection: Connection): BallotReads {
  const ballots = collectionOf(connection, ballotsCollection);
  const rolls = collectionOf(connection, rollsCollection);
  const stored = new DataLoader((ids: readonly string[]) => ballotsById(ballots, ids), { cache: false });
  return {
    ballotOf: (pollId, personId) => stored.load(ballotId(pollId, personId)),
    tally: (poll) => recount(ballots, poll),
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
      return found.map(({ personId, voterName, castAt }) => ({ personId, name: voterName, castAt }));
    },
  };
}

async function ballotsById(
  ballots: mongo.Collection<BallotDocument>,
  ids: readonly string[],
): Promise<(Ballot | undefined)[]> {
  const found = await ballots.find({ _id: { $in: [...ids] } }).toArray();
  const byId = new Map(found.map((document) => [document._id, recordOf(document)]));
  return ids.map((id) => byId.get(id));
}

type CountedBallot = Pick<BallotDocument, 'personId' | 'sentAt' | 'choice'>;

async function recount(
  ballots: mongo.Collection<BallotDocument>,
  poll: Parameters<PollStore['tally']>[0],
): Promise<Tally> {
  const counts = poll.options.map(() => 0);
  const hash = createHash('sha256').update(poll.id);
  let voters = 0;
  const inTime = ballots.aggregate<CountedBallot>(
    [
      { $match: { pollId: poll.id, sentAt: { $lte: poll.closesAt } } },
      { $sort: { personId: 1 } },
      { $project: { _id: 0, personId: 1, sentAt: 1, choice: 1 } },
    ],
    { readConcern: { level: 'majority' }, allowDiskUse: true, batchSize: 10_000 },
  );
  for await (const { personId, sentAt, choice } of inTime) {
    counts[choice] = (counts[choice] ?? 0) + 1;
    voters += 1;
    hash.update(`\n${personId}|${choice}|${sentAt.getTime()}`);
  }
  return { counts, voters, digest: hash.digest('hex') };
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
