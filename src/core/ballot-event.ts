import type { Write } from './decision.ts';
import type { BallotPath } from './poll.ts';
import type { Choice } from './vote-method.ts';

/** One accepted vote, as it came: written once with the ballot it made or changed, never touched again. */
export interface BallotEvent {
  readonly pollId: string;
  /** Key of the roll entry. */
  readonly voterId: string;
  readonly choice: Choice;
  readonly path: BallotPath;
  readonly sentAt: Date;
  readonly messageId: string;
  /** Who entered it for the voter: a person of staff, or the authorised voter's key on the roll. */
  readonly enteredById?: string;
}

export interface BallotEventStore {
  /** Keeps the event; the same vote again is the same event. */
  append(event: BallotEvent): Write;
  /** Events sent up to and including `until`, by (sentAt, messageId). */
  inOrder(pollId: string, until: Date): AsyncIterable<BallotEvent>;
}

/** The secret behind the pseudonyms, salts and receipts of one poll. */
export interface PollSecrets {
  /** Made when it is first asked for, the same ever after, on every instance. */
  secretOf(pollId: string): Promise<string>;
}
