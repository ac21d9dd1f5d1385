import type { AuditEntry } from './audit.ts';
import type { OutboundBody } from './channel.ts';
import type { Numbered } from './numbers.ts';
import type { ConversationRef } from './message.ts';

/** Every collection that a decision may write. The names are those in the database. */
export type DecisionCollection =
  | 'places'
  | 'groups'
  | 'people'
  | 'identities'
  | 'memberships'
  | 'concerns'
  | 'endorsements'
  | 'supplements'
  | 'feedbacks'
  | 'ratings'
  | 'topics'
  | 'polls'
  | 'rolls'
  | 'ballots'
  | 'ballotEvents'
  | 'delegations'
  | 'papers'
  | 'meetings'
  | 'responses'
  | 'outcomes'
  | 'objections'
  | 'assignments'
  | 'notices'
  | 'deadlines'
  | 'slots'
  | 'households'
  | 'verifications'
  | 'rosterLists'
  | 'rollDrafts'
  | 'linkCodes'
  | 'votingCodes'
  | 'identityLinks'
  | 'differences'
  | 'checks';

/**
 * A write as a value, made by a store and carried out by the commit.
 * `insertOnce`: a document whose id says what it is for; being there already counts as done.
 * `insertOrUpdate`: the document where there is none of its id, else the update of the one that is there, which must do
 * the same when it finds none: many documents are inserted at once, far faster than they are updated one by one.
 * `update`: one document; with `mustMatch` a decision whose update matches nothing is a lost race: the whole
 * decision is thrown away and decided anew.
 */
export type Write =
  | { readonly kind: 'insertOnce'; readonly collection: DecisionCollection; readonly document: WriteDocument }
  | {
      readonly kind: 'insertOrUpdate';
      readonly collection: DecisionCollection;
      readonly document: WriteDocument;
      /** A pipeline. Must be idempotent. */
      readonly update: readonly Readonly<Record<string, unknown>>[];
    }
  | {
      readonly kind: 'update';
      readonly collection: DecisionCollection;
      readonly filter: Readonly<Record<string, unknown>>;
      /** A MongoDB update document, or a pipeline. Must be idempotent unless `mustMatch` guards it. */
      readonly update: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
      readonly upsert?: boolean;
      readonly mustMatch?: boolean;
      /** A second one for the same id behind this one would change nothing, whatever it says. */
      readonly once?: boolean;
    };

export interface WriteDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** A message that a decision wants sent. It becomes an outbox row under `key`. */
export interface Dispatch {
  /** What it is for, e.g. `poll-result:<pollId>:<groupId>`: the same key is never sent twice. */
  readonly key: string;
  readonly to: ConversationRef;
  readonly body: OutboundBody;
  /** What to do when nobody knows whether it arrived. Default `resend`; broadcasts say `hold`. */
  readonly whenUncertain?: 'resend' | 'hold';
  /** Goes before digests and broadcasts in its lane. */
  readonly urgent?: boolean;
  readonly notBefore?: Date;
  /** Keeps the quiet hours of this zone (an IANA name): not sent in the night, also when it is tried again there. */
  readonly quietZone?: string;
  /** A short answer that may share a message with others where a conversation would be flooded. */
  readonly joins?: boolean;
  readonly expiresAt?: Date;
  /** The notice, poll, meeting … whose delivery proof this row belongs to. */
  readonly subjectId?: string;
  /** The group it goes to, when it goes to one; for delivery proof. */
  readonly groupId?: string;
  /** Whose matter it is: where it is listed when it cannot be sent. The place of the decision when absent. */
  readonly placeId?: string;
}

/**
 * What a handler wants to happen: nothing has happened yet. Carried out by the commit as a whole.
 * `guarded` decisions run in one transaction (secretaries' steps, deadlines); all others are idempotent and are
 * committed in groups.
 */
export interface Decision {
  readonly writes: readonly Write[];
  readonly dispatches: readonly Dispatch[];
  readonly audit?: readonly AuditEntry[];
  readonly guarded?: boolean;
  /** Concerns whose cached number of endorsements must be counted again after the commit. */
  readonly recountConcernIds?: readonly string[];
  /** Writes that take the step back, offered for ten seconds in the console. */
  readonly undo?: readonly Write[];
  /** One Chinese line for the secretary who did it: 已合并 #15→#9. */
  readonly summary?: string;
  readonly created?: {
    readonly kind: Numbered | 'draft' | 'poll';
    readonly id: string;
    readonly number: number;
  };
  /** What became of the message, for the log and 幕后 view: a stable id such as `concern.registered`. */
  readonly event?: string;
}

export const NOTHING: Decision = { writes: [], dispatches: [] };

/** The decision with a place for all its dispatches that name none. */
export function decidedIn(placeId: string, decision: Decision): Decision {
  if (decision.dispatches.every((dispatch) => dispatch.placeId !== undefined)) return decision;
  return { ...decision, dispatches: decision.dispatches.map((dispatch) => ({ placeId, ...dispatch })) };
}

/** A decision goes into a transaction when it says so or when one of its writes must match. */
export function isGuarded(decision: Decision): boolean {
  return (
    decision.guarded === true ||
    decision.writes.some((write) => write.kind === 'update' && write.mustMatch === true)
  );
}

/** Puts decisions together in their order; guarded when any of them is. */
export function joinDecisions(...parts: readonly Decision[]): Decision {
  const recount = parts.flatMap((part) => part.recountConcernIds ?? []);
  const last = <K extends keyof Decision>(key: K) => parts.findLast((part) => part[key] !== undefined)?.[key];
  return {
    writes: parts.flatMap((part) => part.writes),
    dispatches: parts.flatMap((part) => part.dispatches),
    audit: parts.flatMap((part) => part.audit ?? []),
    guarded: parts.some((part) => part.guarded === true),
    undo: parts.flatMap((part) => part.undo ?? []),
    ...(recount.length > 0 && { recountConcernIds: recount }),
    ...definedFields({ summary: last('summary'), created: last('created'), event: last('event') }),
  };
}

type OptionalKey<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** Keys that may be undefined become keys that may be absent. */
type Defined<T> = { [K in Exclude<keyof T, OptionalKey<T>>]: T[K] } & {
  [K in OptionalKey<T>]?: Exclude<T[K], undefined>;
};

/** Drops keys whose value is undefined, so that `exactOptionalPropertyTypes` holds. */
export function definedFields<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
