import { createHmac, createSecretKey, hash } from 'node:crypto';

/** SHA-256 by Node's own library, ten times as fast as JavaScript. The browser's twin is `sha256-browser.ts`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/** SHA-256 of a text in UTF-8. */
export function sha256OfText(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

/** SHA-256 of a text in UTF-8, in hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** HMAC-SHA-256 of texts under one key, all in UTF-8; in hex. */
export function hmacSha256(secret: string): (text: string) => string {
  const key = createSecretKey(secret, 'utf8');
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
