import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import * as browser from '#src/hash/sha256-browser';
import * as chosen from '#src/hash/sha256';
import * as node from '#src/hash/sha256-node';

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** FIPS 180-4, the examples of NIST. */
const HASHES: readonly (readonly [string, string])[] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
];

/** RFC 4231, the cases whose keys are text, and one key longer than a block. */
const KEYED: readonly (readonly [string, string, string])[] = [
  [
    'Jefe',
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['\u000b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
];

describe.each([
  ['in Node', node],
  ['in browsers', browser],
])('SHA-256 %s', (_, { sha256, sha256Hex, sha256OfText, hmacSha256 }) => {
  it.each(HASHES)('of %j', (text, hash) => {
    expect([sha256Hex(text), hex(sha256OfText(text)), hex(sha256(utf8(text)))]).toEqual([hash, hash, hash]);
  });

  it.each(KEYED)('under the key %j of %j', (key, text, hash) => {
    const keyed = hmacSha256(key);
    expect([keyed(text), keyed('something else'), keyed(text)]).toEqual([
      hash,
      expect.not.stringMatching(hash),
      hash,
    ]);
  });
});

describe('both', () => {
  it('say the same of any text, half characters too', () => {
    const anything = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      maxLength: 200,
    });
    fc.assert(
      fc.property(anything, anything, (secret, text) => {
        expect(node.sha256Hex(text)).toBe(browser.sha256Hex(text));
        expect(hex(node.sha256OfText(text))).toBe(hex(browser.sha256OfText(text)));
        expect(hex(node.sha256(utf8(text)))).toBe(hex(browser.sha256(utf8(text))));
        expect(node.hmacSha256(secret)(text)).toBe(browser.hmacSha256(secret)(text));
      }),
    );
  });

  it('the server takes the one of Node', () => {
    expect(chosen.sha256).toBe(node.sha256);
  });
});
