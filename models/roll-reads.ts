import DataLoader from 'dataloader';
import type { Connection } from 'mongoose';
import { ballotId } from '#core/poll';
import { collectionOf } from './collection.ts';
import { rollsCollection } from './rolls.ts';

export interface RollReads {
  isOnRoll(pollId: string, personId: string): Promise<boolean>;
  rollOf(pollId: string): Promise<readonly string[]>;
  pollIdsOf(personId: string): Promise<readonly string[]>;
}

/** Reads of the rolls; those asked for at the same time travel together. */
export function createRollReads(connection: Connection): RollReads {
  const rolls = collectionOf(connection, rollsCollection);
  const entries = new DataLoader(
    async (ids: readonly string[]) => {
      const found = await rolls.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
      const known = new Set(found.map(({ _id }) => _id));
      return ids.map((id) => known.has(id));
    },
    { cache: false },
  );
  return {
    isOnRoll: (pollId, personId) => entries.load(ballotId(pollId, personId)),
    async rollOf(pollId) {
      const found = await rolls.find({ pollId }, { projection: { _id: 0, personId: 1 } }).toArray();
      return found.map(({ personId }) => personId).sort();
    },
    pollIdsOf: (personId) => rolls.distinct('pollId', { personId }),
  };
}
