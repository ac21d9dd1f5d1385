/** Polls and voters put straight into a program's database, for tests of many ballots at once. */
import { membershipKey } from '#core/directory';
import { identityKey, type ConversationRef, type InboundMessage } from '#core/message';
import { ballotId, type Poll } from '#core/poll';
import type { Group } from '#core/people';
import { documentOf } from '#models/collection';
import { closeDeadline } from '#handlers/polls/open-poll';
import type { TestDatabase } from './mongo.ts';
import { samplePoll } from '../models/vote-samples.ts';

export const PLACE_ID = 'place:xingfuli';

/** A person with one identity in each of the groups. */
export interface ManyVoter {
  readonly personId: string;
  readonly vendorId: string;
}

export function votersNamed(prefix: string, count: number): readonly ManyVoter[] {
  return Array.from({ length: count }, (_, n) => {
    const vendorId = `${prefix}${String(n).padStart(4, '0')}`;
    return { personId: `person:${vendorId}`, vendorId };
  });
}

/** Puts people there who are members of the groups, with one identity on the channel of each. */
export async function settleVoters(
  { db }: TestDatabase,
  voters: readonly ManyVoter[],
  groups: readonly Pick<Group, 'id' | 'conversation'>[],
): Promise<void> {
  const into = async (name: string, documents: readonly object[]) => {
    await db.collection(name).insertMany([...documents] as never, { ordered: false });
  };
  await into(
    'people',
    voters.map(({ personId: _id, vendorId: name }) => ({ _id, name, homePlaceId: PLACE_ID, offices: [] })),
  );
  const all = voters.flatMap((voter) => groups.map((group) => ({ voter, group })));
  await into(
    'identities',
    all.map(({ voter: { personId, vendorId }, group: { conversation } }) => ({
      _id: identityKey(conversation, vendorId),
      personId,
      displayName: vendorId,
    })),
  );
  await into(
    'memberships',
    all.map(({ voter: { personId }, group: { id: groupId } }) => ({
      _id: membershipKey(groupId, personId),
      groupId,
      personId,
      joinedAt: new Date(0),
    })),
  );
}

/** Opens a poll of these voters, without a word to anybody, and sets when it is counted. */
export async function openPollOf(
  { db }: TestDatabase,
  voters: readonly ManyVoter[],
  fields: Pick<Poll, 'id' | 'groupIds' | 'openedAt' | 'closesAt' | 'topicNumber'>,
): Promise<Poll> {
  const poll = samplePoll({
    placeId: PLACE_ID,
    topicId: `topic:${fields.id}`,
    rollSize: voters.length,
    fingerprint: '0'.repeat(64),
    ...fields,
  });
  await db.collection('polls').insertOne(documentOf(poll) as never);
  const roll = voters.map(({ personId }) => ({
    _id: ballotId(poll.id, personId),
    pollId: poll.id,
    personId: [personId],
    voterId: personId,
  }));
  await db.collection('rolls').insertMany(roll as never);
  const deadline = closeDeadline(poll, 0);
  const pending = { ...documentOf(deadline), state: 'pending', lookAt: deadline.dueAt, tries: 0 };
  await db.collection('deadlines').insertOne(pending as never);
  return poll;
}

/** What somebody says in a group of whom nobody knows where to write to one-to-one. */
export function saidIn(
  from: ConversationRef,
  { vendorId }: ManyVoter,
  { text, messageId, sentAt }: { readonly text: string; readonly messageId: string; readonly sentAt: Date },
): InboundMessage {
  return {
    from,
    conversationKind: 'group',
    messageId,
    sender: { vendorId, displayName: vendorId, isSelf: false },
    mentionsBot: false,
    sentAt,
    body: { type: 'text', text },
    attachments: [],
  };
}
