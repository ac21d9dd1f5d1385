import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** What stands before the bytes of a hash, so that no leaf can pass for a node of a tree or a link of a chain. */
export const LEAF = 0x00;
export const NODE = 0x01;
export const LINK = 0x02;

export const toHex = bytesToHex;

/** SHA-256 over one domain byte and the parts. */
export function hashBytes(domain: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(domain), ...parts));
}

/** SHA-256, in hex, over a leaf: the domain byte 0x00 and the canonical JSON of the value. */
export function leafHash(value: unknown): string {
  return toHex(leafBytes(value));
}

export function leafBytes(value: unknown): Uint8Array {
  return hashBytes(LEAF, utf8ToBytes(canonicalJson(value)));
}

/**
 * One text for one value, in any language that has JSON: no spaces, keys sorted by code unit, fields without a value
 * left out, instants as in ISO 8601. Throws a TypeError for what JSON cannot say and for what lies too deep.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MOST_DEPTH) throw new TypeError('too deep');
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one, depth + 1)).join(',')}]`;
  if (typeof value === 'object' && value !== null) return canonicalObject(value, depth + 1);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a number of JSON');
  const said = JSON.stringify(value) as string | undefined;
  if (said === undefined) throw new TypeError('not a value of JSON');
  return said;
}

/** A file from outside may be nested without end. */
const MOST_DEPTH = 32;

function canonicalObject(value: object, depth: number): string {
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one, depth)}`).join(',')}}`;
}

/** A keyed hash, in hex; whoever lacks the secret can neither compute nor guess one. */
export type KeyedHash = (text: string) => string;

export function keyedHash(secret: string): KeyedHash {
  // The key is worked in once: many thousand hashes of one poll follow.
  const keyed = hmac.create(sha256, utf8ToBytes(secret));
  return (text) => toHex(keyed.clone().update(utf8ToBytes(text)).digest());
}
