import type { Connection, mongo } from 'mongoose';
import type { Write } from '#core/decision';
import { STAGES, type Topic, type TopicStore } from '#core/topic';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { olderThan, pageOf } from './page-cursor.ts';
import { revisedFields } from './revised.ts';
import { checkedElsewhere } from './sub-schemas.ts';

export type TopicDocument = Omit<Topic, 'id'> & { _id: string };

const text = { type: String, required: true };
const stage = { type: String, enum: STAGES, required: true };

export const topicsCollection = defineCollection<TopicDocument>({
  name: 'topics',
  fields: {
    placeId: text,
    number: { type: Number, required: true },
    title: text,
    description: { type: String, default: '' },
    source: {
      type: String,
      enum: ['residents', 'members', 'council', 'party', 'government'],
      required: true,
    },
    concernIds: [String],
    options: [String],
    stage,
    history: [{ _id: false, stage, at: { type: Date, required: true }, byId: text, note: String }],
    createdAt: { type: Date, required: true },
    createdById: text,
    prepared: checkedElsewhere,
    revision: { type: Number, required: true },
  },
  indexes: [
    { keys: { placeId: 1, number: 1 }, options: { unique: true }, why: 'a topic by its number in chat' },
    { keys: { placeId: 1, stage: 1, createdAt: -1, _id: -1 }, why: 'topics of a stage in the console' },
    { keys: { placeId: 1, createdAt: -1, _id: -1 }, why: 'all topics in the console' },
  ],
});

export function createTopicStore(connection: Connection): TopicStore {
  const topics = collectionOf(connection, topicsCollection);
  const one = async (filter: mongo.Filter<TopicDocument>) => {
    const found = await topics.findOne(filter);
    return found ? recordOf(found) : undefined;
  };
  return {
    byId: (id) => one({ _id: id }),
    byNumber: (placeId, number) => one({ placeId, number }),
    async list({ placeIds, stages, limit, after }) {
      const filter: mongo.Filter<TopicDocument> = {
        placeId: { $in: [...placeIds] },
        ...(stages && { stage: { $in: [...stages] } }),
        ...olderThan('createdAt', after),
      };
      const found = await topics
        .find(filter)
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(found.map(recordOf), limit, (topic) => topic.createdAt);
    },
    insert: (topic): Write => ({ kind: 'insertOnce', collection: 'topics', document: documentOf(topic) }),
    update: (id, fields, revision) => revisedFields('topics', id, fields, revision),
  };
}
