import type { Connection } from 'mongoose';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder } from './driver-error.ts';

const RESTS_KEPT_SECONDS = 3_600;

/** A lane that rests: after a refused try, or because its minute is used up. In real time. */
export interface LaneDocument {
  readonly _id: string;
  readonly partition: number;
  /** Nothing goes out before. */
  readonly pausedUntil?: Date;
  /** Nothing but urgent messages goes out before. */
  readonly slowUntil?: Date;
  readonly overAt: Date;
}

export const lanesCollection = defineCollection<LaneDocument>({
  name: 'lanes',
  fields: { partition: Number, pausedUntil: Date, slowUntil: Date, overAt: Date },
  indexes: [
    { keys: { partition: 1, overAt: 1 }, why: 'lanes that rest, for the claimer of these partitions' },
    {
      keys: { overAt: 1 },
      options: { name: 'rest_over', expireAfterSeconds: RESTS_KEPT_SECONDS },
      why: 'a rest that is over says nothing any more',
    },
  ],
});

export interface LaneRest {
  readonly lane: string;
  readonly partition: number;
  readonly until: Date;
  /** Urgent messages wait too. */
  readonly forAll: boolean;
}

export interface LaneRests {
  /** Lanes of these partitions that rest at `realNow`: for all messages, or for those that are not urgent. */
  at(
    partitions: readonly number[],
    realNow: Date,
  ): Promise<{ readonly paused: readonly string[]; readonly slow: readonly string[] }>;
  /** Lets lanes rest; a longer rest that is already there stays. */
  rest(rests: readonly LaneRest[]): Promise<void>;
}

export function createLaneRests(connection: Connection): LaneRests {
  const lanes = collectionOf(connection, lanesCollection);
  return {
    at: (partitions, realNow) =>
      atBorder(async () => {
        const filter = { partition: { $in: [...partitions] }, overAt: { $gt: realNow } };
        const resting = await lanes.find(filter).toArray();
        const idsOf = (field: 'pausedUntil' | 'slowUntil') =>
          resting.filter((one) => (one[field] ?? realNow) > realNow).map((one) => one._id);
        return { paused: idsOf('pausedUntil'), slow: idsOf('slowUntil') };
      }),
    async rest(rests) {
      if (rests.length === 0) return;
      const operations = rests.map(({ lane, partition, until, forAll }) => ({
        updateOne: {
          filter: { _id: lane },
          update: {
            $set: { partition },
            $max: { overAt: until, ...(forAll ? { pausedUntil: until } : { slowUntil: until }) },
          },
          upsert: true,
        },
      }));
      await atBorder(() => lanes.bulkWrite(operations, { ordered: false }));
    },
  };
}
