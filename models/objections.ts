import type { Objection } from '#core/outcome';
import { defineCollection } from './collection.ts';

export type ObjectionDocument = Omit<Objection, 'id'> & { _id: string };

export const objectionsCollection = defineCollection<ObjectionDocument>({
  name: 'objections',
  fields: {
    outcomeId: { type: String, required: true },
    placeId: { type: String, required: true },
    personId: { type: String, required: true },
    reason: { type: String, required: true },
    sentAt: { type: Date, required: true },
    round: { type: Number, required: true },
    inTime: { type: Boolean, required: true },
  },
  indexes: [{ keys: { outcomeId: 1, sentAt: 1, _id: 1 }, why: 'what was said against an outcome, in order' }],
});
