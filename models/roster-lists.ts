import type { Connection } from 'mongoose';
import type { RosterList, RosterListStore } from '#core/roster-list';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { revisedWhole } from './revised.ts';

export type RosterListDocument = Omit<RosterList, 'id'> & { _id: string };

const text = { type: String, required: true };
const texts = { type: [String], required: true };

export const rosterListsCollection = defineCollection<RosterListDocument>({
  name: 'rosterLists',
  fields: {
    placeId: text,
    name: text,
    kind: { type: String, enum: ['council', 'named'], required: true },
    residentIds: texts,
    personIds: texts,
    lines: texts,
    revision: { type: Number, required: true },
  },
  indexes: [{ keys: { placeId: 1, kind: 1, name: 1 }, why: 'the lists of a place, the council first' }],
});

export function createRosterListStore(connection: Connection): RosterListStore {
  const lists = collectionOf(connection, rosterListsCollection);
  return {
    async byId(id) {
      const found = await lists.findOne({ _id: id });
      return found ? recordOf(found) : undefined;
    },
    async ofPlaces(placeIds) {
      const found = await lists
        .find({ placeId: { $in: [...placeIds] } })
        .sort({ kind: 1, name: 1 })
        .toArray();
      return found.map((document) => recordOf(document));
    },
    save: (list, revision) => revisedWhole('rosterLists', documentOf(list), revision),
  };
}
