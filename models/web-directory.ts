import type { Connection } from 'mongoose';
import { groupBy } from '#core/group-by';
import type { Role } from '#core/people';
import {
  directConversationId,
  WEB_ACCOUNT,
  type WebConversation,
  type WebDirectory,
  type WebMember,
} from '#core/web-chat';
import { collectionOf } from './collection.ts';
import { groupsCollection, type GroupDocument } from './groups.ts';
import { identitiesCollection } from './identities.ts';
import { membershipsCollection } from './memberships.ts';
import { peopleCollection, type PersonDocument } from './people.ts';

const WEB_PREFIX = `web:${WEB_ACCOUNT}:`;
/** Changes rarely and is asked with every message. */
const FRESH_MS = 1_000;

/** Chats of the web channel: its bound groups with their members, and one chat with the bot for each identity. */
export function createWebDirectory(connection: Connection, monotonicMs: () => number): WebDirectory {
  let known: { readAt: number; conversations: Promise<readonly WebConversation[]> } | undefined;
  return {
    conversations() {
      if (!known || monotonicMs() - known.readAt > FRESH_MS) {
        const conversations = readConversations(connection);
        known = { readAt: monotonicMs(), conversations };
        const forget = () => (known = undefined);
        // Nothing there is worth no memory: the seed may come the next moment.
        conversations.then((found) => found.length === 0 && forget(), forget);
      }
      return known.conversations;
    },
  };
}

async function readConversations(connection: Connection): Promise<readonly WebConversation[]> {
  const groups = await collectionOf(connection, groupsCollection)
    .find({ 'conversation.channel': 'web' })
    .sort({ _id: 1 })
    .toArray();
  const identities = await collectionOf(connection, identitiesCollection)
    .find({ _id: { $regex: `^${WEB_PREFIX}` } })
    .sort({ _id: 1 })
    .toArray();
  const people = await readPeople(
    connection,
    identities.map(({ personId }) => personId),
  );
  // Somebody may speak with several accounts: each is a member of its own.
  const all = identities.flatMap(({ _id, personId, displayName }): WebMember[] => {
    const person = people.get(personId);
    return person ? [memberOf({ ...person, name: displayName }, _id.slice(WEB_PREFIX.length))] : [];
  });
  const members = groupBy(all, ({ personId }) => personId);
  const inGroups = await readMemberships(
    connection,
    groups.map(({ _id }) => _id),
  );
  return [
    ...groups.map((group) => groupConversation(group, membersOf(inGroups.get(group._id) ?? [], members))),
    ...all.map((member) => directConversation(member, people)),
  ];
}

async function readPeople(
  connection: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PersonDocument>> {
  const found = await collectionOf(connection, peopleCollection)
    .find({ _id: { $in: [...ids] } })
    .toArray();
  return new Map(found.map((person) => [person._id, person]));
}

async function readMemberships(
  connection: Connection,
  groupIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = await collectionOf(connection, membershipsCollection)
    .find({ groupId: { $in: [...groupIds] }, leftAt: { $exists: false } })
    .sort({ joinedAt: 1, _id: 1 })
    .toArray();
  const byGroup = groupBy(found, ({ groupId }) => groupId);
  return new Map([...byGroup].map(([groupId, rows]) => [groupId, rows.map(({ personId }) => personId)]));
}

function membersOf(
  personIds: readonly string[],
  members: ReadonlyMap<string, readonly WebMember[]>,
): WebMember[] {
  return personIds.flatMap((personId) => members.get(personId) ?? []);
}

function memberOf(person: PersonDocument, vendorId: string): WebMember {
  const role: Role = person.offices[0]?.role ?? 'resident';
  return { vendorId, personId: person._id, name: person.name, role };
}

function groupConversation(group: GroupDocument, members: readonly WebMember[]): WebConversation {
  const { placeId, name, kind, conversation } = group;
  return { id: conversation.conversationId, placeId, name, kind: 'group', groupKind: kind, members };
}

function directConversation(member: WebMember, people: ReadonlyMap<string, PersonDocument>): WebConversation {
  const placeId = people.get(member.personId)?.homePlaceId ?? '';
  return {
    id: directConversationId(member.vendorId),
    placeId,
    name: member.name,
    kind: 'direct',
    members: [member],
  };
}
