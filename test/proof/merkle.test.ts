import { createHash, createHmac } from 'node:crypto';

import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson, hashPair, keyedHash, leafBytes, NODE } from '#src/proof/hashing';
import { climb, inclusionSteps, merkleRoot, merkleTree, rootOf } from '#src/proof/merkle';

/** The inputs and roots that the implementations of Certificate Transparency test themselves with. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const PATH_OF_0_IN_8 = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
];
const PATH_OF_5_IN_8 = [
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
];

/** SHA-256 by Node, beside ours. */
const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};
const leafOf = (bytes: Uint8Array) => sha256(Uint8Array.of(0), bytes);
const leaves = INPUTS.map((input) => leafOf(hexToBytes(input)));

/** RFC 6962, section 2.1, word for word. */
function rfcRoot(data: readonly Uint8Array[]): Buffer {
  const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [only] = data;
  if (!only) return sha();
  if (data.length === 1) return sha(Uint8Array.of(0), only);
  let k = 1;
  while (k * 2 < data.length) k *= 2;
  return sha(Uint8Array.of(1), rfcRoot(data.slice(0, k)), rfcRoot(data.slice(k)));
}

describe('the tree of RFC 6962', () => {
  it.each(ROOTS.map((root, index) => [index + 1, root] as const))(
    'of %i leaves has its root',
    (size, root) => {
      expect(merkleRoot(leaves.slice(0, size))).toBe(root);
      expect(rootOf(merkleTree(leaves.slice(0, size)))).toBe(root);
    },
  );

  it('of nothing is the hash of nothing', () => {
    expect(merkleRoot([])).toBe(createHash('sha256').digest('hex'));
    expect(rootOf(merkleTree([]))).toBe(merkleRoot([]));
  });

  it('has the known paths', () => {
    const tree = merkleTree(leaves);
    expect(inclusionSteps(tree, 0)?.map(({ hash }) => hash)).toEqual(PATH_OF_0_IN_8);
    expect(inclusionSteps(tree, 5)?.map(({ hash }) => hash)).toEqual(PATH_OF_5_IN_8);
    expect(inclusionSteps(tree, 8)).toBeUndefined();
  });

  it('is that of the definition, and every path leads to its root, whatever the size', () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });
    fc.assert(
      fc.property(contents, (data) => {
        const hashed = data.map((one) => leafOf(one));
        const tree = merkleTree(hashed);
        const root = rootOf(tree);
        expect(root).toBe(rfcRoot(data).toString('hex'));
        expect(merkleRoot(hashed)).toBe(root);
        hashed.forEach((leaf, index) => {
          const way = climb(leaf, inclusionSteps(tree, index) ?? []);
          expect(way.at(-1) ?? bytesToHex(leaf)).toBe(root);
        });
      }),
    );
  });

  it('leads nowhere from a leaf that is not there', () => {
    const tree = merkleTree(leaves);
    const foreign = leafOf(utf8ToBytes('foreign'));
    expect(climb(foreign, inclusionSteps(tree, 3) ?? []).at(-1)).not.toBe(rootOf(tree));
  });
});

describe('hashes', () => {
  it('are those of another implementation', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'binary' }), (bytes, secret) => {
        const pair = [sha256(bytes), sha256(utf8ToBytes(secret))] as const;
        expect(bytesToHex(hashPair(NODE, ...pair))).toBe(bytesToHex(sha256(Uint8Array.of(1), ...pair)));
        expect(bytesToHex(leafBytes(secret))).toBe(bytesToHex(leafOf(utf8ToBytes(JSON.stringify(secret)))));
        const text = bytesToHex(bytes);
        const keyed = createHmac('sha256', Buffer.from(secret, 'utf8')).update(text).digest('hex');
        expect(keyedHash(secret)(text)).toBe(keyed);
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('says the same of the same, whatever the order of the fields', () => {
    expect(canonicalJson({ b: [1, 'ä"\n', null], a: { d: true, c: undefined } })).toBe(
      '{"a":{"d":true},"b":[1,"ä\\"\\n",null]}',
    );
    expect(canonicalJson(new Date(0))).toBe('"1970-01-01T00:00:00.000Z"');
  });

  it('can be read back, and different values have different texts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        // JSON itself knows no −0.
        const once = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(canonicalJson(once))).toEqual(once);
      }),
    );
  });

  it.each([
    ['no number', Number.NaN],
    ['nothing', undefined],
    ['a function', () => 1],
    ['a hole', [undefined]],
    ['an abyss', JSON.parse('['.repeat(100) + ']'.repeat(100))],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});
