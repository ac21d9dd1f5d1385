import { createHash } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import {
  fitForKeeping,
  judgedSentAt,
  partitionOf,
  SAID,
  senderKey,
  type BacklogRow,
  type InboxRow,
  type InboxState,
  type InboxStore,
  type LastPutOff,
  type UnreadRow,
} from '#core/inbox';
import { conversationKey, type InboundMessage } from '#core/message';
import type { Numbered } from '#core/numbers';
import { groupBy } from '#core/group-by';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';
import { createGroupCommit } from './group-commit.ts';
import { isRead, isUnread, READER, readRow } from './inbox-row.ts';
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

export interface InboxOptions {
  readonly maxWaitMs?: number;
  readonly maxItems?: number;
  readonly maxOpen?: number;
  readonly patienceMs?: number;
}

/** Characters of messages that are on their way to the database at most: some hundred megabytes of memory. */
const MAX_OPEN_CHARS = 50_000_000;
/** Vendors give up after five seconds and deliver again. */
const PATIENCE_MS = 4_000;

type Inbox = mongo.Collection<InboxDocument>;

const ORDER_EPOCH_MS = Date.UTC(2024, 0, 1);
const ORDERS_PER_MS = 4_096;

/** What a newer version wrote waits for one, and holds nobody up meanwhile. */
const readable = { unreadableFor: { $not: { $gte: READER } } };

/** A conversation with more undecided rows than this lets the others go first. */
const SHARE = 50;
/** So many more of it, where the others leave room: looking for others behind a crowd costs more than deciding it. */
const SPARE = 150;
const FAIR_ROUNDS = 4;

export function createInboxStore(connection: Connection, options: InboxOptions = {}): InboxStore {
  const inbox = collectionOf(connection, inboxCollection);
  const nextOrder = createOrder();
  const writer = createGroupCommit<InboxDocument, 'stored' | 'duplicate'>({
    maxWaitMs: options.maxWaitMs ?? 5,
    maxItems: options.maxItems ?? 200,
    maxOpen: options.maxOpen ?? 20_000,
    maxOpenWeight: MAX_OPEN_CHARS,
    weightOf: charsOf,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    maxFlights: 2,
    flush: (documents) => atBorder(() => insertAll(inbox, documents)),
  });

  return {
    record: (message, receivedAt) => writer.add(inboxDocument(message, receivedAt, nextOrder(receivedAt))),
    next: (partitions, now, limit, except = []) =>
      atBorder(async () => {
        const { rows, unread } = await fairPage(inbox, partitions, now, limit, except);
        await putAside(inbox, unread);
        return { rows, unread };
      }),
    hasUndecidedBefore: (conversations, before) =>
      atBorder(async () => {
        const query = {
          state: 'new' as const,
          // Any string: the index begins with the conversation.
          conversation: conversations === 'any' ? { $gte: '' } : { $in: [...conversations] },
          'message.sentAt': { $lt: before },
          isPutOff: { $ne: true },
          ...readable,
        };
        return (await inbox.findOne(query, { projection: { _id: 1 } })) !== null;
      }),
    ...puttingOff(inbox),
    postpone: (id, retryAt) =>
      atBorder(async () => {
        await inbox.updateOne({ _id: id, state: 'new' }, { $set: { retryAt }, $inc: { tries: 1 } });
      }),
  };
}

function puttingOff(inbox: Inbox): Pick<InboxStore, 'backlogOf' | 'putOff' | 'putOffUntil'> {
  return {
    backlogOf: (partition, senders, now, limit) =>
      atBorder(() => {
        const waiting = { state: 'new', partition, availableAt: { $lte: now } };
        const wanted = {
          senderKey: { $in: [...senders] },
          isPutOff: { $ne: true },
          tries: 0,
          'message.body.type': { $in: [...SAID] },
          ...readable,
        };
        const shape = { _id: 0, id: '$_id', sender: '$senderKey', order: 1, receivedAt: 1 };
        return inbox
          .aggregate<BacklogRow>([
            { $match: waiting },
            { $sort: { availableAt: 1, order: 1 } },
            { $limit: limit },
            { $match: wanted },
            { $project: shape },
          ])
          .toArray();
      }),
    putOff: (rows) =>
      atBorder(async () => {
        const operations = rows.map(({ id, until }) => ({
          updateOne: {
            filter: { _id: id, state: 'new' as const, isPutOff: { $ne: true } },
            update: { $set: { availableAt: until, isPutOff: true } },
          },
        }));
        if (operations.length > 0) await inbox.bulkWrite(operations, { ordered: true });
      }),
    putOffUntil: (partitions) =>
      atBorder(async () => {
        const last = {
          conversation: { $first: '$conversation' },
          until: { $max: '$availableAt' },
          order: { $max: '$order' },
        };
        const rows = inbox.aggregate<LastPutOff & { readonly _id: string }>([
          { $match: { state: 'new', isPutOff: true, partition: { $in: [...partitions] } } },
          { $group: { _id: '$senderKey', ...last } },
        ]);
        return new Map((await rows.toArray()).map(({ _id, ...row }) => [_id, row]));
      }),
  };
}

/** About how long a message is; everything else of it is cut to less than a text may have. */
function charsOf({ message: { body, quote, messageId, from } }: InboxDocument): number {
  const said = body.type === 'text' ? body.text : body.type === 'press' ? body.say : '';
  const rest = messageId.length + from.conversationId.length + (quote?.text.length ?? 0);
  return said.length + rest;
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

/** One answer of the server and no more of it: at most `limit` rows and 16 MB, whatever is waiting. */
async function page(
  inbox: Inbox,
  query: mongo.Filter<InboxDocument>,
  limit: number,
): Promise<(InboxRow | UnreadRow)[]> {
  const options = { batchSize: limit, singleBatch: true };
  const found = inbox.find(query, options).sort({ availableAt: 1, order: 1 }).limit(limit);
  return (await found.toArray()).map(readRow);
}

/** A page in which a busy conversation has its share and no more; the room left over goes to others. */
async function fairPage(
  inbox: Inbox,
  partitions: readonly number[],
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<{ rows: InboxRow[]; unread: UnreadRow[] }> {
  const rows: InboxRow[] = [];
  const spare: InboxRow[] = [];
  const unread: UnreadRow[] = [];
  const seen = new Set(except);
  for (let round = 0; round < FAIR_ROUNDS && rows.length < limit; round += 1) {
    const room = limit - rows.length;
    const query = {
      state: 'new' as const,
      partition: { $in: [...partitions] },
      availableAt: { $lte: now },
      ...readable,
    };
    const found = await page(
      inbox,
      seen.size > 0 ? { ...query, conversation: { $nin: [...seen] } } : query,
      room,
    );
    unread.push(...found.filter(isUnread));
    const read = groupBy(found.filter(isRead), (row) => row.conversation);
    for (const [conversation, own] of read) {
      seen.add(conversation);
      rows.push(...own.slice(0, SHARE));
      spare.push(...own.slice(SHARE, SHARE + SPARE));
    }
    // What could not be read is put aside only after this: it would be found again.
    if (found.length < room || unread.length > 0) break;
  }
  return { rows: [...rows, ...spare.slice(0, limit - rows.length)], unread };
}

/** What a newer version wrote is left alone by this one; what is no message is set aside. */
async function putAside(inbox: Inbox, unread: readonly UnreadRow[]): Promise<void> {
  if (unread.length === 0) return;
  const mark = { newer: { unreadableFor: READER }, broken: { state: 'dead' as const, event: 'unreadable' } };
  const operations = [...groupBy(unread, ({ why }) => why)].map(([why, group]) => ({
    updateMany: {
      filter: { _id: { $in: group.map(({ id }) => id) }, state: 'new' as const },
      update: { $set: mark[why] },
    },
  }));
  await inbox.bulkWrite(operations, { ordered: false });
}

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

/** Orders grow with time, over restarts too, and within a millisecond by one. */
function createOrder(): (receivedAt: Date) => number {
  let last = 0;
  return (receivedAt) => {
    last = Math.max(last + 1, (receivedAt.getTime() - ORDER_EPOCH_MS) * ORDERS_PER_MS);
    return last;
  };
}
