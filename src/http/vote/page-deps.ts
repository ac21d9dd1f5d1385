import type { InboxFate } from '#core/inbox-fate';
import type { Poll } from '#core/poll';
import type { HeldVote, PageVote, PageVoter, PollPage, SentTicket } from '#core/vote-page';

import type { Log } from '../../log.ts';

/** What the page of a poll asks of the program. */
export interface VotePageDeps {
  readonly now: () => Date;
  readonly open: (address: string) => Promise<PollPage | 'expired' | undefined>;
  readonly sendCodes: (poll: Poll, who: string) => Promise<void>;
  /** A pass for whoever has the right code. */
  readonly enter: (poll: Poll, said: { who: string; code: string }) => Promise<string | undefined>;
  readonly voterWith: (poll: Poll, pass: string) => Promise<PageVoter | undefined>;
  /** For the voter's own vote, or for one of those who authorised them. */
  readonly newTicket: (voter: PageVoter, held?: HeldVote) => string;
  /**
   * Keeps the vote, and waits a moment for what becomes of it. Undefined: the ticket is not this voter's, or was made
   * for another vote. The same ticket again is the same vote.
   */
  readonly cast: (poll: Poll, voter: PageVoter, vote: PageVote) => Promise<InboxFate | undefined>;
  readonly fateOf: (voter: PageVoter, sent: SentTicket) => Promise<InboxFate | undefined>;
  readonly secure: boolean;
  readonly distDir: string;
  readonly log: Log;
}
