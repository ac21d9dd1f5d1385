import type { Ballot, BallotPath } from './poll.ts';

/** What decides between two ballots of one voter. */
export type OrderedBallot = Pick<Ballot, 'path' | 'sentAt' | 'messageId'>;

/** Of two ballots of one voter the one nearer to the voter's own hand stands: 2 cast in person, 1 entered by staff, 0 cast by an authorised voter. */
const RANKS: Readonly<Record<BallotPath, 0 | 1 | 2>> = {
  group: 2,
  direct: 2,
  page: 2,
  paper: 1,
  phone: 1,
  visit: 1,
  proxy: 0,
};

export function ballotRank(path: BallotPath): number {
  return RANKS[path];
}

/** The ways of one rank. */
export function pathsOfRank(rank: number): readonly BallotPath[] {
  return (Object.keys(RANKS) as BallotPath[]).filter((path) => RANKS[path] === rank);
}

/** Staff entered it for the voter. */
export function isEntered(path: BallotPath): boolean {
  return RANKS[path] === 1;
}

/**
 * Whether the first of two ballots of one voter is the one that counts. What the voter cast in person stands over what
 * staff entered, whatever the times (as Shenzhen has it: the chat's vote over the paper), and both over what an authorised
 * voter cast; else the later by (sentAt, messageId). An entered ballot's `sentAt` is the time on the paper.
 */
export function standsOver(first: OrderedBallot, second: OrderedBallot): boolean {
  const nearer = ballotRank(first.path) - ballotRank(second.path);
  if (nearer !== 0) return nearer > 0;
  const apart = first.sentAt.getTime() - second.sentAt.getTime();
  return apart > 0 || (apart === 0 && first.messageId > second.messageId);
}
