import type { Connection } from 'mongoose';
import type { Delegation, DelegationStore } from '#core/delegation';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { revisedWhole } from './revised.ts';

type DelegationDocument = Omit<Delegation, 'id'> & { _id: string };

const text = { type: String, required: true };
const moment = { type: Date, required: true };

export const delegationsCollection = defineCollection<DelegationDocument>({
  name: 'delegations',
  fields: {
    pollId: text,
    placeId: text,
    voterId: text,
    holderId: text,
    givenAt: moment,
    by: { type: String, enum: ['paper', 'chat'], required: true },
    givenById: text,
    usedAt: Date,
    withdrawnAt: Date,
    endedBy: { type: String, enum: ['voter', 'holder', 'staff'] },
    revision: { type: Number, required: true },
  },
  indexes: [
    { keys: { pollId: 1, voterId: 1 }, why: 'whom a voter authorised' },
    { keys: { pollId: 1, holderId: 1 }, why: 'whom a voter may vote for' },
    { keys: { pollId: 1, givenAt: -1 }, why: 'delegations of a poll in the console' },
  ],
});

export function createDelegationStore(connection: Connection): DelegationStore {
  const delegations = collectionOf(connection, delegationsCollection);
  return {
    async touching(pollId, voterIds) {
      const meant = { $in: [...voterIds] };
      const found = delegations.find({ pollId, $or: [{ voterId: meant }, { holderId: meant }] });
      return (await found.sort({ _id: 1 }).toArray()).map((document) => recordOf(document));
    },
    async ofPoll(pollId, limit) {
      const found = delegations.find({ pollId }).sort({ givenAt: -1, _id: 1 }).limit(limit);
      return (await found.toArray()).map((document) => recordOf(document));
    },
    save: (delegation, revision) =>
      revisedWhole('delegations', documentOf(delegation), revision, ['usedAt', 'withdrawnAt', 'endedBy']),
  };
}
