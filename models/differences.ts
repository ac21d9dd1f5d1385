import type { CheckedFigure, Difference } from '#core/self-check';
import { defineCollection } from './collection.ts';

const GONE_KEPT_SECONDS = 180 * 24 * 3_600;

/** `_id` is `<figure>:<subjectId>`. */
export interface DifferenceDocument extends Difference {
  _id: string;
  /** Set when a later check found it no more. */
  goneAt?: Date;
}

export const differencesCollection = defineCollection<DifferenceDocument>({
  name: 'differences',
  fields: {
    figure: String,
    subjectId: String,
    name: String,
    placeId: String,
    stored: String,
    counted: String,
    foundAt: Date,
    goneAt: Date,
  },
  indexes: [
    { keys: { foundAt: 1 }, why: 'what differs, the oldest first' },
    {
      keys: { goneAt: 1 },
      options: { name: 'retention', expireAfterSeconds: GONE_KEPT_SECONDS },
      why: 'what differs no more leaves after half a year',
    },
  ],
});

/** `_id` is the figure; where its check goes on the next time. */
export interface CheckDocument {
  _id: CheckedFigure;
  after?: string;
  at: Date;
}

export const checksCollection = defineCollection<CheckDocument>({
  name: 'checks',
  fields: { after: String, at: Date },
  indexes: [],
});
