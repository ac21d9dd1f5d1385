import type { Connection, mongo } from 'mongoose';
import type { Notice, NoticeStore } from '#core/notice';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { olderThan, pageOf } from './page-cursor.ts';
import { revisedFields } from './revised.ts';

export type NoticeDocument = Omit<Notice, 'id'> & { _id: string };

export const noticesCollection = defineCollection<NoticeDocument>({
  name: 'notices',
  fields: {
    placeId: { type: String, required: true },
    number: { type: Number, required: true },
    text: { type: String, required: true },
    groupIds: { type: [String], required: true },
    state: { type: String, enum: ['prepared', 'scheduled', 'sent', 'expired', 'cancelled'], required: true },
    confirmCode: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    sendAt: Date,
    urgent: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    createdById: { type: String, required: true },
    sentAt: Date,
    revision: { type: Number, required: true },
  },
  indexes: [
    {
      keys: { placeId: 1, number: 1 },
      options: { unique: true },
      why: 'a notice by what people call it: 通知#8',
    },
    { keys: { placeId: 1, createdAt: -1, _id: -1 }, why: 'the console: notices of a place, latest first' },
    { keys: { placeId: 1, confirmCode: 1, createdAt: -1 }, why: 'which notice a code confirms: 确认 8842' },
  ],
});

const LATEST_FIRST = { createdAt: -1, _id: -1 } as const;

export function createNoticeStore(connection: Connection): NoticeStore {
  const notices = collectionOf(connection, noticesCollection);
  const find = async (filter: mongo.Filter<NoticeDocument>, limit: number) => {
    const found = await notices.find(filter).sort(LATEST_FIRST).limit(limit).toArray();
    return found.map((document) => recordOf(document));
  };
  return {
    byId: async (id) => (await find({ _id: id }, 1))[0],
    byNumber: async (placeId, number) => (await find({ placeId, number }, 1))[0],
    withCode: async (placeId, code) => (await find({ placeId, confirmCode: code }, 1))[0],
    async list({ placeIds, limit, after }) {
      const found = await find(
        { placeId: { $in: [...placeIds] }, ...olderThan('createdAt', after) },
        limit + 1,
      );
      return pageOf(found, limit, (notice) => notice.createdAt);
    },
    insert: (notice) => ({ kind: 'insertOnce', collection: 'notices', document: documentOf(notice) }),
    update: (id, fields, revision) => revisedFields('notices', id, fields, revision),
  };
}
