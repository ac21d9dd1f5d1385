import DataLoader from 'dataloader';
import type { Connection, mongo } from 'mongoose';
import { ballotId, type Ballot, type PollStore } from '#core/poll';
import { ballotRecord, ballotsCollection, type BallotDocument } from './ballots.ts';
import { collectionOf } from './collection.ts';
import { ballotsInTime, notStruck, recount } from './recount-ballots.ts';
import { rollsCollection } from './rolls.ts';
import { turnoutOf } from './turnout.ts';

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
    tally: (poll) => recount({ ballots, rolls }, poll),
    ballotsInTime: (poll) => ballotsInTime(ballots, poll),
    turnout: (poll) => turnoutOf({ ballots, rolls }, poll),
    async votersIn(poll, groupId, names) {
      const filter = { pollId: poll.id, groupId, ...notStruck(poll) };
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
