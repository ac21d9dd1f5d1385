import type { Connection, mongo } from 'mongoose';
import type { Concern, ConcernStore } from '#core/concern';
import { collectionOf, defineCollection, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { awakeAt, listConcerns } from './concern-list.ts';
import { createConcernReads } from './concern-reads.ts';
import { createConcernVoices } from './concern-voices.ts';
import { createConcernWrites } from './concern-writes.ts';
import { createSimilarConcerns } from './similar-concerns.ts';
import { checkedElsewhere, conversationRefSchema } from './sub-schemas.ts';

export type ConcernDocument = Omit<Concern, 'id'> & { _id: string };

const STATES = ['waiting', 'unsure', 'endorsedInstead', 'open', 'merged', 'inTopic', 'answered', 'reopened'];

export const concernsCollection = defineCollection<ConcernDocument>({
  name: 'concerns',
  fields: {
    placeId: { type: String, required: true },
    number: Number,
    title: { type: String, required: true },
    text: { type: String, required: true },
    original: String,
    attachments: [checkedElsewhere],
    authorId: { type: String, required: true },
    authorName: { type: String, required: true },
    raisedIn: { type: conversationRefSchema, required: true },
    groupId: String,
    raisedAt: { type: Date, required: true },
    enteredById: String,
    callerPhone: String,
    state: { type: String, enum: STATES, required: true },
    similarTo: checkedElsewhere,
    mergedIntoId: String,
    topicId: String,
    endorsements: { type: Number, required: true },
    answerDueAt: { type: Date, required: true },
    snoozedUntil: Date,
    reopenings: { type: Number, required: true },
    escalatedAt: Date,
    answer: checkedElsewhere,
    revision: { type: Number, required: true },
  },
  indexes: [
    {
      keys: { placeId: 1, number: 1 },
      // Not { $type: 'number' }: the planner does not see that a search for a number is covered by it.
      options: { name: 'numbered', unique: true, partialFilterExpression: { number: { $gt: 0 } } },
      why: 'a concern by what people call it, and what is new for the similarity index',
    },
    {
      keys: { placeId: 1, state: 1, answerDueAt: 1, endorsements: -1, _id: 1 },
      why: 'the queue: oldest promise first, then most endorsed; what is overdue; counts',
    },
    { keys: { placeId: 1, state: 1, raisedAt: -1, _id: -1 }, why: 'the queue: latest first' },
    { keys: { authorId: 1, raisedAt: -1 }, why: 'what somebody raised, and what of it still waits' },
    { keys: { mergedIntoId: 1 }, options: { sparse: true }, why: 'those handled with a concern' },
    { keys: { topicId: 1 }, options: { sparse: true }, why: 'the concerns of a topic' },
  ],
});

export function createConcernStore(connection: Connection): ConcernStore {
  const concerns = collectionOf(connection, concernsCollection);
  const find = async (filter: mongo.Filter<ConcernDocument>, sort: mongo.Sort = { _id: 1 }, limit = 0) =>
    atBorder(async () =>
      (await concerns.find(filter).sort(sort).limit(limit).toArray()).map((document) => recordOf(document)),
    );
  const reads = createConcernReads(concerns);
  return {
    ...reads,
    ofTopic: (topicId) => find({ topicId }),
    ofAuthor: (placeId, personId, limit) => find({ authorId: personId, placeId }, { raisedAt: -1 }, limit),
    list: (query) => atBorder(() => listConcerns(concerns, query)),
    count: (placeIds, states, asOf) =>
      atBorder(() =>
        concerns.countDocuments({
          placeId: { $in: [...placeIds] },
          state: { $in: [...states] },
          ...(asOf && awakeAt(asOf)),
        }),
      ),
    countAnswered: (placeIds) =>
      atBorder(async () => {
        const [merged] = await concerns
          .aggregate<{ answered: number }>(mergedAndAnswered(placeIds))
          .toArray();
        const own = await concerns.countDocuments({ placeId: { $in: [...placeIds] }, state: 'answered' });
        return own + (merged?.answered ?? 0);
      }),
    overdue: (placeIds, asOf, limit) =>
      find(
        {
          placeId: { $in: [...placeIds] },
          state: { $in: ['open', 'reopened', 'inTopic'] },
          answerDueAt: { $lt: asOf },
        },
        { answerDueAt: 1, endorsements: -1, _id: 1 },
        limit,
      ),
    similarTo: createSimilarConcerns({ concerns, byIds: reads.byIds }),
    ...createConcernVoices(connection),
    ...createConcernWrites(),
  };
}

function mergedAndAnswered(placeIds: readonly string[]): Record<string, unknown>[] {
  return [
    { $match: { placeId: { $in: placeIds }, state: 'merged' } },
    { $lookup: { from: 'concerns', localField: 'mergedIntoId', foreignField: '_id', as: 'target' } },
    { $match: { 'target.state': 'answered' } },
    { $count: 'answered' },
  ];
}
