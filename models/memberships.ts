import { defineCollection } from './collection.ts';

/** One person in one group. `leftAt` ends it; speaking or joining again (`backAt`) takes it away. */
export interface MembershipDocument {
  _id: string;
  groupId: string;
  personId: string;
  joinedAt: Date;
  /** When they last joined, or spoke although they had left. */
  backAt?: Date;
  leftAt?: Date;
}

export const membershipsCollection = defineCollection<MembershipDocument>({
  name: 'memberships',
  fields: {
    groupId: { type: String, required: true },
    personId: { type: String, required: true },
    joinedAt: { type: Date, required: true },
    backAt: Date,
    leftAt: Date,
  },
  indexes: [
    { keys: { groupId: 1, personId: 1 }, why: 'members of groups' },
    { keys: { personId: 1 }, why: 'groups of a person' },
  ],
});
