import type { Write } from './decision.ts';
import type { RoomAddress } from './roster.ts';

/** `waiting`: the secretary looks. `linked`: the person is known as that resident. */
export type VerificationState = 'waiting' | 'linked' | 'refused';

/** Somebody in chat said who they are on the roster; one a person and place, the last one said. */
export interface Verification {
  /** `verificationId(placeId, personId)`. */
  readonly id: string;
  readonly placeId: string;
  readonly personId: string;
  /** The name they are shown under in chat. */
  readonly spokenName: string;
  readonly address: RoomAddress;
  readonly name: string;
  readonly phoneTail?: string;
  readonly saidAt: Date;
  /** Times of what was said of late: nobody guesses a neighbour's number. */
  readonly triedAt: readonly Date[];
  readonly state: VerificationState;
  readonly residentId?: string;
  readonly decidedById?: string;
  readonly decidedAt?: Date;
  readonly reason?: string;
  readonly revision: number;
}

export interface VerificationStore {
  byId(id: string): Promise<Verification | undefined>;
  /** The oldest first. */
  waiting(placeIds: readonly string[], limit: number): Promise<readonly Verification[]>;
  countWaiting(placeIds: readonly string[]): Promise<number>;
  /** Keeps what was said; `revision` is that of the one it replaces, 0 for a first one. */
  save(verification: Verification, revision: number): Write;
}

export function verificationId(placeId: string, personId: string): string {
  return `verification:${placeId}|${personId}`;
}
