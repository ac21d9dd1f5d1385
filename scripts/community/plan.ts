import { isDeepStrictEqual } from 'node:util';

import type { AuditEntry } from '#core/audit';
import { definedFields } from '#core/decision';
import { conversationKey } from '#core/message';
import type { Group, Identity, Person, Place } from '#core/people';
import { directConversationId, webConversation } from '#core/web-chat';
import { DEFAULT_RULES } from '#procedure/rules';
import { DEMO_PEOPLE, DEMO_PLACES } from '#src/demo/community';

import { identityIdOf, type CommunityFile, type OfficerEntry } from './file.ts';
import { CommunityError } from './problems.ts';
import { ancestorsOf } from './tree.ts';

/** What the database holds already, as far as the file touches it. */
export interface Existing {
  readonly places: readonly Place[];
  readonly groups: readonly Group[];
  /** The file's officers, the persons of their identities, and everybody else with an office. */
  readonly people: readonly Person[];
  readonly identities: readonly Identity[];
  readonly logins: readonly { readonly login: string; readonly personId: string }[];
}

export interface Officer {
  readonly login: string;
  readonly person: Person;
  readonly hasPassword: boolean;
}

/** Only what differs from the database is saved; nothing is deleted. */
export interface CommunityPlan {
  readonly places: readonly Place[];
  readonly groups: readonly Group[];
  readonly people: readonly Person[];
  readonly identities: readonly Identity[];
  readonly officers: readonly Officer[];
  /** Ids of places, groups and office holders of which the file says nothing: they stay as they are. */
  readonly untouched: readonly string[];
}

/** Compares a community's file with the database. Throws CommunityError when the two cannot be brought together. */
export function planCommunity(file: CommunityFile, existing: Existing): CommunityPlan {
  const places = placesOf(file);
  const groups = file.groups.map(groupOf);
  const identities = new Map(existing.identities.map((identity) => [identity.id, identity]));
  const people = file.officers.map((officer) => personOf(officer, identities));
  const problems = [
    ...demoProblems(file, existing),
    ...movedProblems(places, existing),
    ...takenProblems(groups, existing),
    ...personProblems(file, people, existing),
    ...loginProblems(file, people, existing),
  ];
  if (problems.length > 0) throw new CommunityError(problems);
  const named = new Set([...places, ...groups, ...people].map(({ id }) => id));
  return {
    places: changed(places, existing.places),
    groups: changed(groups, existing.groups),
    people: changed(people, existing.people),
    // What a channel has told about an identity is newer than the file.
    identities: file.officers
      .flatMap((officer) => identityOf(officer))
      .filter(({ id }) => !identities.has(id)),
    officers: file.officers.flatMap(({ login }, index) => {
      const person = people[index];
      const hasPassword = existing.logins.some(({ personId }) => personId === person?.id);
      return person ? [{ login, person, hasPassword }] : [];
    }),
    untouched: [
      ...existing.places,
      ...existing.groups,
      ...existing.people.filter(({ offices }) => offices.length > 0),
    ].flatMap(({ id }) => (named.has(id) ? [] : [id])),
  };
}

/** One entry a change, by ids alone. */
export function auditOf(plan: CommunityPlan, at: Date): readonly AuditEntry[] {
  const entry = (placeId: string, action: string, subjectId: string): AuditEntry => ({
    placeId,
    action,
    actorId: 'system',
    subjectId,
    at,
  });
  const homes = new Map(plan.officers.map(({ person }) => [person.id, person.homePlaceId]));
  return [
    ...plan.places.map(({ id }) => entry(id, 'place.saved', id)),
    ...plan.groups.map(({ id, placeId }) => entry(placeId, 'group.saved', id)),
    ...plan.people.map(({ id, homePlaceId }) => entry(homePlaceId, 'person.saved', id)),
    ...plan.identities.map(({ personId }) => entry(homes.get(personId) ?? '', 'identity.saved', personId)),
  ];
}

const placeIdOf = (slug: string) => `place:${slug}`;

function placesOf({ places }: CommunityFile): readonly Place[] {
  const ancestors = ancestorsOf(places);
  return places.map(({ id, name, kind, timeZone, dutyContact, rules }) => ({
    id: placeIdOf(id),
    name,
    kind,
    ancestorIds: (ancestors.get(id) ?? []).map(placeIdOf),
    timeZone,
    dutyContact,
    rules: { ...DEFAULT_RULES, ...definedFields(rules) },
  }));
}

function groupOf({ id, kind, name, place, unit, conversation }: CommunityFile['groups'][number]): Group {
  return {
    id: `group:${id}`,
    placeId: placeIdOf(place),
    kind,
    name,
    conversation,
    ...definedFields({ unit }),
  };
}

/** Whoever has spoken in a group before stays the person they are, with all they raised and voted. */
function personOf(officer: OfficerEntry, identities: ReadonlyMap<string, Identity>): Person {
  const { id, name, homePlace, offices } = officer;
  return {
    id: identities.get(identityIdOf(officer) ?? '')?.personId ?? `person:${id}`,
    name,
    homePlaceId: placeIdOf(homePlace),
    offices: offices.map(({ role, place, unit }) => ({
      role,
      placeId: placeIdOf(place),
      ...definedFields({ unit }),
    })),
  };
}

/** A new identity; the channel itself tells later whether the person can be written to, except on the web. */
function identityOf(officer: OfficerEntry): Identity[] {
  const { id, name, identity } = officer;
  const identityId = identityIdOf(officer);
  if (!identity || identityId === undefined) return [];
  const direct =
    identity.channel === 'web' ? webConversation(directConversationId(identity.vendorId)) : undefined;
  return [{ id: identityId, personId: `person:${id}`, displayName: name, ...definedFields({ direct }) }];
}

function changed<Item extends { readonly id: string }>(
  wanted: readonly Item[],
  existing: readonly Item[],
): Item[] {
  const known = new Map(existing.map((item) => [item.id, item]));
  return wanted.filter((item) => !isDeepStrictEqual(known.get(item.id), item));
}

/** The demo gives away sign-in links to its people: nobody real may be one of them. */
function demoProblems({ officers }: CommunityFile, { places }: Existing): string[] {
  const demoPlaces = new Set(DEMO_PLACES.map(({ id }) => id));
  const demoPeople = new Set(DEMO_PEOPLE.map(({ person }) => person.id));
  return [
    ...(places.some(({ id }) => demoPlaces.has(id))
      ? ['the database holds the demo community: use another, empty database']
      : []),
    ...officers.flatMap(({ id }, index) =>
      demoPeople.has(`person:${id}`)
        ? [`officers.${index}.id: ${id} is somebody of the demo, choose another`]
        : [],
    ),
  ];
}

/** A place that moves takes what is below it along, so all of that must be in the file. */
function movedProblems(places: readonly Place[], existing: Existing): string[] {
  const wanted = new Map(places.map((place, index) => [place.id, { place, index }]));
  const moved = existing.places.flatMap(({ id, ancestorIds }) => {
    const found = wanted.get(id);
    return found && !isDeepStrictEqual(found.place.ancestorIds, ancestorIds)
      ? [{ id, index: found.index }]
      : [];
  });
  return moved.flatMap(({ id, index }) =>
    existing.places
      .filter((below) => below.ancestorIds.includes(id) && !wanted.has(below.id))
      .map((below) => `places.${index}.parent: the place moves, and ${below.id} below it is not in the file`),
  );
}

function takenProblems(groups: readonly Group[], existing: Existing): string[] {
  const holders = new Map(existing.groups.map(({ id, conversation }) => [conversationKey(conversation), id]));
  return groups.flatMap(({ id, conversation }, index) => {
    const holder = holders.get(conversationKey(conversation));
    return holder === undefined || holder === id
      ? []
      : [`groups.${index}.conversation: belongs to ${holder} in the database`];
  });
}

/** Two persons cannot be made one: an officer is either found by the identity or by the id, not as two people. */
function personProblems(
  { officers }: CommunityFile,
  people: readonly Person[],
  existing: Existing,
): string[] {
  const known = new Set(existing.people.map(({ id }) => id));
  return people.flatMap(({ id }, index) => {
    const path = `officers.${index}.identity`;
    const ownId = `person:${officers[index]?.id}`;
    if (people.findIndex((other) => other.id === id) !== index)
      return [`${path}: belongs to another officer of the file`];
    return id !== ownId && known.has(ownId)
      ? [
          `${path}: belongs to ${id} in the database, and ${ownId} is there too; two persons cannot be made one`,
        ]
      : [];
  });
}

function loginProblems(
  { officers }: CommunityFile,
  people: readonly Person[],
  { logins }: Existing,
): string[] {
  return officers.flatMap(({ login }, index) => {
    const personId = people[index]?.id;
    const path = `officers.${index}.login`;
    if (logins.some((one) => one.login === login && one.personId !== personId))
      return [`${path}: ${login} is another person's in the database`];
    const other = logins.find((one) => one.personId === personId && one.login !== login);
    return other ? [`${path}: the person has a password under the name ${other.login}; keep that name`] : [];
  });
}
