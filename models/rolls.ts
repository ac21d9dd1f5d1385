import type { RollEntry } from '#core/roll';
import { defineCollection } from './collection.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** One voter of one poll, frozen when it opened. The id is that of the voter's ballot. */
export type RollDocument = Omit<RollEntry, 'voterId' | 'personIds'> & {
  _id: string;
  pollId: string;
  /** Absent in rolls frozen before households could vote: it is the person's id. */
  voterId?: string;
  /** Who may cast the vote: a list, in old rolls one id. The same query and the same index find both. */
  personId: readonly string[] | string;
};

/** The stored form of a roll's entry, without its id. */
export function rollFields(pollId: string, { personIds, ...entry }: RollEntry): Omit<RollDocument, '_id'> {
  return { pollId, personId: personIds, ...entry };
}

/** A stored entry, of whatever age, as the rest of the program knows it. */
export function rollRecord({ _id, pollId, personId, voterId, ...entry }: RollDocument): RollEntry {
  const personIds = typeof personId === 'string' ? [personId] : personId;
  return { voterId: voterId ?? _id.slice(pollId.length + 1), personIds, ...entry };
}

const text = { type: String, required: true };

export const rollsCollection = defineCollection<RollDocument>({
  name: 'rolls',
  fields: {
    pollId: text,
    voterId: String,
    personId: checkedElsewhere,
    groupId: String,
    label: String,
    building: String,
    unit: String,
    room: String,
    areaCents: Number,
    sourceIds: { type: [String], default: undefined },
  },
  indexes: [
    { keys: { personId: 1, pollId: 1 }, why: 'polls a person may vote in, and their entries there' },
    { keys: { pollId: 1, sourceIds: 1 }, why: 'the voter behind a door, for paper and for late recognition' },
    { keys: { pollId: 1, groupId: 1 }, why: 'the roll of a poll, and its size per group' },
  ],
  shardKey: {
    keys: { _id: 1 },
    why: 'the id is that of the ballot: roll and ballots of a poll are divided alike',
  },
});
