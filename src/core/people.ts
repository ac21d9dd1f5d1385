import type { ConversationRef } from './message.ts';

/** Everybody in a residents' group is a resident; the other roles are offices held in a place. */
export type Role = 'resident' | 'department' | 'liaison' | 'secretary' | 'admin';

/** A role held in a place and everything below it. */
export interface Office {
  readonly role: Exclude<Role, 'resident'>;
  readonly placeId: string;
  /** The unit the person works for, e.g. 物业 or 街道城管办. */
  readonly unit?: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** The place whose matters this person raises when speaking one-to-one. */
  readonly homePlaceId: string;
  readonly offices: readonly Office[];
  /** Turned out to be this other person: nothing is theirs any more. */
  readonly linkedIntoId?: string;
}

/** A person as one channel knows them. Several identities can belong to one person. */
export interface Identity {
  /** `identityKey(...)`. */
  readonly id: string;
  readonly personId: string;
  readonly displayName: string;
  /** Where the person can be written to one-to-one, if the channel can. */
  readonly direct?: ConversationRef;
}

export type GroupKind = 'residents' | 'secretaries' | 'liaison' | 'department';

/** A chat group that is bound to a place. */
export interface Group {
  readonly id: string;
  readonly placeId: string;
  readonly kind: GroupKind;
  readonly name: string;
  readonly conversation: ConversationRef;
  /** For department groups: the unit that assignments name, e.g. 物业. */
  readonly unit?: string;
}

export type PlaceKind = 'province' | 'prefecture' | 'county' | 'town' | 'community' | 'building';

/** A node of the tree of places. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: PlaceKind;
  /** From the root down, without the place itself. */
  readonly ancestorIds: readonly string[];
  readonly timeZone: string;
  /** Whom residents can call; shown in answers and in 帮助. */
  readonly dutyContact: { readonly name: string; readonly unit: string; readonly phone: string };
  readonly rules: PlaceRules;
}

/** Settings of the procedure; defaults and their sources are in src/procedure/rules.ts. */
export interface PlaceRules {
  /** Days until a concern is promised an answer. */
  readonly answerWithinDays: number;
  /** Days an outcome is shown (公示) when nothing else is said. */
  readonly publicityDays: number;
  /** Least number of days between a meeting's notice and its start; 0 switches the rule off. */
  readonly meetingNoticeDays: number;
  /** Yellow light from this many working days before the due date. */
  readonly yellowWithinWorkingDays: number;
  /** Minutes a similar concern waits for 附议 or 另记 before it is registered on its own. */
  readonly similarWaitMinutes: number;
  /** Minutes a prepared notice waits for its confirmation. */
  readonly confirmWithinMinutes: number;
}

export interface PeopleStore {
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** Persons with an office in this place or above it. */
  withOfficeIn(placeId: string): Promise<readonly Person[]>;
  /** Where each person can be written to one-to-one; persons without such a chat are absent. */
  directOf(personIds: readonly string[]): Promise<ReadonlyMap<string, ConversationRef>>;
  /** Every one-to-one chat in which one of them can speak: a person with two accounts has two. */
  conversationsOf(personIds: readonly string[]): Promise<readonly ConversationRef[]>;
  /** The identity that `directOf` writes to. */
  reachedAs(personId: string): Promise<(Identity & { readonly direct: ConversationRef }) | undefined>;
}

/** A person of a place with what the list of people shows. */
export interface PersonEntry {
  readonly person: Person;
  /** Groups of the asked places the person is in. */
  readonly groupNames: readonly string[];
  /** Concerns raised in the asked places. */
  readonly concerns: number;
}

export interface PeopleListQuery {
  /** Persons at home in one of these. */
  readonly placeIds: readonly string[];
  /** Part of a name. */
  readonly search?: string;
  readonly after?: string;
  readonly limit: number;
}

export interface PeopleList {
  /** One page by name; a cursor that nobody of us wrote is taken for none. */
  page(query: PeopleListQuery): Promise<{ readonly items: readonly PersonEntry[]; readonly next?: string }>;
}

export interface GroupStore {
  byId(id: string): Promise<Group | undefined>;
  byIds(ids: readonly string[]): Promise<readonly Group[]>;
  inPlace(placeId: string, kind?: GroupKind): Promise<readonly Group[]>;
  /** Places that have a group of this kind. */
  placesWith(kind: GroupKind): Promise<readonly Place[]>;
  /** Ids of the persons known to be in the groups, each once. */
  memberIds(groupIds: readonly string[]): Promise<readonly string[]>;
}

export interface PlaceStore {
  byId(id: string): Promise<Place | undefined>;
  /** The place itself and everything below it. */
  subtreeIds(placeId: string): Promise<readonly string[]>;
}

/**
 * The roles a person has in a place: what their offices give there, and always resident. Whoever speaks in the chat of
 * a department or liaison group works there, office or not; nobody becomes a secretary by sitting in a group.
 */
export function rolesIn(
  person: Person,
  place: Pick<Place, 'id' | 'ancestorIds'>,
  spokenIn?: GroupKind,
): readonly Role[] {
  const reach = new Set([place.id, ...place.ancestorIds]);
  const held = person.offices.filter((office) => reach.has(office.placeId)).map((office) => office.role);
  const byGroup = spokenIn === 'department' || spokenIn === 'liaison' ? [spokenIn] : [];
  return [...new Set<Role>(['resident', ...held, ...byGroup])];
}
