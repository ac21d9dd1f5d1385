import type { Decision, Dispatch, Write } from './decision.ts';

/** Makes outbox rows of dispatches; a key that was enqueued before is left alone. Resolves when durable. */
export type Enqueue = (dispatches: readonly Dispatch[]) => Promise<void>;

/** What a guarded decision is committed under. */
export interface GuardedRequest {
  /** Audit entries derive their ids from it. */
  readonly requestId: string;
  /** When it was decided: the product's time. */
  readonly at: Date;
  /** Further writes of the same transaction, before all others, e.g. the deadline's row with `mustMatch`. */
  readonly guards?: readonly Write[];
}

/**
 * Carries a decision out as a whole or not at all, in one transaction. Throws ConflictError when a `mustMatch`
 * write matches nothing (decide anew), TransientError when the database is away.
 */
export type CommitGuarded = (decision: Decision, request: GuardedRequest) => Promise<void>;

/** What a console request came to, as it is told again when the same request comes again. */
export interface RequestAnswer {
  readonly summary?: string;
  readonly created?: NonNullable<Decision['created']>;
  /** Until when the step can be taken back. */
  readonly undoUntil?: Date;
}

/** How long a step can be taken back; what it sends waits as long. */
export const UNDO_MS = 10_000;

/** Console requests: each has one effect, however often it is sent, and may be taken back for ten seconds. */
export interface RequestCommits {
  /** The answer given before to this person's request, if there was one. */
  answerOf(requestId: string, personId: string): Promise<RequestAnswer | undefined>;
  /** Commits under the request's id; when somebody was faster with the same id, their answer and no second effect. */
  commit(
    decision: Decision,
    request: { requestId: string; personId: string; placeId: string; at: Date },
  ): Promise<RequestAnswer>;
  /** Takes a step back. `changed`: what it wrote was changed by others since, nothing was undone. */
  undo(requestId: string, personId: string, now: Date): Promise<'undone' | 'tooLate' | 'unknown' | 'changed'>;
}
