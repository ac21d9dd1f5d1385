import { bytesToHex as toHex, hexToBytes as fromHex } from '@noble/hashes/utils.js';

import { NODE, hashPair } from './hashing.ts';

/** The hash trees of RFC 6962: leaves are hashed already, nodes are SHA-256 over 0x01 and both children. */
function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashPair(NODE, left, right);
}

/** All levels, leaves first, the root last. A node without a neighbour moves up as it is. */
export type MerkleTree = readonly (readonly Uint8Array[])[];

export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; level = levels.at(-1) ?? []) levels.push(above(level));
  return levels;
}

function above(level: readonly Uint8Array[]): Uint8Array[] {
  const nodes: Uint8Array[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index] as Uint8Array;
    const right = level[index + 1];
    nodes.push(right ? nodeOf(left, right) : left);
  }
  return nodes;
}

/** SHA-256 of nothing, as RFC 6962 has it for a tree without leaves. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export function rootOf(tree: MerkleTree): string {
  const root = tree.at(-1)?.[0];
  return root ? toHex(root) : EMPTY;
}

export function merkleRoot(leaves: readonly Uint8Array[]): string {
  let level = leaves;
  while (level.length > 1) level = above(level);
  return rootOf([level]);
}

/** One step up from a leaf: the neighbour's hash, and on which side it stands. */
export interface ProofStep {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** The neighbours on the way from a leaf to the root; undefined when there is no such leaf. */
export function inclusionSteps(tree: MerkleTree, index: number): readonly ProofStep[] | undefined {
  if (!tree[0]?.[index]) return undefined;
  const steps: ProofStep[] = [];
  let position = index;
  for (const level of tree.slice(0, -1)) {
    const isRight = position % 2 === 1;
    const neighbour = level[isRight ? position - 1 : position + 1];
    if (neighbour) steps.push({ side: isRight ? 'left' : 'right', hash: toHex(neighbour) });
    position = Math.floor(position / 2);
  }
  return steps;
}

/** The hashes on the way up from a leaf, the root last. */
export function climb(leaf: Uint8Array, steps: readonly ProofStep[]): readonly string[] {
  let node = leaf;
  return steps.map(({ side, hash }) => {
    node = side === 'left' ? nodeOf(fromHex(hash), node) : nodeOf(node, fromHex(hash));
    return toHex(node);
  });
}
