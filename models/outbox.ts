import { createHash } from 'node:crypto';
import type { OutboundBody } from '#core/channel';
import type { Dispatch } from '#core/decision';
import { conversationKey, type ConversationRef } from '#core/message';
import { lanePartition, OUTBOX_RANK, type OutboxRow } from '#core/outbox';
import { afterQuietHours } from '#procedure/quiet-hours';
import { defineCollection } from './collection.ts';

const SENT_ROWS_KEPT_SECONDS = 60 * 24 * 3_600;
const LONGEST_PLAIN_KEY_BYTES = 200;

/** The stored form of a row. `lease` is there exactly while the row is leased. */
export type OutboxDocument = Omit<OutboxRow, 'id' | 'body'> & {
  readonly _id: string;
  /** Its words, or where they are: what several rows say is kept once. */
  readonly body?: OutboundBody;
  readonly bodyId?: string;
  /** Absent: 1. A row of a later form is left for a newer version of the program. */
  readonly format?: number;
  /** While `joined`: the row whose message it goes out with. */
  readonly joinedTo?: string;
  readonly lease?: { readonly token: string; readonly until: Date };
  /** Which settling wrote last; tells a lost lease from a written row when a batch matched fewer than it should. */
  readonly settledBy?: string;
  /** Real times at which a try of the last minutes ended: the rate window of the lane, summed over its rows. */
  readonly triedAts: readonly Date[];
  readonly lastTriedAt?: Date;
};

/** A row with its words in it, as it is before they are kept apart. */
export type WordedDocument = OutboxDocument & { readonly body: OutboundBody };

export const outboxCollection = defineCollection<OutboxDocument>({
  name: 'outbox',
  fields: {
    lane: String,
    sender: String,
    partition: Number,
    to: { _id: false, type: { channel: String, account: String, conversationId: String } },
    body: Object,
    bodyId: String,
    format: Number,
    joinedTo: String,
    urgent: Boolean,
    quietZone: String,
    joins: Boolean,
    restMs: Number,
    state: String,
    outcome: String,
    reason: String,
    rank: Number,
    dueAt: Date,
    seq: Number,
    whenUncertain: String,
    expiresAt: Date,
    subjectId: String,
    groupId: String,
    placeId: String,
    tries: Number,
    partsSent: Number,
    lease: { _id: false, type: { token: String, until: Date } },
    settledBy: String,
    mayAlreadyBeSent: Boolean,
    providerMessageId: String,
    triedAts: [Date],
    lastTriedAt: Date,
    createdAt: Date,
    doneAt: Date,
    asideAt: Date,
  },
  indexes: [
    {
      keys: { state: 1, sender: 1, partition: 1, rank: 1, dueAt: 1, seq: 1, lane: 1 },
      options: { name: 'queued', partialFilterExpression: { state: 'queued' } },
      why: 'heads of lanes that are due; with `state` and `lane` busy lanes are passed over, and all is summed up, without reading rows',
    },
    {
      keys: { lane: 1 },
      options: { name: 'one_in_flight', unique: true, partialFilterExpression: { state: 'leased' } },
      why: 'the database itself allows one message in flight a conversation',
    },
    {
      keys: { partition: 1, 'lease.until': 1, lane: 1 },
      options: { name: 'under_way', partialFilterExpression: { state: { $in: ['leased', 'joined'] } } },
      why: 'busy lanes and expired leases of the partitions of one claimer',
    },
    {
      keys: { lane: 1, rank: 1, dueAt: 1, seq: 1 },
      options: { name: 'lane_order', partialFilterExpression: { state: 'queued' } },
      why: 'what waits behind a row in its conversation',
    },
    {
      keys: { lane: 1, lastTriedAt: 1 },
      options: { name: 'rate_window', partialFilterExpression: { lastTriedAt: { $exists: true } } },
      why: 'tries of the last minute in a lane',
    },
    {
      keys: { subjectId: 1, groupId: 1 },
      options: { name: 'subject', partialFilterExpression: { subjectId: { $exists: true } } },
      why: 'delivery proof of a notice, poll or meeting',
    },
    {
      keys: { placeId: 1, asideAt: -1, _id: -1, state: 1 },
      options: { name: 'aside_in_place', partialFilterExpression: { state: { $in: ['held', 'dead'] } } },
      why: 'held and dead rows of some places, latest first; how many there are',
    },
    {
      keys: { asideAt: -1, _id: -1, state: 1 },
      options: { name: 'aside', partialFilterExpression: { state: { $in: ['held', 'dead'] } } },
      why: 'held and dead rows of all places, latest first',
    },
    {
      keys: { doneAt: 1 },
      options: { name: 'retention', expireAfterSeconds: SENT_ROWS_KEPT_SECONDS },
      why: 'sent rows leave after 60 days; held and dead rows have no doneAt',
    },
  ],
  shardKey: {
    keys: { lane: 1 },
    why: 'one message in flight a lane, and its order, are kept by the shard that has the lane',
  },
});

/** The row id of a dispatch key: the key itself, or a hash of it where the key is longer than 200 bytes. */
export function outboxIdOf(key: string): string {
  if (Buffer.byteLength(key) <= LONGEST_PLAIN_KEY_BYTES) return key;
  return `sha256:${createHash('sha256').update(key).digest('base64url')}`;
}

/** Which of our logins sends to a conversation. */
export function senderOf(to: Pick<ConversationRef, 'channel' | 'account'>): string {
  return `${to.channel}:${to.account}`;
}

/**
 * Numbers that grow, also within one millisecond: the order of rows in their lane. One instance a process is
 * enough; two processes interleave by time.
 */
export function createRowSequence(): (now: Date) => number {
  let last = 0;
  return (now) => {
    last = Math.max(last + 1, now.getTime() * 1_000);
    return last;
  };
}

/**
 * The row that a dispatch becomes. Inserting it is the enqueueing; a duplicate key means: enqueued before, leave it.
 * `seq` comes from `createRowSequence`, in the order of the dispatches.
 */
export function outboxRowOf(dispatch: Dispatch, now: Date, seq: number): WordedDocument {
  const { key, to, body, quietZone, expiresAt, subjectId, groupId, placeId } = dispatch;
  const lane = conversationKey(to);
  return {
    _id: outboxIdOf(key),
    lane,
    sender: senderOf(to),
    partition: lanePartition(lane),
    to: { channel: to.channel, account: to.account, conversationId: to.conversationId },
    body,
    state: 'queued',
    rank: dispatch.urgent === true ? OUTBOX_RANK.urgent : OUTBOX_RANK.normal,
    dueAt: dueAtOf(dispatch, now),
    seq,
    whenUncertain: dispatch.whenUncertain ?? 'resend',
    ...(dispatch.urgent === true && { urgent: true }),
    ...(quietZone !== undefined && dispatch.urgent !== true && { quietZone }),
    ...(dispatch.joins === true && { joins: true }),
    ...(expiresAt && { expiresAt }),
    ...(subjectId !== undefined && { subjectId }),
    ...(groupId !== undefined && { groupId }),
    ...(placeId !== undefined && { placeId }),
    tries: 0,
    partsSent: 0,
    mayAlreadyBeSent: false,
    triedAts: [],
    createdAt: now,
  };
}

function dueAtOf({ notBefore, quietZone, urgent }: Dispatch, now: Date): Date {
  const due = notBefore !== undefined && notBefore > now ? notBefore : now;
  return quietZone === undefined || urgent === true ? due : afterQuietHours(due, quietZone);
}

/** The form of rows that this version writes and reads. */
export const OUTBOX_FORMAT = 1;

/** Whether a row holds what sending it needs; a damaged one must not take the others of its claim down. */
export function isReadable(row: OutboxDocument): boolean {
  const { to, body, whenUncertain, tries, partsSent, seq } = row as Partial<OutboxDocument>;
  const isAddressed = [to?.channel, to?.account, to?.conversationId].every((one) => typeof one === 'string');
  const isCounted = [tries, partsSent, seq].every((one) => typeof one === 'number');
  const knowsUncertain = whenUncertain === 'resend' || whenUncertain === 'hold';
  return isAddressed && isCounted && knowsUncertain && typeof body?.text === 'string';
}
