import type { Connection } from 'mongoose';
import { definedFields, type Write } from '#core/decision';
import { conversationKey, type ConversationRef } from '#core/message';
import type { Group, GroupKind, GroupStore } from '#core/people';
import { collectionOf, defineCollection, recordOf } from './collection.ts';
import { membershipsCollection } from './memberships.ts';
import { placesCollection, saveWrite } from './places.ts';
import { conversationRefSchema } from './sub-schemas.ts';

export interface GroupDocument {
  _id: string;
  placeId: string;
  kind: GroupKind;
  name: string;
  conversation: ConversationRef;
  /** `conversationKey(conversation)`. */
  conversationKey: string;
  unit?: string;
}

export const groupsCollection = defineCollection<GroupDocument>({
  name: 'groups',
  fields: {
    placeId: { type: String, required: true },
    kind: { type: String, enum: ['residents', 'secretaries', 'liaison', 'department'], required: true },
    name: { type: String, required: true },
    conversation: { type: conversationRefSchema, required: true },
    conversationKey: { type: String, required: true },
    unit: String,
  },
  indexes: [
    { keys: { conversationKey: 1 }, options: { unique: true }, why: 'the group a message was said in' },
    { keys: { placeId: 1, kind: 1 }, why: 'groups of a place' },
  ],
});

export function groupOf(document: GroupDocument): Group {
  const { _id, placeId, kind, name, conversation, unit } = document;
  return { id: _id, placeId, kind, name, conversation, ...definedFields({ unit }) };
}

export function groupDocumentOf(group: Group): GroupDocument {
  const { id, placeId, kind, name, conversation, unit } = group;
  const key = conversationKey(conversation);
  return { _id: id, placeId, kind, name, conversation, conversationKey: key, ...definedFields({ unit }) };
}

export function createGroupStore(connection: Connection): GroupStore & { save(group: Group): Write } {
  const groups = collectionOf(connection, groupsCollection);
  const memberships = collectionOf(connection, membershipsCollection);
  const places = collectionOf(connection, placesCollection);
  const find = async (query: Record<string, unknown>) => {
    const found = await groups.find(query).sort({ _id: 1 }).toArray();
    return found.map((document) => groupOf(document));
  };
  return {
    byId: async (id) => (await find({ _id: id }))[0],
    byIds: (ids) => find({ _id: { $in: ids } }),
    inPlace: (placeId, kind) => find({ placeId, ...definedFields({ kind }) }),
    async placesWith(kind) {
      const found = await places.find({ _id: { $in: await groups.distinct('placeId', { kind }) } }).toArray();
      return found.map((place) => recordOf(place));
    },
    memberIds: (groupIds) =>
      memberships.distinct('personId', { groupId: { $in: groupIds }, leftAt: { $exists: false } }),
    save: (group) => saveWrite('groups', groupDocumentOf(group), group.unit === undefined ? ['unit'] : []),
  };
}
