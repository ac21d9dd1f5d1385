import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

// The hashes of `sha256-node.ts` in plain JavaScript: a browser's own are not to be had without waiting.
export { sha256 };

export function sha256OfText(text: string): Uint8Array {
  return sha256(utf8ToBytes(text));
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256OfText(text));
}

export function hmacSha256(secret: string): (text: string) => string {
  // The key is worked in once: many thousand hashes of one poll follow.
  const keyed = hmac.create(sha256, utf8ToBytes(secret));
  return (text) => bytesToHex(keyed.clone().update(utf8ToBytes(text)).digest());
}
