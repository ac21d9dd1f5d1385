import type { Write } from './decision.ts';

/** One voter of a poll authorised another one to vote for them (委托). Kept also when it was withdrawn. */
export interface Delegation {
  /** `delegationId(…)`: one for each two voters of a poll. */
  readonly id: string;
  readonly pollId: string;
  readonly placeId: string;
  /** Key of the roll entry whose vote it is. */
  readonly voterId: string;
  /** Key of the roll entry that may cast it: whoever speaks for that one. */
  readonly holderId: string;
  readonly givenAt: Date;
  /** Entered by staff from a written authorisation, or said one-to-one by the voter. */
  readonly by: 'paper' | 'chat';
  readonly givenById: string;
  /** When the holder cast the vote first: from then on it takes one of the holder's places for good. */
  readonly usedAt?: Date;
  /** When it ended, whoever ended it. */
  readonly withdrawnAt?: Date;
  /** Who ended it: the voter took it back, the holder declined it, or staff did either on somebody's word. */
  readonly endedBy?: DelegationSide;
  readonly revision: number;
}

export type DelegationSide = 'voter' | 'holder' | 'staff';

/** Why somebody cannot be authorised to vote for somebody else. */
export type DelegationProblem =
  'notAllowed' | 'self' | 'given' | 'isHolder' | 'holderGave' | 'full' | 'declined';

export interface DelegationStore {
  /** Those of a poll in which one of these voters authorised somebody or was authorised; withdrawn ones among them. */
  touching(pollId: string, voterIds: readonly string[]): Promise<readonly Delegation[]>;
  /** The newest first. */
  ofPoll(pollId: string, limit: number): Promise<readonly Delegation[]>;
  /** Replaces the one at this revision; 0: there is none yet. */
  save(delegation: Delegation, revision: number): Write;
}

export function delegationId(pollId: string, voterId: string, holderId: string): string {
  return `${pollId}|${voterId}→${holderId}`;
}
