import type { mongo } from 'mongoose';
import type { Poll, Turnout } from '#core/poll';
import type { BallotDocument } from './ballots.ts';
import { notStruck } from './recount-ballots.ts';
import type { RollDocument } from './rolls.ts';

interface Collections {
  readonly ballots: mongo.Collection<BallotDocument>;
  readonly rolls: mongo.Collection<RollDocument>;
}

/** Where voters count: their group and their building, as far as the roll knows them. */
interface Where {
  readonly groupId?: string;
  readonly building?: string;
}

interface Counted {
  readonly _id: Where;
  readonly count: number;
}

/** Who has voted, by group and by building of the roll; choices are not read. */
export async function turnoutOf(
  { ballots, rolls }: Collections,
  poll: Pick<Poll, 'id' | 'strikes'>,
): Promise<Turnout> {
  const pollId = poll.id;
  const [members, voted] = await Promise.all([
    rolls
      .aggregate<Counted>([
        { $match: { pollId } },
        { $group: { _id: { groupId: '$groupId', building: '$building' }, count: { $sum: 1 } } },
      ])
      .toArray(),
    ballots
      .aggregate<Counted>([
        { $match: { pollId, ...notStruck(poll) } },
        { $project: { _id: 1 } },
        { $lookup: { from: 'rolls', localField: '_id', foreignField: '_id', as: 'entry' } },
        {
          $group: {
            _id: { groupId: { $first: '$entry.groupId' }, building: { $first: '$entry.building' } },
            count: { $sum: 1 },
          },
        },
      ])
      .toArray(),
  ]);
  const parts = (key: keyof Where) => partsBy(key, members, voted);
  return {
    voters: voted.reduce((sum, { count }) => sum + count, 0),
    byGroup: parts('groupId').map(({ name, ...figures }) => ({ groupId: name, ...figures })),
    byBuilding: parts('building').map(({ name, ...figures }) => ({ building: name, ...figures })),
  };
}

function partsBy(key: keyof Where, members: readonly Counted[], voted: readonly Counted[]) {
  const [all, cast] = [sumsBy(key, members), sumsBy(key, voted)];
  return [...all]
    .map(([name, count]) => ({ name, voters: cast.get(name) ?? 0, members: count }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
}

function sumsBy(key: keyof Where, rows: readonly Counted[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { _id, count } of rows) {
    const name = _id[key];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}
