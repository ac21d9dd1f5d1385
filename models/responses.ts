import type { Response } from '#core/meeting';
import { defineCollection } from './collection.ts';

export type ResponseDocument = Omit<Response, 'id'> & { _id: string };

const text = { type: String, required: true };

export const responsesCollection = defineCollection<ResponseDocument>({
  name: 'responses',
  fields: {
    meetingId: text,
    placeId: text,
    personId: text,
    personName: text,
    answer: { type: String, enum: ['coming', 'away'], required: true },
    sentAt: { type: Date, required: true },
    messageId: text,
  },
  indexes: [
    { keys: { personId: 1 }, why: 'what goes along when two accounts become one person' },
    { keys: { meetingId: 1, answer: 1, sentAt: 1 }, why: 'who is coming, and how many' },
  ],
});
