import type { Connection } from 'mongoose';
import type { Write } from '#core/decision';
import { membershipKey } from '#core/directory';
import type { IdentityLink, IdentityLinkStore, LinkCode } from '#core/identity-link';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { concernsCollection } from './concerns.ts';
import { endorsementsCollection } from './endorsements.ts';
import { feedbacksCollection } from './feedbacks.ts';
import { identitiesCollection } from './identities.ts';
import { membershipsCollection } from './memberships.ts';
import { ratingsCollection } from './ratings.ts';
import { responsesCollection } from './responses.ts';
import { revisedWhole } from './revised.ts';
import { checkedElsewhere } from './sub-schemas.ts';
import { supplementsCollection } from './supplements.ts';

export type LinkCodeDocument = Omit<LinkCode, 'id'> & { _id: string };
export type IdentityLinkDocument = Omit<IdentityLink, 'id'> & { _id: string };

const text = { type: String, required: true };
const figure = { type: Number, required: true };

export const linkCodesCollection = defineCollection<LinkCodeDocument>({
  name: 'linkCodes',
  fields: { placeId: text, code: String, expiresAt: Date, triedAt: [Date], revision: figure },
  indexes: [{ keys: { code: 1 }, why: 'whose code was said' }],
});

export const identityLinksCollection = defineCollection<IdentityLinkDocument>({
  name: 'identityLinks',
  fields: {
    placeId: text,
    keptId: text,
    goneId: text,
    keptName: text,
    goneName: text,
    at: { type: Date, required: true },
    moved: checkedElsewhere,
    undoneAt: Date,
    revision: figure,
  },
  indexes: [{ keys: { placeId: 1, at: -1 }, why: 'links of a place in the console, the latest first' }],
});

export function createIdentityLinkStore(connection: Connection): IdentityLinkStore {
  const codes = collectionOf(connection, linkCodesCollection);
  const links = collectionOf(connection, identityLinksCollection);
  return {
    async codeOf(personId) {
      const found = await codes.findOne({ _id: personId });
      return found ? recordOf(found) : undefined;
    },
    async withCode(code, now) {
      const found = await codes.findOne({ code, expiresAt: { $gt: now } });
      return found ? recordOf(found) : undefined;
    },
    saveCode: (code, revision) =>
      revisedWhole('linkCodes', documentOf(code), revision, ['code', 'expiresAt']),
    async byId(id) {
      const found = await links.findOne({ _id: id });
      return found ? recordOf(found) : undefined;
    },
    async ofPlaces(placeIds, limit) {
      const filter = { placeId: { $in: [...placeIds] }, undoneAt: { $exists: false } };
      const found = await links.find(filter).sort({ at: -1, _id: 1 }).limit(limit).toArray();
      return found.map((document) => recordOf(document));
    },
    save: (link, revision) => revisedWhole('identityLinks', documentOf(link), revision),
    belongingsOf: createBelongingsRead(connection),
    move: (belongings, fromId, toId, at) => [
      ...belongings.identityIds.map((id) => given('identities', id, 'personId', fromId, toId)),
      ...belongings.concernIds.map((id) => given('concerns', id, 'authorId', fromId, toId)),
      ...belongings.endorsements.map(({ id }) => given('endorsements', id, 'personId', fromId, toId)),
      ...belongings.feedbackIds.map((id) => given('feedbacks', id, 'personId', fromId, toId)),
      ...VOICES.flatMap(([collection, key]) =>
        (belongings[key] ?? []).map((id) => given(collection, id, 'personId', fromId, toId)),
      ),
      ...belongings.groupIds.flatMap((groupId) => membershipMoved(groupId, fromId, toId, at)),
    ],
    hide: (personId, intoId) => ({
      kind: 'update',
      collection: 'people',
      filter: { _id: personId },
      update: intoId === undefined ? { $unset: { linkedIntoId: '' } } : { $set: { linkedIntoId: intoId } },
    }),
  };
}

function createBelongingsRead(connection: Connection): IdentityLinkStore['belongingsOf'] {
  const identities = collectionOf(connection, identitiesCollection);
  const memberships = collectionOf(connection, membershipsCollection);
  const concerns = collectionOf(connection, concernsCollection);
  const endorsements = collectionOf(connection, endorsementsCollection);
  const feedbacks = collectionOf(connection, feedbacksCollection);
  const supplements = collectionOf(connection, supplementsCollection);
  const ratings = collectionOf(connection, ratingsCollection);
  const responses = collectionOf(connection, responsesCollection);
  return async (personId: string) => {
    const idOnly = { projection: { _id: 1 } };
    const [ofIdentities, ofGroups, ofConcerns, ofEndorsements, ...others] = await Promise.all([
      identities.find({ personId }, idOnly).toArray(),
      memberships.find({ personId, leftAt: { $exists: false } }).toArray(),
      concerns.find({ authorId: personId }, idOnly).toArray(),
      endorsements.find({ personId }).toArray(),
      feedbacks.find({ personId }, idOnly).toArray(),
      supplements.find({ personId }, idOnly).toArray(),
      ratings.find({ personId }, idOnly).toArray(),
      responses.find({ personId }, idOnly).toArray(),
    ]);
    const [feedbackIds, supplementIds, ratingIds, responseIds] = others.map((rows) =>
      rows.map(({ _id }) => _id),
    );
    return {
      identityIds: ofIdentities.map(({ _id }) => _id),
      groupIds: ofGroups.map(({ groupId }) => groupId),
      concernIds: ofConcerns.map(({ _id }) => _id),
      endorsements: ofEndorsements.map(({ _id, concernId }) => ({ id: _id, concernId })),
      feedbackIds: feedbackIds ?? [],
      supplementIds: supplementIds ?? [],
      ratingIds: ratingIds ?? [],
      responseIds: responseIds ?? [],
    };
  };
}

/** What stays where it is and only gets another name; readers take a person's last one where two had each one. */
const VOICES = [
  ['supplements', 'supplementIds'],
  ['ratings', 'ratingIds'],
  ['responses', 'responseIds'],
] as const;

type Kept = 'identities' | 'concerns' | 'endorsements' | 'feedbacks' | (typeof VOICES)[number][0];

function given(collection: Kept, id: string, field: string, fromId: string, toId: string): Write {
  return {
    kind: 'update',
    collection,
    filter: { _id: id, [field]: fromId },
    update: { $set: { [field]: toId } },
  };
}

function membershipMoved(groupId: string, fromId: string, toId: string, at: Date): Write[] {
  return [
    {
      kind: 'update',
      collection: 'memberships',
      filter: { _id: membershipKey(groupId, toId) },
      update: { $setOnInsert: { groupId, personId: toId, joinedAt: at }, $unset: { leftAt: '' } },
      upsert: true,
    },
    {
      kind: 'update',
      collection: 'memberships',
      filter: { _id: membershipKey(groupId, fromId) },
      update: { $set: { leftAt: at } },
    },
  ];
}
