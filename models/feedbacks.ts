import type { Feedback } from '#core/concern';
import { defineCollection } from './collection.ts';

export type FeedbackDocument = Omit<Feedback, 'id'> & { _id: string };

export const feedbacksCollection = defineCollection<FeedbackDocument>({
  name: 'feedbacks',
  fields: {
    concernId: { type: String, required: true },
    placeId: { type: String, required: true },
    personId: { type: String, required: true },
    role: { type: String, enum: ['author', 'endorser'], required: true },
    round: { type: Number, required: true },
    at: { type: Date, required: true },
    way: { type: String, enum: ['direct', 'group', 'unreachable'], required: true },
    withdrawn: Boolean,
  },
  indexes: [
    { keys: { concernId: 1, at: 1 }, why: 'who was told about a concern' },
    { keys: { placeId: 1, personId: 1, at: -1 }, why: 'what a person may rate' },
  ],
});
