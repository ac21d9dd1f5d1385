import { createHash } from 'node:crypto';

/** From 戀 to 澿: none of them asks, negates or counts. */
const FIRST_SIGN = 0x6200;
const SIGNS = 3_072;
const LENGTH = 12;

/** Text that is like no other text: the same for the same key, so that an effect can be traced to its message. */
export function wordsOf(key: string): string {
  const digest = createHash('sha256').update(key).digest();
  const signs = Array.from({ length: LENGTH }, (_, index) =>
    String.fromCodePoint(FIRST_SIGN + (digest.readUInt16BE(index * 2) % SIGNS)),
  );
  return signs.join('');
}
