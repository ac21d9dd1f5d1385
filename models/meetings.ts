import type { Connection, mongo } from 'mongoose';
import type { Meeting, MeetingStore } from '#core/meeting';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { latestWins } from './latest-wins.ts';
import { olderThan, pageOf } from './page-cursor.ts';
import { responsesCollection, type ResponseDocument } from './responses.ts';
import { revisedFields } from './revised.ts';

export type MeetingDocument = Omit<Meeting, 'id'> & { _id: string };

const text = { type: String, required: true };
const moment = { type: Date, required: true };

export const meetingsCollection = defineCollection<MeetingDocument>({
  name: 'meetings',
  fields: {
    placeId: text,
    number: { type: Number, required: true },
    topicId: String,
    topicNumber: Number,
    title: text,
    agenda: { type: String, default: '' },
    startsAt: moment,
    room: text,
    invited: text,
    groupIds: [String],
    state: { type: String, enum: ['called', 'held', 'cancelled'], required: true },
    cancelledReason: String,
    minutes: { _id: false, type: { text: String, attended: String, at: Date, byId: String } },
    createdAt: moment,
    createdById: text,
    revision: { type: Number, required: true },
  },
  indexes: [
    { keys: { placeId: 1, number: 1 }, options: { unique: true }, why: 'a meeting by its number in chat' },
    { keys: { topicId: 1, startsAt: -1 }, options: { sparse: true }, why: 'the meetings of a topic' },
    { keys: { groupIds: 1, state: 1, startsAt: 1 }, why: 'the coming meetings of a group' },
    { keys: { placeId: 1, state: 1, startsAt: -1, _id: -1 }, why: 'meetings of a state in the console' },
    { keys: { placeId: 1, startsAt: -1, _id: -1 }, why: 'all meetings in the console' },
  ],
});

const LATEST: mongo.Sort = { startsAt: -1, _id: -1 };

export function createMeetingStore(connection: Connection): MeetingStore {
  const meetings = collectionOf(connection, meetingsCollection);
  const responses = collectionOf(connection, responsesCollection);
  const find = async (filter: mongo.Filter<MeetingDocument>, sort: mongo.Sort = LATEST, limit = 0) =>
    (await meetings.find(filter).sort(sort).limit(limit).toArray()).map(recordOf);
  return {
    byId: async (id) => (await find({ _id: id }))[0],
    byNumber: async (placeId, number) => (await find({ placeId, number }))[0],
    ofTopic: (topicId) => find({ topicId }),
    comingIn: (groupId, from) =>
      find({ groupIds: groupId, state: 'called', startsAt: { $gte: from } }, { startsAt: 1, _id: 1 }),
    async list({ placeIds, states, limit, after }) {
      const filter: mongo.Filter<MeetingDocument> = {
        placeId: { $in: [...placeIds] },
        ...(states && { state: { $in: [...states] } }),
        ...olderThan('startsAt', after),
      };
      return pageOf(await find(filter, LATEST, limit + 1), limit, (meeting) => meeting.startsAt);
    },
    async responsesOf(meetingId) {
      const last = await lastResponses(responses, [meetingId]);
      return last.sort(byAnswer).map(recordOf);
    },
    countResponses: (meetingIds) => countResponses(responses, meetingIds),
    insert: (meeting) => ({ kind: 'insertOnce', collection: 'meetings', document: documentOf(meeting) }),
    update: (id, fields, revision) => revisedFields('meetings', id, fields, revision),
    respond: (response) => latestWins('responses', documentOf(response)),
  };
}

/** One answer a person: two accounts of one may have answered each before they were joined. */
function lastResponses(
  responses: mongo.Collection<ResponseDocument>,
  meetingIds: readonly string[],
): Promise<ResponseDocument[]> {
  return responses
    .aggregate<ResponseDocument>([
      { $match: { meetingId: { $in: [...meetingIds] } } },
      { $sort: { sentAt: 1, messageId: 1 } },
      { $group: { _id: { meetingId: '$meetingId', personId: '$personId' }, last: { $last: '$$ROOT' } } },
      { $replaceWith: '$last' },
    ])
    .toArray();
}

function byAnswer(a: ResponseDocument, b: ResponseDocument): number {
  return a.answer === b.answer ? a.sentAt.getTime() - b.sentAt.getTime() : a.answer < b.answer ? -1 : 1;
}

async function countResponses(
  responses: mongo.Collection<ResponseDocument>,
  meetingIds: readonly string[],
): Promise<Map<string, { coming: number; away: number }>> {
  const counts = new Map<string, { coming: number; away: number }>();
  for (const { meetingId, answer } of await lastResponses(responses, meetingIds)) {
    const before = counts.get(meetingId) ?? { coming: 0, away: 0 };
    counts.set(meetingId, { ...before, [answer]: before[answer] + 1 });
  }
  return counts;
}
