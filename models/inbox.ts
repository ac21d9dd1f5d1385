import { createHash } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import { definedFields } from '#core/decision';
import {
  fitForKeeping,
  judgedSentAt,
  partitionOf,
  senderKey,
  type InboxRow,
  type InboxState,
  type InboxStore,
} from '#core/inbox';
import { conversationKey, type InboundMessage } from '#core/message';
import type { Numbered } from '#core/numbers';
import { groupBy } from '#core/group-by';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';
import { createGroupCommit } from './group-commit.ts';
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
  },
  indexes: [
    {
      keys: { partition: 1, availableAt: 1, order: 1, conversation: 1 },
      options: undecided,
      why: 'the next undecided rows; done and put-off rows cost nothing',
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

export interface InboxOptions {
  readonly maxWaitMs?: number;
  readonly maxItems?: number;
  readonly maxWaiting?: number;
}

type Inbox = mongo.Collection<InboxDocument>;

const ORDER_EPOCH_MS = Date.UTC(2024, 0, 1);
const ORDERS_PER_MS = 4_096;

/** A conversation with more undecided rows than this lets the others go first. */
const SHARE = 50;
const FAIR_ROUNDS = 4;

export function createInboxStore(connection: Connection, options: InboxOptions = {}): InboxStore {
  const inbox = collectionOf(connection, inboxCollection);
  const nextOrder = createOrder();
  const writer = createGroupCommit<InboxDocument, 'stored' | 'duplicate'>({
    maxWaitMs: options.maxWaitMs ?? 5,
    maxItems: options.maxItems ?? 200,
    maxWaiting: options.maxWaiting ?? 20_000,
    maxFlights: 2,
    flush: (documents) => atBorder(() => insertAll(inbox, documents)),
  });

  return {
    record: (message, receivedAt, availableAt) =>
      writer.add(inboxDocument(message, receivedAt, availableAt ?? receivedAt, nextOrder(receivedAt))),
    next: (partitions, now, limit, except = []) =>
      atBorder(async () => (await fairPage(inbox, partitions, now, limit, except)).map(rowOf)),
    hasUndecidedBefore: (conversations, before) =>
      atBorder(async () => {
        const query = {
          state: 'new' as const,
          conversation: { $in: [...conversations] },
          'message.sentAt': { $lt: before },
          isPutOff: { $ne: true },
        };
        return (await inbox.findOne(query, { projection: { _id: 1 } })) !== null;
      }),
    putOffUntil: (now) =>
      atBorder(async () => {
        const rows = inbox.aggregate<{ _id: string; until: Date }>([
          { $match: { state: 'new', partition: { $gte: 0 }, availableAt: { $gt: now } } },
          { $group: { _id: '$senderKey', until: { $max: '$availableAt' } } },
        ]);
        return new Map((await rows.toArray()).map(({ _id, until }) => [_id, until]));
      }),
    postpone: (id, retryAt) =>
      atBorder(async () => {
        await inbox.updateOne({ _id: id, state: 'new' }, { $set: { retryAt }, $inc: { tries: 1 } });
      }),
  };
}

async function insertAll(
  inbox: Inbox,
  documents: readonly InboxDocument[],
): Promise<('stored' | 'duplicate')[]> {
  const results = documents.map((): 'stored' | 'duplicate' => 'stored');
  try {
    await inbox.insertMany(documents, { ordered: false, ignoreUndefined: true });
  } catch (error) {
    for (const { index, sameId, error: refusal } of operationErrors(error)) {
      if (!sameId) throw refusal;
      results[index] = 'duplicate';
    }
  }
  return results;
}

async function page(
  inbox: Inbox,
  query: mongo.Filter<InboxDocument>,
  limit: number,
): Promise<InboxDocument[]> {
  return inbox.find(query).sort({ availableAt: 1, order: 1 }).limit(limit).toArray();
}

/** A page in which a busy conversation has its share and no more; the room left over goes to others. */
async function fairPage(
  inbox: Inbox,
  partitions: readonly number[],
  now: Date,
  limit: number,
  except: readonly string[],
) {
  const kept: InboxDocument[] = [];
  const seen = new Set(except);
  for (let round = 0; round < FAIR_ROUNDS && kept.length < limit; round += 1) {
    const room = limit - kept.length;
    const query = {
      state: 'new' as const,
      partition: { $in: [...partitions] },
      availableAt: { $lte: now },
    };
    const found = await page(
      inbox,
      seen.size > 0 ? { ...query, conversation: { $nin: [...seen] } } : query,
      room,
    );
    for (const [conversation, rows] of groupBy(found, (row) => row.conversation)) {
      seen.add(conversation);
      kept.push(...rows.slice(0, SHARE));
    }
    if (found.length < room) break;
  }
  return kept;
}

/** Finds inbox ids inside the ids that were derived from them. */
export const INBOX_ID = /(?<![\w-])[\w-]{32}(?![\w-])/gu;

/** The same delivery has the same id, whatever bytes and lengths the vendor's ids have. */
export function inboxIdOf(message: Pick<InboundMessage, 'from' | 'messageId'>): string {
  const { channel, account, conversationId } = message.from;
  const parts = JSON.stringify([channel, account, conversationId, message.messageId]);
  return createHash('sha256').update(parts).digest('base64url').slice(0, 32);
}

export function inboxDocument(
  message: InboundMessage,
  receivedAt: Date,
  availableAt: Date,
  order: number,
): InboxDocument {
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
    availableAt,
    receivedAt,
    numbers: {},
    ...(sentAt !== message.sentAt && { claimedSentAt: message.sentAt }),
    ...(wasCut && { wasCut }),
    ...(availableAt > receivedAt && { isPutOff: true }),
  };
}

export function rowOf(document: InboxDocument): InboxRow {
  const { conversation, partition, order, message, state, tries, availableAt, retryAt, receivedAt, numbers } =
    document;
  const base = { id: document._id, conversation, partition, order, message, state, tries };
  return { ...base, availableAt, receivedAt, numbers, ...definedFields({ retryAt }) };
}

/** Orders grow with time, over restarts too, and within a millisecond by one. */
function createOrder(): (receivedAt: Date) => number {
  let last = 0;
  return (receivedAt) => {
    last = Math.max(last + 1, (receivedAt.getTime() - ORDER_EPOCH_MS) * ORDERS_PER_MS);
    return last;
  };
}
