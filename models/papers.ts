import type { Connection } from 'mongoose';
import type { PaperEntry, PaperStore } from '#core/paper';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { checkedElsewhere } from './sub-schemas.ts';

type PaperDocument = Omit<PaperEntry, 'id'> & { _id: string };

const text = { type: String, required: true };
const moment = { type: Date, required: true };

/** What staff entered of ballots on paper, by telephone and from visits; written once. */
export const papersCollection = defineCollection<PaperDocument>({
  name: 'papers',
  fields: {
    pollId: text,
    placeId: text,
    voterId: text,
    label: { type: String, default: '' },
    path: text,
    at: moment,
    enteredAt: moment,
    enteredById: text,
    note: { type: String, maxLength: 200 },
    photo: checkedElsewhere,
    isCounted: { type: Boolean, required: true },
  },
  indexes: [{ keys: { pollId: 1, enteredAt: -1 }, why: 'what was entered in a poll, the newest first' }],
});

export function createPaperStore(connection: Connection): PaperStore {
  const papers = collectionOf(connection, papersCollection);
  return {
    async byId(id) {
      const found = await papers.findOne({ _id: id });
      return found ? recordOf(found) : undefined;
    },
    async ofPoll(pollId, limit) {
      const found = papers.find({ pollId }).sort({ enteredAt: -1, _id: 1 }).limit(limit);
      return (await found.toArray()).map((document) => recordOf(document));
    },
    insert: (entry) => ({ kind: 'insertOnce', collection: 'papers', document: documentOf(entry) }),
  };
}
