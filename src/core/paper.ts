import type { Write } from './decision.ts';
import type { Attachment } from './message.ts';
import type { BallotPath } from './poll.ts';

/**
 * That staff entered a ballot on paper, by telephone or from a visit, with what they keep of it for a doubt. For
 * secretaries of the place only: a photo of a paper shows a choice. Not in any export.
 */
export interface PaperEntry {
  readonly id: string;
  readonly pollId: string;
  readonly placeId: string;
  readonly voterId: string;
  readonly label: string;
  readonly path: BallotPath;
  /** The time on the paper, or of the call. */
  readonly at: Date;
  readonly enteredAt: Date;
  readonly enteredById: string;
  readonly note?: string;
  readonly photo?: Attachment;
  /** False where a ballot stood that this one gives way to, when it was entered. */
  readonly isCounted: boolean;
}

export interface PaperStore {
  byId(id: string): Promise<PaperEntry | undefined>;
  /** The newest first. */
  ofPoll(pollId: string, limit: number): Promise<readonly PaperEntry[]>;
  insert(entry: PaperEntry): Write;
}

/**
 * Under which place photos of papers are kept: one that no viewer has, so that the console's common way to photos, which
 * is open to other officers, never shows them.
 */
export function paperMediaPlace(placeId: string): string {
  return `papers|${placeId}`;
}
