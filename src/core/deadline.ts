import type { Decision, Write } from './decision.ts';
import type { TakeNumber } from './numbers.ts';

/** Everything that happens by itself at a time. */
export type DeadlineKind =
  | 'concern.similarWait'
  | 'poll.gather'
  | 'poll.remind'
  | 'poll.close'
  | 'meeting.remindDay'
  | 'meeting.remindHour'
  | 'publicity.end'
  | 'assignment.check'
  | 'notice.send'
  | 'notice.expire'
  | 'notice.summary';

/** A row that is claimed once when its time has come. Its id is `<kind>:<subjectId>[:<more>]`. */
export interface Deadline {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly placeId: string;
  readonly subjectId: string;
  readonly dueAt: Date;
  /** Small facts the handler needs, e.g. which reminder step this is. */
  readonly step: number;
  readonly groupId?: string;
}

export interface DeadlineWrites {
  /** Sets a deadline, or moves it when it is still pending. A fired one with the same id stays fired. */
  set(deadline: Deadline): Write;
  /** Like `set`, but leaves a pending one where it is. */
  setOnce(deadline: Deadline): Write;
  /** Takes a pending one away; `set` and `setOnce` may set it anew. */
  cancel(id: string): Write;
  /** Sets the next firing of the same row; only from within its own handler. */
  again(deadline: Deadline): Write;
}

/**
 * Decides what happens when a deadline has come. The row is marked fired in the same transaction, unless the
 * decision sets it `again`. `now` is not before `dueAt`, but may be long after it: the program was down, or the
 * demo's clock jumped over days. Deadlines then fire in the order of `dueAt`; what was promised is judged by
 * `dueAt` (was the poll over?), new due times are reckoned from `now` (else each missed day would be reminded of).
 */
export type DeadlineHandler = (deadline: Deadline, now: Date, takeNumber: TakeNumber) => Promise<Decision>;

/** Tries of a handler before somebody is told; it is tried on all the same. */
export const DEADLINE_TRIES_BEFORE_ALERT = 5;

/** A deadline that has come, with the tries that failed so far. */
export interface DueDeadline {
  readonly deadline: Deadline;
  readonly tries: number;
}

/** Port of the deadlines' rows; the promises are stated by test/conformance/deadline-store.ts. */
export interface DeadlineStore extends DeadlineWrites {
  /** Pending rows of these kinds whose time has come, the earliest first. */
  due(kinds: readonly DeadlineKind[], now: Date, limit: number): Promise<readonly DueDeadline[]>;
  /** When the next pending row of these kinds is to be looked at. */
  nextLookAt(kinds: readonly DeadlineKind[]): Promise<Date | undefined>;
  /** The next pending deadline, of one place or of all. */
  nextDue(placeId?: string): Promise<Deadline | undefined>;
  /** Marks exactly this firing as done; matches nothing when it was fired, moved or cancelled meanwhile. */
  fired(deadline: Deadline, now: Date): Write;
  /** Puts a deadline whose handler failed off until `retryAt`; its `dueAt` stays. */
  putOff(deadline: Deadline, retryAt: Date): Promise<void>;
}
