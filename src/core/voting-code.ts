import type { Write } from './decision.ts';

/** A code that was sent one-to-one, with which a person shows on a poll's page who they are. One a poll and person. */
export interface VotingCode {
  readonly pollId: string;
  readonly personId: string;
  /** The code itself is nowhere but in the message. */
  readonly hash: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** When codes of this poll were sent to this person lately, for the limit of a day. */
  readonly recent: readonly Date[];
  readonly revision: number;
}

export interface VotingCodeStore {
  /** The code sent last, used or not. */
  latest(pollId: string, personId: string): Promise<VotingCode | undefined>;
  /** Keeps a new code in the place of the one before, which was at this revision; 0: there was none. */
  save(code: VotingCode, revision: number): Write;
  /**
   * One try at a code, counted whatever comes of it: true exactly once, for the right one, in its time and within its
   * tries. Happens at once and as a whole, so that tries made side by side are no more than tries in turn.
   */
  redeem(attempt: { pollId: string; personId: string; hash: string; now: Date }): Promise<boolean>;
}

/** So many wrong ones, and the code is worth nothing. */
export const CODE_TRIES = 5;
