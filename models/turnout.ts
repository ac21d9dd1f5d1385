import type { mongo } from 'mongoose';
import type { Poll, Turnout } from '#core/poll';
import type { BallotDocument } from './ballots.ts';
import { notStruck } from './recount-ballots.ts';
import type { RollDocument } from './rolls.ts';

interface Collections {
  readonly ballots: mongo.Collection<BallotDocument>;
  readonly rolls: mongo.Collection<RollDocument>;
}

/** Where voters count: their group, their building and their unit, as far as the roll knows them. */
interface Where {
  readonly groupId?: string;
  readonly building?: string;
  readonly unit?: string;
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
        {
          $group: { _id: { groupId: '$groupId', building: '$building', unit: '$unit' }, count: { $sum: 1 } },
        },
      ])
      .toArray(),
    ballots
      .aggregate<Counted>([
        { $match: { pollId, ...notStruck(poll) } },
        { $project: { _id: 1 } },
        { $lookup: { from: 'rolls', localField: '_id', foreignField: '_id', as: 'entry' } },
        {
          $group: {
            _id: {
              groupId: { $first: '$entry.groupId' },
              building: { $first: '$entry.building' },
              unit: { $first: '$entry.unit' },
            },
            count: { $sum: 1 },
          },
        },
      ])
      .toArray(),
  ]);
  const parts = (nameOf: NameOf) => partsBy(nameOf, members, voted);
  const byBuilding = parts(({ building }) => building).map(({ name, ...figures }) => ({
    building: name,
    ...figures,
  }));
  return {
    voters: voted.reduce((sum, { count }) => sum + count, 0),
    byGroup: parts(({ groupId }) => groupId).map(({ name, ...figures }) => ({ groupId: name, ...figures })),
    byBuilding,
    byUnit: byBuilding.flatMap(({ building }) =>
      parts((where) => unitIn(building, where)).map(({ name, ...figures }) => ({
        building,
        unit: name,
        ...figures,
      })),
    ),
  };
}

type NameOf = (where: Where) => string | undefined;

function unitIn(building: string, where: Where): string | undefined {
  return where.building === building && where.unit !== '' ? where.unit : undefined;
}

function partsBy(nameOf: NameOf, members: readonly Counted[], voted: readonly Counted[]) {
  const [all, cast] = [sumsBy(nameOf, members), sumsBy(nameOf, voted)];
  return [...all]
    .map(([name, count]) => ({ name, voters: cast.get(name) ?? 0, members: count }))
    .sort((a, b) => a.name.localeCompare(b.name, 'zh-CN', { numeric: true }));
}

function sumsBy(nameOf: NameOf, rows: readonly Counted[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { _id, count } of rows) {
    const name = nameOf(_id);
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return sums;
}
