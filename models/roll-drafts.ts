import { defineCollection } from './collection.ts';

/** A roll that was written down for a poll that is about to open. */
export interface RollDraftDocument {
  _id: string;
  /** What the roll says; the opening must still find the same. */
  mark: string;
  at: Date;
  openedAt?: Date;
}

export const rollDraftsCollection = defineCollection<RollDraftDocument>({
  name: 'rollDrafts',
  fields: {
    mark: { type: String, required: true },
    at: { type: Date, required: true },
    openedAt: Date,
  },
  indexes: [{ keys: { at: 1 }, why: 'rolls whose poll never opened are swept away' }],
});
