/**
 * What proves a closed poll: one hash (hex) a part, and `seal` over all of them. `opening` is known since the poll
 * opened; the rest since it was counted. `code` is the head of `seal` for people: 核验码.
 */
export interface PollSeal {
  readonly question: string;
  readonly rules: string;
  readonly roll: string;
  readonly opening: string;
  /** When it ended, and why if early. */
  readonly end: string;
  /** Root of the tree over the ballots that count. */
  readonly ballots: string;
  readonly choices: string;
  /** Last link of the chain of events. */
  readonly events: string;
  readonly result: string;
  readonly rollSize: number;
  readonly ballotCount: number;
  readonly eventCount: number;
  readonly seal: string;
  readonly code: string;
}
