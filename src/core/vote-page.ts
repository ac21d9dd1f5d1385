import type { Place } from './people.ts';
import type { Ballot, Poll } from './poll.ts';
import type { RollEntry } from './roll.ts';
import type { GivenChoice } from './vote-method.ts';

/** A poll as its page shows it to anybody who has the link. */
export interface PollPage {
  readonly poll: Poll;
  readonly place: Place;
  /** Why it is asked. */
  readonly description: string;
}

/** Somebody who showed who they are. */
export interface PageVoter {
  readonly personId: string;
  readonly pass: string;
  /** What they may cast now; none: they are not on the roll any more. */
  readonly entries: readonly RollEntry[];
  /** What stands for them. */
  readonly ballots: readonly Ballot[];
  /** Those who authorised them. */
  readonly held: readonly HeldVote[];
}

/** A vote that a page's voter may cast for somebody who authorised them. */
export interface HeldVote {
  /** What this voter's page calls it. */
  readonly key: string;
  readonly voter: RollEntry;
  /** What stands for that one; its receipt is the holder's to see only where they cast it. */
  readonly ballot?: Ballot;
  readonly isCastByHolder: boolean;
  /** The same in words one-to-one: to vote, and not to. */
  readonly say: string;
  readonly decline: string;
}

/** A vote as the page sends it. */
export interface PageVote {
  readonly ticket: string;
  readonly given: GivenChoice;
  /** Whose vote it is where it is not the voter's own: one of theirs. */
  readonly held?: HeldVote | undefined;
}

export interface SentTicket {
  readonly ticket: string;
  /** The key of whose vote it was; absent for the voter's own. */
  readonly heldKey?: string | undefined;
}
