import type { Ballot } from '#core/poll';
import { defineCollection } from './collection.ts';

export type BallotDocument = Omit<Ballot, 'id'> & { _id: string };

const text = { type: String, required: true };
const moment = { type: Date, required: true };

export const ballotsCollection = defineCollection<BallotDocument>({
  name: 'ballots',
  fields: {
    pollId: text,
    placeId: text,
    personId: text,
    voterName: text,
    choice: { type: Number, required: true },
    sentAt: moment,
    messageId: text,
    groupId: String,
    castAt: moment,
    receipt: text,
  },
  indexes: [
    {
      keys: { pollId: 1, personId: 1, sentAt: 1, choice: 1 },
      why: 'the recount reads the index in the order of the digest',
    },
    { keys: { pollId: 1, castAt: -1 }, why: 'who has voted, the newest first' },
    { keys: { pollId: 1, groupId: 1, castAt: -1 }, why: 'the gathered line of a group' },
  ],
});
