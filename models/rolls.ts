import { defineCollection } from './collection.ts';

/** One person who may vote in one poll, frozen when it opened. The id is that of the person's ballot. */
export interface RollDocument {
  _id: string;
  pollId: string;
  personId: string;
  /** The group the person counts under in the turnout. */
  groupId: string;
}

const text = { type: String, required: true };

export const rollsCollection = defineCollection<RollDocument>({
  name: 'rolls',
  fields: { pollId: text, personId: text, groupId: text },
  indexes: [
    { keys: { personId: 1, pollId: 1 }, why: 'polls a person may vote in' },
    { keys: { pollId: 1, groupId: 1, personId: 1 }, why: 'the roll of a poll, and its size per group' },
  ],
});
