import DataLoader from 'dataloader';
import type { Connection } from 'mongoose';
import { ballotId } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { collectionOf } from './collection.ts';
import { rollRecord, rollsCollection, type RollDocument } from './rolls.ts';

export interface RollReads {
  entriesOf(pollId: string, personId: string): Promise<readonly RollEntry[]>;
  entryOf(pollId: string, voterId: string): Promise<RollEntry | undefined>;
  entriesOfHousehold(pollId: string, householdId: string): Promise<readonly RollEntry[]>;
  rollOf(pollId: string): Promise<readonly RollEntry[]>;
  pollIdsOf(personId: string): Promise<readonly string[]>;
}

interface Asked {
  readonly pollId: string;
  readonly personId: string;
}

/** Reads of the rolls; those asked for at the same time travel together. */
export function createRollReads(connection: Connection): RollReads {
  const rolls = collectionOf(connection, rollsCollection);
  const entries = new DataLoader(
    async (asked: readonly Asked[]) => {
      const distinct = (key: keyof Asked) => [...new Set(asked.map((one) => one[key]))];
      const filter = { personId: { $in: distinct('personId') }, pollId: { $in: distinct('pollId') } };
      const found = await rolls.find(filter).sort({ _id: 1 }).toArray();
      const byKey = new Map<string, RollDocument[]>();
      for (const entry of found) {
        for (const personId of rollRecord(entry).personIds) {
          const key = keyOf({ pollId: entry.pollId, personId });
          byKey.set(key, [...(byKey.get(key) ?? []), entry]);
        }
      }
      return asked.map((one) => (byKey.get(keyOf(one)) ?? []).map(rollRecord));
    },
    { cache: false },
  );
  return {
    entriesOf: (pollId, personId) => entries.load({ pollId, personId }),
    async entryOf(pollId, voterId) {
      const found = await rolls.findOne({ _id: ballotId(pollId, voterId) });
      return found ? rollRecord(found) : undefined;
    },
    async entriesOfHousehold(pollId, householdId) {
      const residents = `^${householdId.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}\\|`;
      const filter = { pollId, $or: [{ sourceIds: householdId }, { sourceIds: { $regex: residents } }] };
      return (await rolls.find(filter).sort({ _id: 1 }).toArray()).map(rollRecord);
    },
    async rollOf(pollId) {
      const found = (await rolls.find({ pollId }).toArray()).map(rollRecord);
      return found.sort((a, b) => (a.voterId < b.voterId ? -1 : 1));
    },
    pollIdsOf: (personId) => rolls.distinct('pollId', { personId }),
  };
}

function keyOf({ pollId, personId }: Asked): string {
  return JSON.stringify([pollId, personId]);
}
