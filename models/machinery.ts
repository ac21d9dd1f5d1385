import type { Connection, mongo } from 'mongoose';
import { LEASE_PARTITIONS, type LeaseKind } from '#core/leases';
import type { LeaseStanding, MachineryReads, Waiting } from '#core/machinery';
import { collectionOf } from './collection.ts';
import { deadlinesCollection } from './deadlines.ts';
import { atBorder } from './driver-error.ts';
import { groupsCollection } from './groups.ts';
import { inboxCollection } from './inbox.ts';
import { leasesCollection, type LeaseDocument } from './leases.ts';

/** Every read goes by an index over live rows alone. */
export function createMachineryReads(connection: Connection): MachineryReads {
  const inbox = collectionOf(connection, inboxCollection);
  const deadlines = collectionOf(connection, deadlinesCollection);
  const leases = collectionOf(connection, leasesCollection);
  const groups = collectionOf(connection, groupsCollection);
  return {
    inbox: (now) =>
      atBorder(async () => {
        const due = { state: 'new', partition: { $gte: 0 }, availableAt: { $lte: now } };
        const [waiting, dead] = await Promise.all([
          inbox.aggregate<Waiting>(countAndOldest(due, '$availableAt')).next(),
          inbox.countDocuments({ state: 'dead' }),
        ]);
        return { ...(waiting ?? NOTHING), dead };
      }),
    deadlines: (now) =>
      atBorder(async () => {
        const due = { state: 'pending', dueAt: { $lte: now } };
        return (await deadlines.aggregate<Waiting>(countAndOldest(due, '$dueAt')).next()) ?? NOTHING;
      }),
    leases: () => atBorder(() => leaseStandings(leases)),
    laneGroups: (lanes) =>
      atBorder(async () => {
        const found = await groups.find({ conversationKey: { $in: [...lanes] } }).toArray();
        return new Map(
          found.map(({ conversationKey, name, placeId }) => [conversationKey, { name, placeId }]),
        );
      }),
  };
}

const NOTHING: Waiting = { count: 0 };

function countAndOldest(match: object, at: string) {
  return [
    { $match: match },
    { $group: { _id: null, count: { $sum: 1 }, oldestAt: { $min: at } } },
    { $project: { _id: 0 } },
  ];
}

async function leaseStandings(leases: mongo.Collection<LeaseDocument>): Promise<readonly LeaseStanding[]> {
  const running = leases.aggregate<{ _id: LeaseKind; held: number; holders: number }>([
    { $match: { kind: { $ne: 'instance' }, $expr: { $gt: ['$until', '$$NOW'] } } },
    { $group: { _id: '$kind', held: { $sum: 1 }, holders: { $addToSet: '$holder' } } },
    { $project: { held: 1, holders: { $size: '$holders' } } },
  ]);
  const byKind = new Map((await running.toArray()).map((row) => [row._id, row]));
  const kinds = Object.entries(LEASE_PARTITIONS) as [LeaseKind, number][];
  return kinds.map(([kind, partitions]) => {
    const { held = 0, holders = 0 } = byKind.get(kind) ?? {};
    return { kind, partitions, held, holders };
  });
}
