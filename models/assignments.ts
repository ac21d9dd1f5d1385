import type { Connection, mongo } from 'mongoose';
import type { Assignment, AssignmentStore } from '#core/outcome';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { pageOf } from './page-cursor.ts';
import { revisedFields } from './revised.ts';
import { checkedElsewhere } from './sub-schemas.ts';

export type AssignmentDocument = Omit<Assignment, 'id'> & { _id: string };

export const assignmentsCollection = defineCollection<AssignmentDocument>({
  name: 'assignments',
  fields: {
    placeId: { type: String, required: true },
    number: { type: Number, required: true },
    topicId: { type: String, required: true },
    topicNumber: { type: Number, required: true },
    outcomeId: { type: String, required: true },
    action: { type: String, required: true },
    ownerName: { type: String, required: true },
    unit: { type: String, required: true },
    ownerId: String,
    groupId: { type: String, required: true },
    dueAt: { type: Date, required: true },
    state: { type: String, enum: ['open', 'claimed', 'done', 'returned'], required: true },
    wasRed: { type: Boolean, required: true },
    assignedAt: { type: Date, required: true },
    report: checkedElsewhere,
    extension: checkedElsewhere,
    returnedReason: String,
    lastUrgedAt: Date,
    remindedOn: String,
    closedAt: Date,
    revision: { type: Number, required: true },
  },
  indexes: [
    {
      keys: { placeId: 1, number: 1 },
      options: { unique: true },
      why: 'an assignment by what people call it: T5',
    },
    { keys: { topicId: 1, number: 1 }, why: 'the assignments of a topic' },
    { keys: { placeId: 1, state: 1, dueAt: 1, _id: 1 }, why: 'the console: what is due first' },
    { keys: { placeId: 1, dueAt: 1, _id: 1 }, why: 'the console: all of a place, done ones too' },
    { keys: { groupId: 1, state: 1, dueAt: 1, _id: 1 }, why: 'what a group has on hand: 交办' },
    { keys: { ownerId: 1, dueAt: 1, _id: 1 }, options: { sparse: true }, why: 'what a person has on hand' },
  ],
});

const BY_DUE_DATE = { dueAt: 1, _id: 1 } as const;

export function createAssignmentStore(connection: Connection): AssignmentStore {
  const assignments = collectionOf(connection, assignmentsCollection);
  const find = async (
    filter: mongo.Filter<AssignmentDocument>,
    sort: Record<string, 1> = BY_DUE_DATE,
    limit = 0,
  ) => {
    const found = await assignments.find(filter).sort(sort).limit(limit).toArray();
    return found.map((document) => recordOf(document));
  };
  return {
    byId: async (id) => (await find({ _id: id }))[0],
    byNumber: async (placeId, number) => (await find({ placeId, number }))[0],
    ofTopic: (topicId) => find({ topicId }, { number: 1 }),
    ofGroup: (groupId, states) => find({ groupId, state: { $in: [...states] } }),
    async list(query) {
      const found = await find({ $and: conditionsOf(query) }, BY_DUE_DATE, query.limit + 1);
      return pageOf(found, query.limit, (assignment) => assignment.dueAt);
    },
    ...assignmentWrites,
  };
}

type ListQuery = Parameters<AssignmentStore['list']>[0];

function conditionsOf(query: ListQuery): mongo.Filter<AssignmentDocument>[] {
  const { placeIds, states, groupIds, ownerId, after } = query;
  const reach: mongo.Filter<AssignmentDocument>[] = [];
  if (groupIds) reach.push({ groupId: { $in: [...groupIds] } });
  if (ownerId) reach.push({ ownerId });
  return [
    { placeId: { $in: [...placeIds] } },
    ...(states ? [{ state: { $in: [...states] } }] : []),
    ...(reach.length > 0 ? [{ $or: reach }] : []),
    ...afterCursor(after),
  ];
}

/** What comes after a cursor of `pageOf` when the list runs from the earliest to the latest. */
function afterCursor(after: string | undefined): mongo.Filter<AssignmentDocument>[] {
  const parts = /^(\d{1,15}):(.+)$/s.exec(after ?? '');
  if (!parts) return [];
  const dueAt = new Date(Number(parts[1]));
  return [{ $or: [{ dueAt: { $gt: dueAt } }, { dueAt, _id: { $gt: parts[2] ?? '' } }] }];
}

const assignmentWrites: Pick<AssignmentStore, 'insert' | 'update' | 'mark'> = {
  insert: (assignment) => ({
    kind: 'insertOnce',
    collection: 'assignments',
    document: documentOf(assignment),
  }),
  update: (id, fields, revision) => revisedFields('assignments', id, fields, revision),
  mark: (id, fields, revision) => ({
    kind: 'update',
    collection: 'assignments',
    filter: { _id: id, revision },
    update: { $set: fields },
    mustMatch: true,
  }),
};
