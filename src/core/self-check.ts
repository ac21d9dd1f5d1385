import type { Write } from './decision.ts';
import type { Poll } from './poll.ts';

/**
 * What is counted anew. `endorsements`: the number that a concern shows. `polls`: the result that was published.
 * `notices`: a message for each group of a notice. `mailings`: messages that should long be in their lanes.
 */
export type CheckedFigure = 'endorsements' | 'polls' | 'notices' | 'mailings';

export const CHECKED_FIGURES: readonly CheckedFigure[] = ['endorsements', 'polls', 'notices', 'mailings'];

/** A figure that is stored and what a recount says. */
export interface Counted {
  /** The concern, poll, notice or mailing. */
  readonly subjectId: string;
  /** What people call it: 诉求#12. */
  readonly name: string;
  readonly placeId: string;
  readonly stored: string;
  readonly counted: string;
}

/** A figure that was found to be wrong. Nothing is put right by itself: whoever reads it finds out why. */
export interface Difference extends Counted {
  readonly figure: CheckedFigure;
  readonly foundAt: Date;
}

/** Some rows by id, from behind `after`; or those of `ids` that are still there. */
export type CheckedRange =
  { readonly after: string | undefined; readonly limit: number } | { readonly ids: readonly string[] };

/** Reads that the self-check compares, and where it writes down what it found. */
export interface SelfCheckStore {
  endorsements(range: CheckedRange): Promise<readonly Counted[]>;
  /** Polls that were closed and have a result. */
  closedPolls(range: CheckedRange): Promise<readonly Poll[]>;
  /** Notices whose rows have not left yet; `stored` is the number of their groups that are there. */
  notices(range: CheckedRange, now: Date): Promise<readonly Counted[]>;
  /** Mailings that should have been spread long ago. */
  mailings(range: CheckedRange, now: Date): Promise<readonly Counted[]>;
  /** Where the last check of this figure stopped; undefined: it had been through all. */
  stoppedAt(figure: CheckedFigure): Promise<string | undefined>;
  /** Differences that still stand, the oldest first. */
  standing(limit: number): Promise<readonly Difference[]>;
  found(difference: Difference): Write;
  /** It is there no more; kept for a while, for nobody has said why. */
  gone(difference: Difference, now: Date): Write;
  stop(figure: CheckedFigure, at: string | undefined, now: Date): Write;
}
