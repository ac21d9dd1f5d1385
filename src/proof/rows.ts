import type { BallotPath, VoterStrike } from '#core/poll';
import type { Choice } from '#core/vote-method';
import { keyedHash, leafBytes, leafHash } from './hashing.ts';
import { RECEIPT_CHARS, shortCode } from './short-code.ts';

/** What is known of a vote inside the program. */
export interface VoteFacts {
  readonly voterId: string;
  readonly choice: Choice;
  readonly path: BallotPath;
  readonly sentAt: Date;
  readonly messageId: string;
  /** Who entered it for the voter: a person of staff, or the authorised voter. */
  readonly enteredById?: string;
}

export interface VoterFacts {
  readonly voterId: string;
  /** Exclusive area in 0.01 m², where votes are weighed by it. */
  readonly areaCents?: number;
  /** As people know the voter; only where the poll shows who chose what. */
  readonly label?: string;
}

/** A voter on the published roll: a pseudonym, and a commitment to their weight. */
export interface RollRow {
  readonly voter: string;
  readonly commitment: string;
}

export interface RollOpening {
  readonly areaCents?: number | undefined;
  readonly label?: string | undefined;
  readonly salt: string;
}

/** A ballot on the published list. The receipt's code is the head of the row's own hash. */
export interface BallotRow {
  readonly voter: string;
  readonly commitment: string;
  readonly code: string;
}

/** What a ballot's commitment hides; shown in an open poll. */
export interface BallotOpening {
  readonly choice: Choice;
  readonly path: BallotPath;
  readonly at: string;
  readonly salt: string;
}

export interface EventOpening extends BallotOpening {
  readonly voter: string;
  /** Pseudonym of whoever entered it for the voter; of the authorised voter as on the roll, so that limits can be checked. */
  readonly enteredBy?: string | undefined;
}

/** Makes the rows of one poll. Pseudonyms and salts come from its secret, so the same facts give the same rows. */
export function createRows(pollId: string, secret: string) {
  const hash = keyedHash(secret);
  const pseudonym = (kind: string, id: string) => hash(JSON.stringify([kind, pollId, id])).slice(0, 32);
  const salt = (kind: string, ...parts: readonly (string | number)[]) =>
    hash(JSON.stringify([`${kind}-salt`, pollId, ...parts])).slice(0, 32);
  const messageSalt = (kind: string, { voterId, sentAt, messageId }: VoteFacts) =>
    salt(kind, voterId, sentAt.getTime(), messageId);
  const opened = (kind: string, vote: VoteFacts) => ({
    choice: vote.choice,
    path: vote.path,
    at: vote.sentAt.toISOString(),
    salt: messageSalt(kind, vote),
  });
  return {
    roll({ voterId, areaCents, label }: VoterFacts): RollRow & RollOpening {
      const voter = pseudonym('voter', voterId);
      const opening = {
        ...(areaCents !== undefined && { areaCents }),
        ...(label !== undefined && { label }),
        salt: salt('roll', voterId),
      };
      return { voter, commitment: rollCommitment(pollId, voter, opening), ...opening };
    },
    struck: ({ voterId, intoId }: VoterStrike) => ({
      voter: pseudonym('voter', voterId),
      into: pseudonym('voter', intoId),
    }),
    ballot(vote: VoteFacts): BallotRow & BallotOpening {
      const voter = pseudonym('voter', vote.voterId);
      const opening = opened('ballot', vote);
      const commitment = ballotCommitment(pollId, voter, opening);
      const code = receiptCode(ballotLeaf(pollId, { voter, commitment }));
      return { voter, commitment, code, ...opening };
    },
    event(vote: VoteFacts): EventOpening & { readonly hash: string } {
      const { enteredById } = vote;
      const opening = {
        voter: pseudonym('voter', vote.voterId),
        ...opened('event', vote),
        ...(enteredById !== undefined && {
          enteredBy: pseudonym(vote.path === 'proxy' ? 'voter' : 'staff', enteredById),
        }),
      };
      return { hash: eventHash(pollId, opening), ...opening };
    },
  };
}

export function rollCommitment(
  pollId: string,
  voter: string,
  { areaCents = null, label, salt }: NullableOpening,
): string {
  if (label === undefined) return leafHash(['yishi-voter/1', pollId, voter, areaCents, salt]);
  return leafHash(['yishi-voter/2', pollId, voter, areaCents, label, salt]);
}

type NullableOpening = Omit<RollOpening, 'areaCents'> & { readonly areaCents?: number | null | undefined };

export function ballotCommitment(
  pollId: string,
  voter: string,
  { choice, path, at, salt }: BallotOpening,
): string {
  return leafHash(['yishi-ballot/1', pollId, voter, choice, path, at, salt]);
}

export function eventHash(pollId: string, opening: EventOpening): string {
  const { voter, choice, path, at, salt, enteredBy = null } = opening;
  return leafHash(['yishi-event/1', pollId, voter, choice, path, at, enteredBy, salt]);
}

type Committed = Pick<RollRow, 'voter' | 'commitment'>;

export function rollLeaf(pollId: string, { voter, commitment }: Committed): Uint8Array {
  return leafBytes(['yishi-roll-row/1', pollId, voter, commitment]);
}

export function ballotLeaf(pollId: string, { voter, commitment }: Committed): Uint8Array {
  return leafBytes(['yishi-ballot-row/1', pollId, voter, commitment]);
}

/** Eight characters that lead to a row of the list and say nothing about what it hides. */
export function receiptCode(leaf: Uint8Array): string {
  return shortCode(leaf, RECEIPT_CHARS);
}
