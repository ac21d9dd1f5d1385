import { bytesToHex } from '@noble/hashes/utils.js';

import { hmacSha256, sha256, sha256Hex, sha256OfText } from '#src/hash/sha256';

/** What stands before the bytes of a hash, so that no leaf can pass for a node of a tree or a link of a chain. */
const LEAF_SIGN = '\u0000';
export const NODE = 0x01;
export const LINK = 0x02;

export const toHex = bytesToHex;

const HASH_BYTES = 32;

/** SHA-256 over one domain byte and two hashes. */
export function hashPair(domain: number, left: Uint8Array, right: Uint8Array): Uint8Array {
  // Made anew each time: what is hashed last must not lie about in what is hashed next.
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = domain;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return sha256(bytes);
}

/** SHA-256, in hex, over a leaf: the domain byte 0x00 and the canonical JSON of the value. */
export function leafHash(value: unknown): string {
  return sha256Hex(leafText(value));
}

export function leafBytes(value: unknown): Uint8Array {
  return sha256OfText(leafText(value));
}

/** The sign U+0000 is the domain byte: one text, no second copy of its bytes. */
function leafText(value: unknown): string {
  return `${LEAF_SIGN}${canonicalJson(value)}`;
}

/**
 * One text for one value, in any language that has JSON: no spaces, keys sorted by code unit, fields without a value
 * left out, instants as in ISO 8601. Throws a TypeError for what JSON cannot say and for what lies too deep.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (depth > MOST_DEPTH) throw new TypeError('too deep');
  if (Array.isArray(value)) return canonicalList(value, depth + 1);
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (typeof value === 'object' && value !== null) return canonicalObject(value, depth + 1);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a number of JSON');
  const said = JSON.stringify(value) as string | undefined;
  if (said === undefined) throw new TypeError('not a value of JSON');
  return said;
}

/** A file from outside may be nested without end. */
const MOST_DEPTH = 32;

/** Written without lists in between: a poll has many thousand rows. */
function canonicalList(list: readonly unknown[], depth: number): string {
  let text = '[';
  for (let index = 0; index < list.length; index += 1) {
    text += `${index === 0 ? '' : ','}${canonicalJson(list[index], depth)}`;
  }
  return `${text}]`;
}

function canonicalObject(value: object, depth: number): string {
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one, depth)}`).join(',')}}`;
}

/** A keyed hash, in hex; whoever lacks the secret can neither compute nor guess one. */
export type KeyedHash = (text: string) => string;

export const keyedHash: (secret: string) => KeyedHash = hmacSha256;
