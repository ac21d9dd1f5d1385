import type { Connection, mongo } from 'mongoose';
import type { Verification, VerificationStore } from '#core/verification';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { revisedWhole } from './revised.ts';
import { checkedElsewhere } from './sub-schemas.ts';

export type VerificationDocument = Omit<Verification, 'id'> & { _id: string };

const text = { type: String, required: true };
const moment = { type: Date, required: true };

export const verificationsCollection = defineCollection<VerificationDocument>({
  name: 'verifications',
  fields: {
    placeId: text,
    personId: text,
    spokenName: text,
    address: checkedElsewhere,
    name: text,
    phoneTail: String,
    saidAt: moment,
    triedAt: [Date],
    state: { type: String, enum: ['waiting', 'linked', 'refused'], required: true },
    residentId: String,
    decidedById: String,
    decidedAt: Date,
    reason: String,
    revision: { type: Number, required: true },
  },
  indexes: [
    { keys: { placeId: 1, state: 1, saidAt: 1 }, why: 'who waits for the secretary, the longest first' },
  ],
});

export function createVerificationStore(connection: Connection): VerificationStore {
  const verifications = collectionOf(connection, verificationsCollection);
  const waitingIn = (placeIds: readonly string[]): mongo.Filter<VerificationDocument> => ({
    placeId: { $in: [...placeIds] },
    state: 'waiting',
  });
  return {
    async byId(id) {
      const found = await verifications.findOne({ _id: id });
      return found ? recordOf(found) : undefined;
    },
    async waiting(placeIds, limit) {
      const found = await verifications
        .find(waitingIn(placeIds))
        .sort({ saidAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map((document) => recordOf(document));
    },
    countWaiting: (placeIds) => verifications.countDocuments(waitingIn(placeIds)),
    save: (verification, revision) =>
      revisedWhole('verifications', documentOf(verification), revision, OPTIONAL),
  };
}

const OPTIONAL = ['phoneTail', 'residentId', 'decidedById', 'decidedAt', 'reason'] as const;
