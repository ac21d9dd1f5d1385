import type { Rating } from '#core/concern';
import { defineCollection } from './collection.ts';

export type RatingDocument = Omit<Rating, 'id'> & { _id: string };

export const ratingsCollection = defineCollection<RatingDocument>({
  name: 'ratings',
  fields: {
    concernId: { type: String, required: true },
    placeId: { type: String, required: true },
    personId: { type: String, required: true },
    round: { type: Number, required: true },
    value: { type: String, enum: ['satisfied', 'basically', 'dissatisfied'], required: true },
    at: { type: Date, required: true },
  },
  indexes: [
    { keys: { personId: 1 }, why: 'what goes along when two accounts become one person' },
    { keys: { concernId: 1, at: 1 }, why: 'how a concern was rated' },
  ],
});
