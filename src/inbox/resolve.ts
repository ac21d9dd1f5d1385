import { definedFields, type Write } from '#core/decision';
import { membershipKey, type Directory, type KnownSender } from '#core/directory';
import type { InboxRow } from '#core/inbox';
import { conversationKey, identityKey, type InboundMessage, type InboundSender } from '#core/message';
import { rolesIn, type Group, type Identity, type Person, type Place, type Role } from '#core/people';
import { cleanUserText } from '#language/clean-text';

const MAX_NAME = 64;

/** A row with everybody and everything it names. */
export interface Resolved {
  readonly row: InboxRow;
  readonly group?: Group;
  /** Absent where the chat belongs to no place. */
  readonly place?: Place;
  /** Absent there too, and for what nobody said: joins, leaves and the bot's own messages. */
  readonly speaker?: Speaker;
  /** Persons that are known already among those who joined or left, by vendor id. */
  readonly knownMembers: ReadonlyMap<string, Person>;
}

export interface Speaker {
  readonly person: Person;
  readonly roles: readonly Role[];
  readonly spokenName: string;
  /** What must be written so that person, identity and membership are known; all of it idempotent. */
  readonly introduction: readonly Write[];
}

/** Looks up a page of rows at once: four reads, however many rows. */
export async function resolveRows(
  rows: readonly InboxRow[],
  directory: Directory,
  nameless: string,
): Promise<readonly Resolved[]> {
  const messages = rows.map((row) => row.message);
  const [groups, senders] = await Promise.all([
    directory.groupsOf(messages.filter(isInGroup).map((message) => message.from)),
    directory.sendersOf(unique(messages.flatMap(namedIdentities))),
  ]);
  const drafts = rows.map((row) => draftOf(row, groups, senders, directory, nameless));
  const [places, memberships] = await Promise.all([
    directory.placesOf(unique(drafts.flatMap(({ placeId }) => placeId ?? []))),
    directory.currentMemberships(unique(drafts.flatMap((draft) => membershipOf(draft) ?? []))),
  ]);
  return drafts.map((draft) => finished(draft, places, memberships, directory));
}

interface Draft {
  readonly row: InboxRow;
  readonly group: Group | undefined;
  readonly placeId: string | undefined;
  readonly known: (KnownSender & { writes: readonly Write[] }) | undefined;
  readonly knownMembers: ReadonlyMap<string, Person>;
  readonly spokenName: string;
}

function draftOf(
  row: InboxRow,
  groups: ReadonlyMap<string, Group>,
  senders: ReadonlyMap<string, KnownSender>,
  directory: Directory,
  nameless: string,
): Draft {
  const { from, sender, conversationKind } = row.message;
  const group = conversationKind === 'group' ? groups.get(conversationKey(from)) : undefined;
  const known = senders.get(identityKey(from, sender.vendorId));
  const spokenName = readableName(sender) ?? known?.identity.displayName ?? nameless;
  const placeId = group?.placeId ?? (conversationKind === 'direct' ? known?.person.homePlaceId : undefined);
  const knownMembers = membersKnown(row.message, senders);
  const draft = { row, group, placeId, spokenName, knownMembers };
  if (sender.isSelf || !isSaid(row.message)) return { ...draft, known: undefined };
  if (known)
    return { ...draft, known: { ...known, writes: changes(known.identity, row.message, directory) } };
  if (!group) return { ...draft, known: undefined };
  const named = { ...sender, displayName: spokenName };
  return { ...draft, known: directory.newcomer(from, named, group.placeId) };
}

function finished(
  draft: Draft,
  places: ReadonlyMap<string, Place>,
  memberships: ReadonlySet<string>,
  directory: Directory,
): Resolved {
  const { row, group, known, spokenName, knownMembers } = draft;
  const place = places.get(draft.placeId ?? '');
  const scope = { row, knownMembers, ...definedFields({ group, place }) };
  if (!known || !place) return scope;
  const key = membershipOf(draft);
  const joining =
    group && key !== undefined && !memberships.has(key)
      ? [directory.joined(group.id, known.person.id, row.message.sentAt)]
      : [];
  const { person } = known;
  const introduction = [...known.writes, ...joining];
  return {
    ...scope,
    speaker: { person, roles: rolesIn(person, place, group?.kind), spokenName, introduction },
  };
}

function membershipOf({ group, known }: Draft): string | undefined {
  return group && known ? membershipKey(group.id, known.person.id) : undefined;
}

/** A new name, or a one-to-one chat that we did not know of. */
function changes(identity: Identity, message: InboundMessage, directory: Directory): readonly Write[] {
  const displayName = readableName(message.sender) ?? identity.displayName;
  const direct =
    message.sender.direct ?? (message.conversationKind === 'direct' ? message.from : identity.direct);
  const isSameChat =
    !direct || (identity.direct && conversationKey(direct) === conversationKey(identity.direct));
  if (displayName === identity.displayName && isSameChat) return [];
  return [directory.identified({ ...identity, displayName, ...(direct && { direct }) })];
}

/** The name as spoken, without control characters; undefined when nothing readable is left. */
export function readableName(sender: Pick<InboundSender, 'displayName'>): string | undefined {
  const { text } = cleanUserText(sender.displayName ?? '', { maxChars: MAX_NAME });
  const name = text.replaceAll('\n', ' ');
  return name === '' ? undefined : name;
}

function membersOf({ body }: InboundMessage): readonly InboundSender[] {
  return body.type === 'joined' || body.type === 'left' ? body.members : [];
}

function isSaid({ body }: InboundMessage): boolean {
  return body.type !== 'joined' && body.type !== 'left';
}

function namedIdentities(message: InboundMessage): string[] {
  return [message.sender, ...membersOf(message)].map(({ vendorId }) => identityKey(message.from, vendorId));
}

function membersKnown(
  message: InboundMessage,
  senders: ReadonlyMap<string, KnownSender>,
): Map<string, Person> {
  return new Map(
    membersOf(message).flatMap(({ vendorId }): [string, Person][] => {
      const known = senders.get(identityKey(message.from, vendorId));
      return known ? [[vendorId, known.person]] : [];
    }),
  );
}

function isInGroup(message: InboundMessage): boolean {
  return message.conversationKind === 'group';
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
