import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { definedFields } from '#core/decision';
import { membershipKey, type Directory, type KnownSender } from '#core/directory';
import { conversationKey, identityKey } from '#core/message';
import type { Group, Identity, Person, Place } from '#core/people';
import { collectionOf, documentOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { groupOf, groupsCollection } from './groups.ts';
import { identitiesCollection, saveIdentity } from './identities.ts';
import { membershipsCollection } from './memberships.ts';
import { peopleCollection } from './people.ts';
import { placesCollection } from './places.ts';

/** Groups and places seldom change; what was read is used this long. */
const FRESH_MS = 2_000;

export function createDirectory(connection: Connection): Directory {
  const groups = collectionOf(connection, groupsCollection);
  const places = collectionOf(connection, placesCollection);
  const identities = collectionOf(connection, identitiesCollection);
  const people = collectionOf(connection, peopleCollection);
  const memberships = collectionOf(connection, membershipsCollection);

  const groupCache = createFreshCache<Group>(async (keys) => {
    const found = await groups.find({ conversationKey: { $in: keys } }).toArray();
    return new Map(found.map((document) => [document.conversationKey, groupOf(document)]));
  });
  const placeCache = createFreshCache<Place>(async (ids) => {
    const found = await places.find({ _id: { $in: ids } }).toArray();
    return new Map(found.map((document) => [document._id, recordOf(document)]));
  });

  async function senders(keys: readonly string[]): Promise<ReadonlyMap<string, KnownSender>> {
    const query = { _id: { $in: keys } };
    const known = await identities.find(query, { batchSize: keys.length + 1 }).toArray();
    const ids = [...new Set(known.map(({ personId }) => personId))];
    const persons = await people.find({ _id: { $in: ids } }, { batchSize: ids.length + 1 }).toArray();
    const byId = new Map(persons.map((person): [string, Person] => [person._id, recordOf(person)]));
    return new Map(known.flatMap((identity) => pair(recordOf(identity), byId.get(identity.personId))));
  }

  return {
    groupsOf: (refs) => atBorder(() => groupCache.many(refs.map(conversationKey))),
    placesOf: (ids) => atBorder(() => placeCache.many(ids)),
    sendersOf: (keys) => atBorder(() => senders(keys)),
    currentMemberships: (keys) =>
      atBorder(async () => {
        const query = { _id: { $in: keys }, leftAt: { $exists: false } };
        const options = { projection: { _id: 1 }, batchSize: keys.length + 1 };
        const found = await memberships.find(query, options).toArray();
        return new Set(found.map(({ _id }) => _id));
      }),
    newcomer: (from, sender, placeId) => {
      const id = identityKey(from, sender.vendorId);
      const name = sender.displayName ?? '';
      const person: Person = { id: personIdOf(id), name, homePlaceId: placeId, offices: [] };
      const identity: Identity = {
        id,
        personId: person.id,
        displayName: name,
        ...definedFields({ direct: sender.direct }),
      };
      return {
        person,
        identity,
        writes: [
          { kind: 'insertOnce', collection: 'people', document: documentOf(person) },
          { kind: 'insertOnce', collection: 'identities', document: documentOf(identity) },
        ],
      };
    },
    identified: saveIdentity,
    joined: (groupId, personId, at) => ({
      kind: 'update',
      collection: 'memberships',
      filter: { _id: membershipKey(groupId, personId) },
      update: [{ $set: { groupId: literal(groupId), personId: literal(personId), ...backSince(at) } }],
      upsert: true,
    }),
    left: (groupId, personId, at) => ({
      kind: 'update',
      collection: 'memberships',
      filter: { _id: membershipKey(groupId, personId) },
      update: [
        { $set: { leftAt: { $cond: [{ $gt: ['$backAt', at] }, lastLeft, { $max: ['$leftAt', at] }] } } },
      ],
    }),
  };
}

/** Ids of vendors may begin with a dollar sign. */
function literal(id: string) {
  return { $literal: id };
}

const lastLeft = { $ifNull: ['$leftAt', '$$REMOVE'] };

/** What came later by the vendor's time stands, in whatever order the two are written: a commit may be late. */
function backSince(at: Date) {
  return {
    joinedAt: { $ifNull: ['$joinedAt', at] },
    backAt: { $max: ['$backAt', at] },
    leftAt: { $cond: [{ $gt: ['$leftAt', at] }, '$leftAt', '$$REMOVE'] },
  };
}

/** The person made for an identity that nobody knew: the same in every process and replay. */
export function personIdOf(identityId: string): string {
  return `p${createHash('sha256').update(identityId).digest('base64url').slice(0, 22)}`;
}

function pair(identity: Identity, person: Person | undefined): [string, KnownSender][] {
  return person ? [[identity.id, { identity, person }]] : [];
}

/** Remembers what was found, and that nothing was, for a short time of this machine's steady clock. */
function createFreshCache<Value>(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {
  const known = new Map<string, { readonly value: Value | undefined; readonly staleAt: number }>();
  return {
    async many(keys: readonly string[]): Promise<ReadonlyMap<string, Value>> {
      const now = performance.now();
      const wanted = [...new Set(keys)];
      const missing = wanted.filter((key) => (known.get(key)?.staleAt ?? 0) <= now);
      if (missing.length > 0) {
        if (known.size > 50_000) known.clear();
        const found = await load(missing);
        for (const key of missing) known.set(key, { value: found.get(key), staleAt: now + FRESH_MS });
      }
      return new Map(
        wanted.flatMap((key): [string, Value][] => {
          const value = known.get(key)?.value;
          return value === undefined ? [] : [[key, value]];
        }),
      );
    },
  };
}
