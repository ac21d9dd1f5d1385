import type { ChannelLimits, OutboundBody, SendOutcome } from './channel.ts';
import type { ConversationRef } from './message.ts';

/**
 * `queued`: waits for its turn. `leased`: one worker is sending it. `joined`: goes out as part of a leased row's
 * message. `sent`: handed over, see the outcome. `held`: a secretary must decide whether to send again. `dead`: will
 * not be sent.
 */
export type OutboxState = 'queued' | 'leased' | 'joined' | 'sent' | 'held' | 'dead';

/** `unreadable`: the row is damaged, or its words are gone. */
export type OutboxOutcome =
  'delivered' | 'accepted' | 'needsHuman' | 'uncertain' | 'rejected' | 'expired' | 'unreadable';

/**
 * Place in the lane before age: `started` has a part or a try behind it and goes first, so that nothing comes
 * between its parts; then urgent rows; then all others.
 */
export const OUTBOX_RANK = { started: 0, urgent: 1, normal: 2 } as const;

/** How many parts the lanes are spread over; each part has one claiming instance at a time. */
export const OUTBOX_PARTITIONS = 8;

/** Tries that came to `retry` or `uncertain` before a row is given up. */
export const MAX_TRIES = 8;

/**
 * One message on its way. `lane` is `conversationKey(to)`: one row of a lane is in flight at a time, in the order
 * rank, dueAt, seq. Leases and rate windows are kept in real time, everything else in the product's time.
 */
export interface OutboxRow {
  /** The dispatch's key, or its hash when that is long. */
  readonly id: string;
  readonly lane: string;
  /** `channel:account`: which of our logins has to send it. */
  readonly sender: string;
  readonly partition: number;
  readonly to: ConversationRef;
  readonly body: OutboundBody;
  readonly state: OutboxState;
  readonly outcome?: OutboxOutcome;
  readonly reason?: string;
  readonly rank: number;
  readonly dueAt: Date;
  readonly seq: number;
  /** May use the places of a minute that are kept for urgent messages. */
  readonly urgent?: boolean;
  /** Not sent in the quiet hours of this zone, however it came into them. An IANA name. */
  readonly quietZone?: string;
  /** A short answer that may share a message with others where a conversation would be flooded. */
  readonly joins?: boolean;
  readonly whenUncertain: 'resend' | 'hold';
  readonly expiresAt?: Date;
  readonly subjectId?: string;
  readonly groupId?: string;
  /** Whose matter it is: secretaries there see it when it is held or dead. */
  readonly placeId?: string;
  readonly tries: number;
  /** Parts of a long text that are through already. */
  readonly partsSent: number;
  readonly mayAlreadyBeSent: boolean;
  /** How long its lane rested after the last refused try. */
  readonly restMs?: number;
  readonly providerMessageId?: string;
  readonly createdAt: Date;
  readonly doneAt?: Date;
  /** When it was held or given up. */
  readonly asideAt?: Date;
}

/** The right to send one row, until `leaseMs` after the claim. Worth nothing once another worker has taken over. */
export interface OutboxClaim {
  readonly row: OutboxRow;
  readonly leaseToken: string;
  /** Rows that go out with it as one message, in this order behind it, and have the same end. */
  readonly joined?: readonly OutboxRow[];
  /** The one message that tries whether a login works again. */
  readonly isProbe?: boolean;
}

/** One of our logins that is ready to send. */
export interface ReadySender {
  readonly sender: string;
  readonly sendsPerMinute: ChannelLimits['sendsPerMinute'];
  readonly loginSendsPerMinute?: number;
  /** Answers are joined up to it; absent: never. */
  readonly maxTextBytes?: number;
}

/** Product time decides what is due; real time decides leases, pauses and rates, so a demo's jump moves none. */
export interface OutboxTime {
  readonly now: Date;
  readonly realNow: Date;
}

export interface ClaimRequest extends OutboxTime {
  readonly partitions: readonly number[];
  /** Rows of other logins stay where they are: a channel that is away burns no tries. */
  readonly senders: readonly ReadySender[];
  readonly leaseMs: number;
  readonly limit: number;
}

/** A send's end, or `part`: one part of a long text is through and the next one is to follow. */
export type SettleOutcome = SendOutcome | { readonly status: 'part' } | { readonly status: 'released' };

export interface Settlement {
  readonly claim: OutboxClaim;
  readonly outcome: SettleOutcome;
}

export interface OutboxProgressRow {
  readonly id: string;
  readonly groupId?: string;
  readonly word: DeliveryWord;
  readonly reason?: string;
  /** First line of the message. */
  readonly about: string;
  /** When it went out; until then, when it shall. */
  readonly at: Date;
}

export interface OutboxProgress {
  readonly counts: Readonly<Record<DeliveryWord, number>>;
  readonly rows: readonly OutboxProgressRow[];
}

/** Port of the durable outbox; the promises are stated by test/conformance/outbox-store.ts. */
export interface OutboxStore {
  /**
   * Heads of lanes that are due, each to this caller alone. Expired leases are taken over first: such a row is
   * handed on with `mayAlreadyBeSent`, or held when it says so. Rows past `expiresAt` become dead instead, and so do
   * unreadable ones; what its quiet hours forbid waits for the morning. No lane and no login gets more than its limit
   * within any minute, however many instances claim.
   */
  claimBatch(request: ClaimRequest): Promise<readonly OutboxClaim[]>;
  /** The claims that are still this caller's, now until `realNow + leaseMs`. */
  extend(claims: readonly OutboxClaim[], realNow: Date, leaseMs: number): Promise<ReadonlySet<OutboxClaim>>;
  /** `false`: the lease is lost; nothing was written, stop. */
  settle(claim: OutboxClaim, outcome: SettleOutcome, time: OutboxTime): Promise<boolean>;
  /** One answer for each settlement, in their order. */
  settleMany(settlements: readonly Settlement[], time: OutboxTime): Promise<readonly boolean[]>;
  /**
   * Puts messages of decisions that had too many for one transaction into their lanes, when they are due. Returns how
   * many such lots it was; a crash in between loses and doubles none. By the claimer of partition 0.
   */
  spread(now: Date): Promise<number>;
  /** How far the messages of one notice, poll, meeting … have come. */
  progress(subjectId: string): Promise<OutboxProgress>;
}

/** What the console shows for a row; the words are in the catalogue of texts. */
export type DeliveryWord = 'waiting' | 'handedOver' | 'delivered' | 'needsTap' | 'uncertain' | 'failed';

export const DELIVERY_WORDS: readonly DeliveryWord[] = [
  'waiting',
  'handedOver',
  'delivered',
  'needsTap',
  'uncertain',
  'failed',
];

/** waiting 等待发送 · handedOver 已交给微信 · delivered 已送达 · needsTap 等…点发 · uncertain 不确定 · failed 没送到. */
export function deliveryWordOf(row: Pick<OutboxRow, 'state' | 'outcome'>): DeliveryWord {
  switch (row.state) {
    case 'queued':
    case 'leased':
    case 'joined':
      return 'waiting';
    case 'held':
      return 'uncertain';
    case 'dead':
      return 'failed';
    case 'sent':
      if (row.outcome === 'delivered') return 'delivered';
      return row.outcome === 'needsHuman' ? 'needsTap' : 'handedOver';
  }
}

/** What a list shows of a message; nothing for a damaged one, so that it takes no list down. */
export function firstLineOf(body: { readonly text?: unknown } | undefined): string {
  return typeof body?.text === 'string' ? (body.text.split('\n', 1)[0] ?? '') : '';
}

/** Counts and rows as the console lists them. */
export function progressOf(
  rows: readonly (Pick<OutboxRow, 'id' | 'groupId' | 'state' | 'outcome' | 'reason' | 'dueAt' | 'doneAt'> & {
    readonly body?: Pick<OutboundBody, 'text'>;
  })[],
): OutboxProgress {
  const listed = rows.map((row) => ({
    id: row.id,
    word: deliveryWordOf(row),
    about: firstLineOf(row.body),
    at: row.doneAt ?? row.dueAt,
    ...(row.groupId !== undefined && { groupId: row.groupId }),
    ...(row.reason !== undefined && { reason: row.reason }),
  }));
  const count = (word: DeliveryWord) => listed.filter((row) => row.word === word).length;
  const counts = Object.fromEntries(DELIVERY_WORDS.map((word) => [word, count(word)]));
  return { counts: counts as Record<DeliveryWord, number>, rows: listed };
}

/** FNV-1a over UTF-16 units: spreads lanes evenly and the same in every version of the program. */
export function lanePartition(lane: string, partitions: number = OUTBOX_PARTITIONS): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < lane.length; index += 1) {
    hash = Math.imul(hash ^ lane.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}
