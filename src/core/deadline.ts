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
  cancel(id: string): Write;
  /** Sets the next firing of the same row; only from within its own handler. */
  again(deadline: Deadline): Write;
}

/**
 * Decides what happens when a deadline has come. The row is marked fired in the same transaction, unless the
 * decision sets it `again`. `now` is not before `dueAt`.
 */
export type DeadlineHandler = (deadline: Deadline, now: Date, takeNumber: TakeNumber) => Promise<Decision>;
