import { createHash } from 'node:crypto';
import { fitForKeeping, judgedSentAt, partitionOf, senderKey, type InboxState } from '#core/inbox';
import { conversationKey, type InboundMessage } from '#core/message';
import type { Numbered } from '#core/numbers';
import { defineCollection } from './collection.ts';
import { checkedElsewhere } from './sub-schemas.ts';

export interface InboxDocument {
  _id: string;
  conversation: string;
  partition: number;
  order: number;
  senderKey: string;
  message: InboundMessage;
  /** The vendor's time when it was too absurd to judge by. */
  claimedSentAt?: Date;
  /** Something of the message was longer than what is kept. */
  wasCut?: boolean;
  /** Put off because the sender talks too fast. */
  isPutOff?: boolean;
  state: InboxState;
  tries: number;
  availableAt: Date;
  retryAt?: Date;
  receivedAt: Date;
  numbers: Partial<Record<Numbered, number[]>>;
  doneAt?: Date;
  /** What became of it: a stable id. */
  event?: string;
  /** Readers up to this one (`READER`) cannot read it: a newer version wrote it. */
  unreadableFor?: number;
}

const KEPT_DAYS = 30;
const undecided = { partialFilterExpression: { state: 'new' } };

export const inboxCollection = defineCollection<InboxDocument>({
  name: 'inbox',
  fields: {
    conversation: { type: String, required: true },
    partition: { type: Number, required: true },
    order: { type: Number, required: true },
    senderKey: { type: String, required: true },
    message: { type: checkedElsewhere, required: true },
    claimedSentAt: Date,
    wasCut: Boolean,
    isPutOff: Boolean,
    state: { type: String, enum: ['new', 'done', 'dead'], required: true },
    tries: { type: Number, required: true },
    availableAt: { type: Date, required: true },
    retryAt: Date,
    receivedAt: { type: Date, required: true },
    numbers: { type: checkedElsewhere, required: true },
    doneAt: Date,
    event: String,
    unreadableFor: Number,
  },
  indexes: [
    {
      keys: { partition: 1, availableAt: 1, order: 1, conversation: 1 },
      options: undecided,
      why: 'the next undecided rows; done and put-off rows cost nothing',
    },
    {
      keys: { partition: 1, senderKey: 1, availableAt: 1, order: 1 },
      options: { partialFilterExpression: { state: 'new', isPutOff: true } },
      why: 'who is put off until when, for the next owner of a partition; other rows are not in it',
    },
    {
      keys: { conversation: 1, 'message.sentAt': 1 },
      options: undecided,
      why: 'the barrier before a poll closes',
    },
    {
      keys: { doneAt: 1 },
      options: { expireAfterSeconds: KEPT_DAYS * 86_400 },
      why: 'done rows go after 30 days; until then a redelivery is known',
    },
    {
      keys: { state: 1, receivedAt: 1 },
      options: { partialFilterExpression: { state: 'dead' } },
      why: 'rows set aside',
    },
  ],
  shardKey: {
    keys: { _id: 'hashed' },
    why: 'the id is that of the vendor: a message delivered twice comes to the same shard, and all shards keep',
  },
});

/** Finds inbox ids inside the ids that were derived from them. */
export const INBOX_ID = /(?<![\w-])[\w-]{32}(?![\w-])/gu;

/** The same delivery has the same id, whatever bytes and lengths the vendor's ids have. */
export function inboxIdOf(message: Pick<InboundMessage, 'from' | 'messageId'>): string {
  const { channel, account, conversationId } = message.from;
  const parts = JSON.stringify([channel, account, conversationId, message.messageId]);
  return createHash('sha256').update(parts).digest('base64url').slice(0, 32);
}

export function inboxDocument(message: InboundMessage, receivedAt: Date, order: number): InboxDocument {
  const { message: fitted, wasCut } = fitForKeeping(message);
  const conversation = conversationKey(message.from);
  const sentAt = judgedSentAt(message.sentAt, receivedAt);
  return {
    _id: inboxIdOf(message),
    conversation,
    partition: partitionOf(conversation),
    order,
    senderKey: senderKey(message),
    message: { ...fitted, sentAt },
    state: 'new',
    tries: 0,
    availableAt: receivedAt,
    receivedAt,
    numbers: {},
    ...(sentAt !== message.sentAt && { claimedSentAt: message.sentAt }),
    ...(wasCut && { wasCut }),
  };
}
