import type { Connection } from 'mongoose';
import type { Write } from '#core/decision';
import type { Place, PlaceStore } from '#core/people';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';

export type PlaceDocument = Omit<Place, 'id'> & { _id: string };

const text = { type: String, required: true };
const figure = { type: Number, required: true };

export const placesCollection = defineCollection<PlaceDocument>({
  name: 'places',
  fields: {
    name: text,
    kind: {
      type: String,
      enum: ['province', 'prefecture', 'county', 'town', 'community', 'building'],
      required: true,
    },
    ancestorIds: { type: [String], required: true },
    timeZone: text,
    dutyContact: { name: text, unit: text, phone: text },
    rules: {
      answerWithinDays: figure,
      publicityDays: figure,
      meetingNoticeDays: figure,
      yellowWithinWorkingDays: figure,
      similarWaitMinutes: figure,
      confirmWithinMinutes: figure,
    },
  },
  indexes: [{ keys: { ancestorIds: 1 }, why: 'a place with everything below it' }],
});

export function createPlaceStore(connection: Connection): PlaceStore & { save(place: Place): Write } {
  const places = collectionOf(connection, placesCollection);
  return {
    async byId(id) {
      const found = await places.findOne({ _id: id });
      return found ? recordOf(found) : undefined;
    },
    async subtreeIds(placeId) {
      const query = { $or: [{ _id: placeId }, { ancestorIds: placeId }] };
      const found = await places.find(query, { projection: { _id: 1 } }).toArray();
      return found.map((place) => place._id);
    },
    save: (place) => saveWrite('places', documentOf(place)),
  };
}

/** Inserts the document or replaces its fields; `absent` names optional fields that it no longer has. */
export function saveWrite(
  collection: 'places' | 'groups' | 'people' | 'identities',
  document: { _id: string },
  absent: readonly string[] = [],
): Write {
  const { _id, ...fields } = document;
  const $unset = Object.fromEntries(absent.map((field) => [field, '']));
  const update = { $set: fields, ...(absent.length > 0 && { $unset }) };
  return { kind: 'update', collection, filter: { _id }, update, upsert: true };
}
