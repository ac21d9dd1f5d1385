import type { Connection } from 'mongoose';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder } from './driver-error.ts';

const PAUSES_KEPT_SECONDS = 3_600;

/** A lane that rests: after a refused try, or because its rate window is full. In real time. */
export interface LaneDocument {
  readonly _id: string;
  readonly partition: number;
  readonly pausedUntil: Date;
}

export const lanesCollection = defineCollection<LaneDocument>({
  name: 'lanes',
  fields: { partition: Number, pausedUntil: Date },
  indexes: [
    { keys: { partition: 1, pausedUntil: 1 }, why: 'lanes that rest, for the claimer of these partitions' },
    {
      keys: { pausedUntil: 1 },
      options: { name: 'over', expireAfterSeconds: PAUSES_KEPT_SECONDS },
      why: 'a pause that is over says nothing any more',
    },
  ],
});

export interface LanePauses {
  /** Lanes of these partitions that rest at `realNow`. */
  pausedAt(partitions: readonly number[], realNow: Date): Promise<readonly string[]>;
  /** Lets lanes rest; a longer pause that is already there stays. */
  pause(lanes: readonly LaneDocument[]): Promise<void>;
}

export function createLanePauses(connection: Connection): LanePauses {
  const lanes = collectionOf(connection, lanesCollection);
  return {
    pausedAt: (partitions, realNow) =>
      atBorder(async () => {
        const filter = { partition: { $in: [...partitions] }, pausedUntil: { $gt: realNow } };
        const paused = await lanes.find(filter, { projection: { _id: 1 } }).toArray();
        return paused.map((lane) => lane._id);
      }),
    async pause(paused) {
      if (paused.length === 0) return;
      const operations = paused.map(({ _id, partition, pausedUntil }) => ({
        updateOne: { filter: { _id }, update: { $set: { partition }, $max: { pausedUntil } }, upsert: true },
      }));
      await atBorder(() => lanes.bulkWrite(operations, { ordered: false }));
    },
  };
}
