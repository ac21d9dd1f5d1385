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

/** Rows with this receipt, each with its way up to the sealed root; none: there is no such ballot. */
export interface ReceiptAnswer {
  readonly proofs: readonly {
    readonly row: { readonly voter: string; readonly commitment: string; readonly code: string };
    readonly steps: readonly { readonly side: 'left' | 'right'; readonly hash: string }[];
  }[];
}
