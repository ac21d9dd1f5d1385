import type { Connection, mongo } from 'mongoose';
import type { PeopleList, PeopleListQuery } from '#core/people';
import { collectionOf, recordOf } from './collection.ts';
import { concernsCollection } from './concerns.ts';
import { groupsCollection } from './groups.ts';
import { membershipsCollection } from './memberships.ts';
import { peopleCollection, type PersonDocument } from './people.ts';

/** A search that takes longer is given up rather than let the database wait for it. */
const SEARCH_LIMIT_MS = 2_000;

/** The order of the list; its last row's place in it is the cursor. */
export const PEOPLE_ORDER = { name: 1, _id: 1 } as const;

interface Cursor {
  readonly name: string;
  readonly id: string;
}

/** People by name, a page at a time, with their groups and how much they raised. */
export function createPeopleList(connection: Connection): PeopleList {
  const people = collectionOf(connection, peopleCollection);
  return {
    async page(query) {
      const cursor = people
        .find(peopleFilter(query))
        .sort(PEOPLE_ORDER)
        .limit(query.limit + 1);
      const found = (await cursor.maxTimeMS(SEARCH_LIMIT_MS).toArray()).map((document) => recordOf(document));
      const persons = found.slice(0, query.limit);
      const ids = persons.map(({ id }) => id);
      const [groupNames, concerns] = await Promise.all([
        groupNamesOf(connection, ids, query.placeIds),
        concernsOf(connection, ids, query.placeIds),
      ]);
      const items = persons.map((person) => ({
        person,
        groupNames: groupNames.get(person.id) ?? [],
        concerns: concerns.get(person.id) ?? 0,
      }));
      const last = persons.at(-1);
      return found.length > query.limit && last ? { items, next: cursorOf(last) } : { items };
    },
  };
}

/** The filter of a page; exported for the test that asks the database for its plan. */
export function peopleFilter({ placeIds, search, after }: PeopleListQuery): mongo.Filter<PersonDocument> {
  const wanted = search?.trim().slice(0, 60) ?? '';
  const cursor = readCursor(after);
  const name = {
    ...(cursor && { $gte: cursor.name }),
    ...(wanted !== '' && { $regex: wanted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), $options: 'i' }),
  };
  return {
    homePlaceId: { $in: [...placeIds] },
    linkedIntoId: { $exists: false },
    ...(Object.keys(name).length > 0 && { name }),
    ...(cursor && { $or: [{ name: { $gt: cursor.name } }, { name: cursor.name, _id: { $gt: cursor.id } }] }),
  };
}

function cursorOf({ name, id }: Cursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url');
}

function readCursor(after: string | undefined): Cursor | undefined {
  if (after === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    const [name, id] = Array.isArray(read) ? (read as unknown[]) : [];
    return typeof name === 'string' && typeof id === 'string' ? { name, id } : undefined;
  } catch {
    return undefined;
  }
}

async function groupNamesOf(
  connection: Connection,
  personIds: readonly string[],
  placeIds: readonly string[],
) {
  const memberships = await collectionOf(connection, membershipsCollection)
    .find({ personId: { $in: [...personIds] }, leftAt: { $exists: false } })
    .toArray();
  const groupIds = [...new Set(memberships.map(({ groupId }) => groupId))];
  const groups = await collectionOf(connection, groupsCollection)
    .find({ _id: { $in: groupIds }, placeId: { $in: [...placeIds] } })
    .sort({ _id: 1 })
    .toArray();
  const members = new Set(memberships.map(({ personId, groupId }) => `${personId}|${groupId}`));
  return new Map(
    personIds.map((id) => [
      id,
      groups.filter((group) => members.has(`${id}|${group._id}`)).map(({ name }) => name),
    ]),
  );
}

async function concernsOf(connection: Connection, personIds: readonly string[], placeIds: readonly string[]) {
  const counted = await collectionOf(connection, concernsCollection)
    .aggregate<{ _id: string; count: number }>([
      { $match: { authorId: { $in: personIds }, placeId: { $in: placeIds }, number: { $exists: true } } },
      { $group: { _id: '$authorId', count: { $sum: 1 } } },
    ])
    .toArray();
  return new Map(counted.map(({ _id, count }) => [_id, count]));
}
