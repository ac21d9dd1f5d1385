import type { Attachment } from '#core/message';
import { checkedElsewhere } from './sub-schemas.ts';
import { defineCollection } from './collection.ts';

export interface SupplementDocument {
  _id: string;
  concernId?: string;
  topicId?: string;
  placeId: string;
  personId: string;
  personName: string;
  text: string;
  attachments: readonly Attachment[];
  at: Date;
}

export const supplementsCollection = defineCollection<SupplementDocument>({
  name: 'supplements',
  fields: {
    concernId: String,
    topicId: String,
    placeId: { type: String, required: true },
    personId: { type: String, required: true },
    personName: { type: String, required: true },
    text: String,
    attachments: [checkedElsewhere],
    at: { type: Date, required: true },
  },
  indexes: [
    { keys: { personId: 1 }, why: 'what goes along when two accounts become one person' },
    { keys: { concernId: 1, at: 1 }, options: { sparse: true }, why: 'what was added to a concern' },
    { keys: { topicId: 1, at: 1 }, options: { sparse: true }, why: 'what was added to a topic' },
  ],
});
