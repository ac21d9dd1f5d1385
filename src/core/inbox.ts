import type { InboundBody, InboundMessage, InboundSender } from './message.ts';
import { conversationKey, identityKey } from './message.ts';
import type { Numbered } from './numbers.ts';
import type { Decision } from './decision.ts';

/** `new`: not decided yet. `done`: decided and committed. `dead`: set aside after too many tries, an operator looks. */
export type InboxState = 'new' | 'done' | 'dead';

/** Conversations are spread over this many partitions; each is worked on by one process at a time. */
export const PARTITION_COUNT = 16;

/** Longer texts are cut here before they are kept (code points). */
export const MAX_KEPT_TEXT = 20_000;
const MAX_KEPT_QUOTE = 2_000;
const MAX_KEPT_NAME = 64;
const MAX_KEPT_LIST = 200;

/** The vendor's time is believed this far from the time of arrival; beyond, the arrival counts. */
export const SENT_AT_TRUST = { pastMs: 7 * 86_400_000, futureMs: 60_000 } as const;

/** An inbound message as it is kept, with what a replay must find again. */
export interface InboxRow {
  /** Derived from conversation and vendor message id: the same delivery is kept once. */
  readonly id: string;
  readonly conversation: string;
  readonly partition: number;
  /** Order of arrival within a conversation; grows. */
  readonly order: number;
  /** Cut to what is kept; `sentAt` is the time to judge by. */
  readonly message: InboundMessage;
  readonly state: InboxState;
  readonly tries: number;
  /** Not before this: later than `receivedAt` when it was put off. */
  readonly availableAt: Date;
  /** Put off because its sender talks too fast. */
  readonly isPutOff?: boolean;
  /** Set after a failed try; until then the conversation waits. */
  readonly retryAt?: Date;
  readonly receivedAt: Date;
  /** Numbers already taken for this message; a replay takes these again. */
  readonly numbers: Partial<Record<Numbered, readonly number[]>>;
}

/**
 * A row that could not be read. `newer`: it holds a word that this version does not know; it stays as it is for a
 * newer one. `broken`: it is no message; it is set aside as `dead`.
 */
export interface UnreadRow {
  readonly id: string;
  readonly why: 'newer' | 'broken';
}

export interface InboxPage {
  readonly rows: readonly InboxRow[];
  /** Told once each. They hold nobody up: the conversation goes on, and no closing waits for them. */
  readonly unread: readonly UnreadRow[];
}

/** Something that a sender (`senderKey`) said and that waits to be decided. */
export interface BacklogRow extends Pick<InboxRow, 'id' | 'order' | 'receivedAt'> {
  readonly sender: string;
}

/** A row and when it becomes available instead of now. */
export interface PutOff {
  readonly id: string;
  readonly until: Date;
}

/** The last message of a sender that was put off: when it becomes available, which one it is, and where it was said. */
export interface LastPutOff {
  readonly conversation: string;
  readonly until: Date;
  readonly order: number;
}

/** Port of the durable inbox; the promises are stated by test/conformance/inbox-store.ts. */
export interface InboxStore {
  /**
   * Keeps the message. Resolves only when a majority of the database has it; throws TransientError when it
   * cannot be kept now.
   */
  record(message: InboundMessage, receivedAt: Date): Promise<'stored' | 'duplicate'>;
  /**
   * Undecided, available rows of these partitions in the order in which they became so, which is that of arrival but
   * for those put off; fair between conversations, at most `limit`. Conversations in `except` are left out. What cannot be read is put aside.
   */
  next(
    partitions: readonly number[],
    now: Date,
    limit: number,
    except?: readonly string[],
  ): Promise<InboxPage>;
  /**
   * Whether a message sent before `before` in one of these conversations, or in any, is still undecided. Messages put off
   * because their sender talks too fast do not count, or one person could hold up every closing.
   */
  hasUndecidedBefore(conversations: readonly string[] | 'any', before: Date): Promise<boolean>;
  /**
   * What these senders (`senderKey`) said that was not put off and never tried, in order of arrival, among the first
   * `limit` rows that wait in the partition, whoever said those: it costs the same however much waits behind them.
   */
  backlogOf(
    partition: number,
    senders: readonly string[],
    now: Date,
    limit: number,
  ): Promise<readonly BacklogRow[]>;
  /**
   * Puts undecided rows off, one after the other: when it breaks off, those in front are put off and those behind are
   * not. A row is put off once.
   */
  putOff(rows: readonly PutOff[]): Promise<void>;
  /** For each sender (`senderKey`) with undecided messages of these partitions that were put off, due or not: the last. */
  putOffUntil(partitions: readonly number[]): Promise<ReadonlyMap<string, LastPutOff>>;
  /** Counts a failed try; the row waits until `retryAt`. */
  postpone(id: string, retryAt: Date): Promise<void>;
}

/** A row with what was decided for it. */
export interface DecidedRow {
  readonly row: InboxRow;
  readonly decision: Decision;
  /** `dead` sets the row aside. */
  readonly endState: 'done' | 'dead';
}

/** `conflict`: a guarded decision lost a race, decide anew. `failed`: nothing final happened, try again later. */
export type RowResult =
  | { readonly status: 'done' }
  | { readonly status: 'conflict' }
  | { readonly status: 'failed'; readonly error: unknown };

/** Carries decisions out, one result a row in the same order. Throws TransientError when the database is away. */
export type CommitRows = (items: readonly DecidedRow[]) => Promise<readonly RowResult[]>;

/** What people do on purpose, and the rate limit counts; not stickers, joins and leaves. */
export const SAID: readonly InboundBody['type'][] = ['text', 'press', 'ballot', 'proxyBallot'];

/** One string a sender in a conversation: whose messages the rate limit counts together. */
export function senderKey(message: InboundMessage): string {
  return `${conversationKey(message.from)}|${identityKey(message.from, message.sender.vendorId)}`;
}

/** Same conversation, same partition, in every process and version (FNV-1a). */
export function partitionOf(conversation: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < conversation.length; index += 1) {
    hash = Math.imul(hash ^ conversation.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % PARTITION_COUNT;
}

/** The message cut to the sizes that are kept; `wasCut` when something is missing. Never refuses. */
export function fitForKeeping(message: InboundMessage): { message: InboundMessage; wasCut: boolean } {
  const body = fitBody(message.body);
  const quote = message.quote && { ...message.quote, text: cutText(message.quote.text, MAX_KEPT_QUOTE) };
  const fitted: InboundMessage = {
    ...message,
    sender: fitSender(message.sender),
    body,
    attachments: message.attachments.slice(0, MAX_KEPT_LIST),
    ...(quote && { quote }),
  };
  return { message: fitted, wasCut: body !== message.body || quote?.text !== message.quote?.text };
}

/** The time to judge a message by: the vendor's, unless it is absurd; then the time of arrival. */
export function judgedSentAt(sentAt: Date, receivedAt: Date): Date {
  const lateMs = receivedAt.getTime() - sentAt.getTime();
  return lateMs <= SENT_AT_TRUST.pastMs && lateMs >= -SENT_AT_TRUST.futureMs ? sentAt : receivedAt;
}

function fitBody(body: InboundBody): InboundBody {
  switch (body.type) {
    case 'text': {
      const text = cutText(body.text, MAX_KEPT_TEXT);
      return text === body.text ? body : { ...body, text };
    }
    case 'press': {
      const say = cutText(body.say, MAX_KEPT_TEXT);
      return say === body.say ? body : { ...body, say };
    }
    case 'ballot':
    case 'proxyBallot':
      return body;
    case 'joined':
    case 'left':
      return { ...body, members: body.members.slice(0, MAX_KEPT_LIST).map(fitSender) };
    case 'unsupported':
      return { ...body, wireType: cutText(body.wireType, MAX_KEPT_NAME) };
  }
}

function fitSender(sender: InboundSender): InboundSender {
  if (sender.displayName === undefined) return sender;
  return { ...sender, displayName: cutText(sender.displayName, MAX_KEPT_NAME) };
}

function cutText(text: string, maxCodePoints: number): string {
  if (text.length <= maxCodePoints) return text;
  let units = 0;
  let points = 0;
  for (const point of text) {
    if (points === maxCodePoints) return text.slice(0, units);
    units += point.length;
    points += 1;
  }
  return text;
}
