import type { InboxFate } from '#core/inbox-fate';
import type { Place } from '#core/people';
import type { Ballot, Poll } from '#core/poll';
import type { RollEntry } from '#core/roll';
import type { GivenChoice } from '#core/vote-method';

import type { Log } from '../../log.ts';

export interface Page {
  readonly poll: Poll;
  readonly place: Place;
  readonly description: string;
}

/** A vote that whoever is here may cast for somebody who authorised them. */
export interface HeldVote {
  /** What this voter's page calls it. */
  readonly key: string;
  readonly voter: RollEntry;
  readonly ballot?: Ballot;
  /** Else the receipt is not theirs to see. */
  readonly isCastByHolder: boolean;
  /** What does the same one-to-one, and what declines it. */
  readonly say: string;
  readonly decline: string;
}

export interface Voter {
  readonly personId: string;
  readonly pass: string;
  readonly entries: readonly RollEntry[];
  readonly ballots: readonly Ballot[];
  readonly held: readonly HeldVote[];
}

/** What the page of a poll asks of the program. */
export interface VotePageDeps {
  readonly now: () => Date;
  readonly open: (address: string) => Promise<Page | 'expired' | undefined>;
  readonly sendCodes: (poll: Poll, who: string) => Promise<void>;
  /** A pass for whoever has the right code. */
  readonly enter: (poll: Poll, said: { who: string; code: string }) => Promise<string | undefined>;
  readonly voterWith: (poll: Poll, pass: string) => Promise<Voter | undefined>;
  /** For the voter's own vote, or for one of those who authorised them. */
  readonly newTicket: (voter: Voter, held?: HeldVote) => string;
  /**
   * Keeps the vote, and waits a moment for what becomes of it. Undefined: the ticket is not this voter's, or was made
   * for another vote. The same ticket again is the same vote.
   */
  readonly cast: (
    poll: Poll,
    voter: Voter,
    vote: { ticket: string; given: GivenChoice; held?: HeldVote | undefined },
  ) => Promise<InboxFate | undefined>;
  readonly fateOf: (
    voter: Voter,
    sent: { ticket: string; heldKey?: string | undefined },
  ) => Promise<InboxFate | undefined>;
  readonly secure: boolean;
  readonly distDir: string;
  readonly log: Log;
}
