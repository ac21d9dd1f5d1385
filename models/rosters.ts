import { defineCollection } from './collection.ts';

/** One row a place: counts the changes of its roster, so that two of them never overtake each other. */
export interface RosterDocument {
  _id: string;
  revision: number;
}

export const rostersCollection = defineCollection<RosterDocument>({
  name: 'rosters',
  fields: { revision: { type: Number, required: true } },
  indexes: [],
});
