import { hexToBytes } from '@noble/hashes/utils.js';

/** Without the signs that are mistaken for each other; 32 of them, so that every sign is five bits. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const BITS = 5;

/** 40 bits: enough to find one's row among the ballots of a poll. */
export const RECEIPT_CHARS = 8;
/** 80 bits: nobody can make a second poll with the same code. */
export const SEAL_CHARS = 16;

/** 60 bits: years of work for whoever wants a second question or roll with the same code. */
const OPENING_CHARS = 12;

/** The fingerprint of an opening as it stands in the groups. */
export function openingCode(hash: string): string {
  return shortCode(hexToBytes(hash), OPENING_CHARS);
}

/** The first bits of a hash, for people. */
export function shortCode(hash: Uint8Array, length: number): string {
  let code = '';
  let held = 0;
  let bits = 0;
  for (const byte of hash) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= BITS && code.length < length; bits -= BITS)
      code += ALPHABET.charAt((held >> (bits - BITS)) & 31);
  }
  return code;
}

/** A code as a person may type it: any case, full width, with dashes or spaces. */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/gu, '');
}

/** A code as it is shown, in fours. */
export function inFours(code: string): string {
  return code.replace(/(.{4})(?=.)/gu, '$1-');
}
