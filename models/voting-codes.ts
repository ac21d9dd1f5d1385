import type { Connection } from 'mongoose';
import { ballotId } from '#core/poll';
import { CODE_TRIES, type VotingCode, type VotingCodeStore } from '#core/voting-code';
import { collectionOf, defineCollection, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';

export type VotingCodeDocument = VotingCode & { _id: string; tries: number; usedAt?: Date };

const text = { type: String, required: true };
const moment = { type: Date, required: true };
const KEPT_SECONDS = 86_400;

export const votingCodesCollection = defineCollection<VotingCodeDocument>({
  name: 'votingCodes',
  fields: {
    pollId: text,
    personId: text,
    hash: text,
    issuedAt: moment,
    expiresAt: moment,
    recent: [Date],
    tries: { type: Number, required: true },
    usedAt: Date,
    revision: { type: Number, required: true },
  },
  indexes: [
    {
      keys: { expiresAt: 1 },
      options: { expireAfterSeconds: KEPT_SECONDS },
      why: 'codes go away when they count for no limit any more',
    },
  ],
});

export function createVotingCodeStore(connection: Connection): VotingCodeStore {
  const codes = collectionOf(connection, votingCodesCollection);
  return {
    latest: (pollId, personId) =>
      atBorder(async () => {
        const found = await codes.findOne({ _id: ballotId(pollId, personId) });
        if (!found) return undefined;
        const { id: _id, tries: _tries, usedAt: _usedAt, ...code } = recordOf(found);
        return code;
      }),
    save: ({ revision: _revision, ...code }, revision) => ({
      kind: 'update',
      collection: 'votingCodes',
      filter: { _id: ballotId(code.pollId, code.personId), revision },
      update: { $set: { ...code, tries: 0, revision: revision + 1 }, $unset: { usedAt: '' } },
      upsert: revision === 0,
      mustMatch: true,
    }),
    redeem: ({ pollId, personId, hash, now }) =>
      atBorder(async () => {
        const open = {
          _id: ballotId(pollId, personId),
          expiresAt: { $gt: now },
          usedAt: { $exists: false },
          tries: { $lt: CODE_TRIES },
        };
        const used = { $cond: [{ $eq: ['$hash', { $literal: hash }] }, now, '$$REMOVE'] };
        const counted = [{ $set: { tries: { $add: ['$tries', 1] }, usedAt: used } }];
        const after = await codes.findOneAndUpdate(open, counted, { returnDocument: 'after' });
        return after?.usedAt !== undefined;
      }),
  };
}
