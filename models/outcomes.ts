import type { Connection, mongo } from 'mongoose';
import type { Outcome, OutcomeStore } from '#core/outcome';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { objectionsCollection } from './objections.ts';
import { revisedFields } from './revised.ts';
import { checkedElsewhere } from './sub-schemas.ts';

export type OutcomeDocument = Omit<Outcome, 'id'> & { _id: string };

export const outcomesCollection = defineCollection<OutcomeDocument>({
  name: 'outcomes',
  fields: {
    placeId: { type: String, required: true },
    topicId: { type: String, required: true },
    topicNumber: { type: Number, required: true },
    items: [checkedElsewhere],
    groupIds: { type: [String], required: true },
    publicFrom: { type: Date, required: true },
    publicUntil: { type: Date, required: true },
    round: { type: Number, required: true },
    state: { type: String, enum: ['publicity', 'stopped', 'assigned', 'withdrawn'], required: true },
    createdById: { type: String, required: true },
    resolution: String,
    revision: { type: Number, required: true },
  },
  indexes: [
    { keys: { topicId: 1, publicFrom: -1, _id: -1 }, why: 'the latest outcome of a topic' },
    {
      keys: { placeId: 1, topicNumber: 1, publicFrom: -1, _id: -1 },
      why: 'the latest outcome by what people call it: 异议 3',
    },
    { keys: { placeId: 1, state: 1, publicUntil: -1, _id: -1 }, why: 'what is shown, what was stopped' },
    { keys: { placeId: 1, publicUntil: -1, _id: -1 }, why: 'all outcomes of a place, latest first' },
  ],
});

export function createOutcomeStore(connection: Connection): OutcomeStore {
  const outcomes = collectionOf(connection, outcomesCollection);
  const objections = collectionOf(connection, objectionsCollection);
  const latest = async (filter: mongo.Filter<OutcomeDocument>) => {
    const [found] = await outcomes.find(filter).sort({ publicFrom: -1, _id: -1 }).limit(1).toArray();
    return found && recordOf(found);
  };
  return {
    byId: (id) => latest({ _id: id }),
    ofTopic: (topicId) => latest({ topicId }),
    byTopicNumber: (placeId, topicNumber) => latest({ placeId, topicNumber }),
    async list({ placeIds, states, limit }) {
      const filter = { placeId: { $in: [...placeIds] }, ...(states && { state: { $in: [...states] } }) };
      const found = await outcomes.find(filter).sort({ publicUntil: -1, _id: -1 }).limit(limit).toArray();
      return found.map((document) => recordOf(document));
    },
    async objectionsTo(outcomeId) {
      const found = await objections.find({ outcomeId }).sort({ sentAt: 1, _id: 1 }).toArray();
      return found.map((document) => recordOf(document));
    },
    ...outcomeWrites,
  };
}

const outcomeWrites: Pick<OutcomeStore, 'insert' | 'update' | 'stop' | 'object'> = {
  insert: (outcome) => ({ kind: 'insertOnce', collection: 'outcomes', document: documentOf(outcome) }),
  update: (id, fields, revision) => revisedFields('outcomes', id, fields, revision),
  stop: (id, round) => ({
    kind: 'update',
    collection: 'outcomes',
    filter: { _id: id, round, state: 'publicity' },
    update: { $set: { state: 'stopped' }, $inc: { revision: 1 } },
  }),
  object: (objection) => ({ kind: 'insertOnce', collection: 'objections', document: documentOf(objection) }),
};
