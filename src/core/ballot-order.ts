import type { Ballot, BallotPath } from './poll.ts';

/** What decides between two ballots of one voter. */
export type OrderedBallot = Pick<Ballot, 'path' | 'sentAt' | 'messageId'>;

/** Staff entered these for the voter; the others the voter cast in person. */
export const ENTERED_PATHS: readonly BallotPath[] = ['paper', 'phone', 'visit'];

export function isEntered(path: BallotPath): boolean {
  return ENTERED_PATHS.includes(path);
}

/**
 * Whether the first of two ballots of one voter is the one that counts. What the voter cast in person stands over what
 * staff entered, whatever the times (as Shenzhen has it: the chat's vote over the paper); else the later by
 * (sentAt, messageId). An entered ballot's `sentAt` is the time on the paper.
 */
export function standsOver(first: OrderedBallot, second: OrderedBallot): boolean {
  if (isEntered(first.path) !== isEntered(second.path)) return isEntered(second.path);
  const apart = first.sentAt.getTime() - second.sentAt.getTime();
  return apart > 0 || (apart === 0 && first.messageId > second.messageId);
}
