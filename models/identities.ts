import type { Write } from '#core/decision';
import type { Identity } from '#core/people';
import { defineCollection, documentOf } from './collection.ts';
import { saveWrite } from './places.ts';
import { conversationRefSchema } from './sub-schemas.ts';

export type IdentityDocument = Omit<Identity, 'id'> & { _id: string };

export const identitiesCollection = defineCollection<IdentityDocument>({
  name: 'identities',
  fields: {
    personId: { type: String, required: true },
    displayName: { type: String, required: true },
    direct: { type: conversationRefSchema, required: false },
  },
  indexes: [{ keys: { personId: 1 }, why: 'where a person can be written to' }],
});

export function saveIdentity(identity: Identity): Write {
  return saveWrite('identities', documentOf(identity));
}
