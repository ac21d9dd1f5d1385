import type { Connection } from 'mongoose';
import type { Write } from '#core/decision';
import type { ConversationRef } from '#core/message';
import type { Office, PeopleStore, Person } from '#core/people';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { identitiesCollection } from './identities.ts';
import { placesCollection, saveWrite } from './places.ts';

export type PersonDocument = Omit<Person, 'id' | 'offices'> & { _id: string; offices: readonly Office[] };

export const peopleCollection = defineCollection<PersonDocument>({
  name: 'people',
  fields: {
    name: { type: String, required: true },
    homePlaceId: { type: String, required: true },
    linkedIntoId: String,
    offices: [
      {
        _id: false,
        role: { type: String, enum: ['department', 'liaison', 'secretary', 'admin'], required: true },
        placeId: { type: String, required: true },
        unit: String,
      },
    ],
  },
  indexes: [
    { keys: { 'offices.placeId': 1 }, why: 'office holders of a place and those above it' },
    { keys: { homePlaceId: 1, name: 1, _id: 1 }, why: 'the list of people in the console, in its order' },
  ],
});

export function createPeopleStore(connection: Connection): PeopleStore & { save(person: Person): Write } {
  const people = collectionOf(connection, peopleCollection);
  const identities = collectionOf(connection, identitiesCollection);
  const places = collectionOf(connection, placesCollection);
  const find = async (query: Record<string, unknown>) =>
    (await people.find(query).sort({ _id: 1 }).toArray()).map((found) => recordOf(found));
  return {
    async byIds(ids) {
      const found = await find({ _id: { $in: ids } });
      return new Map(found.map((person) => [person.id, person]));
    },
    async withOfficeIn(placeId) {
      const place = await places.findOne({ _id: placeId }, { projection: { ancestorIds: 1 } });
      const above = place?.ancestorIds ?? [];
      return find({ 'offices.placeId': { $in: [placeId, ...above] } });
    },
    async directOf(personIds) {
      const query = { personId: { $in: personIds }, direct: { $exists: true } };
      const found = await identities.find(query).sort({ _id: -1 }).toArray();
      return new Map(
        found.flatMap(({ personId, direct }): [string, ConversationRef][] =>
          direct ? [[personId, direct]] : [],
        ),
      );
    },
    async conversationsOf(personIds) {
      const query = { personId: { $in: personIds }, direct: { $exists: true } };
      const found = await identities.find(query).sort({ _id: 1 }).toArray();
      return found.flatMap(({ direct }) => direct ?? []);
    },
    async reachedAs(personId) {
      // The same one as above, where the last of many wins.
      const query = { personId, direct: { $exists: true } };
      const [found] = await identities.find(query).sort({ _id: 1 }).limit(1).toArray();
      return found?.direct ? { ...recordOf(found), direct: found.direct } : undefined;
    },
    save: (person) => saveWrite('people', documentOf(person)),
  };
}
