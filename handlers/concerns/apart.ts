import type { Said } from '#core/command';
import { senderKey } from '#core/inbox';
import { mayBeOneMatter } from '#language/similarity';
import { namedForEndorsing } from './named-number.ts';

/** The names of the commands that know of each other what they read and write. */
export const RAISE = 'concern.raise';
export const ENDORSE = 'concern.endorse';

/**
 * A concern is compared with those registered before: one that may be about the same matter must be committed first.
 * An endorsement changes nothing that is compared.
 */
export function raisesAnotherMatter(mine: Said, other: Said): boolean {
  if (other.command === ENDORSE) return namedForEndorsing(other) !== undefined;
  return other.command === RAISE && !mayBeOneMatter(mine.original, other.original);
}

/**
 * Who endorses is told how many they are: whoever endorsed the same before must be counted. It also settles what the
 * same person just raised and what waits because it looks alike.
 */
export function endorsesAnotherConcern(mine: Said, other: Said): boolean {
  const number = namedForEndorsing(mine);
  if (number === undefined) return false;
  if (other.command === RAISE) return senderKey(mine.message) !== senderKey(other.message);
  const others = other.command === ENDORSE ? namedForEndorsing(other) : undefined;
  return others !== undefined && others !== number;
}
