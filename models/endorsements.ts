import type { ConversationRef } from '#core/message';
import { defineCollection } from './collection.ts';
import { conversationRefSchema } from './sub-schemas.ts';

export interface EndorsementDocument {
  _id: string;
  concernId: string;
  placeId: string;
  personId: string;
  personName: string;
  conversation: ConversationRef;
  groupId?: string;
  at: Date;
}

export const endorsementsCollection = defineCollection<EndorsementDocument>({
  name: 'endorsements',
  fields: {
    concernId: { type: String, required: true },
    placeId: { type: String, required: true },
    personId: { type: String, required: true },
    personName: { type: String, required: true },
    conversation: { type: conversationRefSchema, required: true },
    groupId: String,
    at: { type: Date, required: true },
  },
  indexes: [
    { keys: { concernId: 1, at: 1 }, why: 'who stands behind a concern, and the recount of their number' },
  ],
});
