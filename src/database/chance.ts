import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Chance } from '#core/clock';

/** Digits and capital letters without those that are mistaken for each other: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const UNAMBIGUOUS = '34679ACDEFGHJKMNPQRTWXY';

const FRACTION_BYTES = 6;

/** Chance from the operating system's generator: fit for codes and links that must not be guessed. */
export function createChance(): Chance {
  return {
    id: () => randomUUID(),
    code: (length) =>
      Array.from({ length }, () => UNAMBIGUOUS.charAt(randomInt(UNAMBIGUOUS.length))).join(''),
    fraction: () => randomBytes(FRACTION_BYTES).readUIntBE(0, FRACTION_BYTES) / 2 ** (8 * FRACTION_BYTES),
  };
}
