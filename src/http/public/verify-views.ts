import type { PollSeal } from '#core/poll-seal';

/** What the page of a counted poll shows; nothing that its groups have not read. */
export interface ProvenPollAnswer {
  readonly pollId: string;
  readonly topicNumber: number;
  readonly title: string;
  readonly closesAt: string;
  readonly options: readonly string[];
  readonly counts: readonly number[];
  readonly voters: number;
  readonly annulled: boolean;
  readonly seal: PollSeal;
}

/** A row of the published list, with its way up to the sealed root. */
export interface RowProof {
  readonly row: { readonly voter: string; readonly commitment: string; readonly code: string };
  readonly steps: readonly { readonly side: 'left' | 'right'; readonly hash: string }[];
}

/** Rows with this receipt; none: there is no such ballot. */
export interface ReceiptAnswer {
  readonly proofs: readonly RowProof[];
  /** The receipt is of a voter who turned out to be one person with another: the one ballot of both is that one's. */
  readonly joined?: JoinedReceiptAnswer;
}

export interface JoinedReceiptAnswer {
  readonly voter: string;
  readonly into: string;
  /** How the poll ended, as it lies under the seal: with every voter who was struck. */
  readonly end: {
    readonly closesAt: string;
    readonly closedEarlyReason?: string;
    readonly struck?: readonly { readonly voter: string; readonly into: string }[];
  };
  readonly proof: RowProof;
}
