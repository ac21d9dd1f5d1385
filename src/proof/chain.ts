import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

import { LINK, hashPair, leafHash } from './hashing.ts';

/** Where the chain of a poll begins: nothing has happened, but the question, the rules and the roll are fixed. */
export function chainStart(pollId: string, opening: string): string {
  return leafHash(['yishi-chain/1', pollId, opening]);
}

/** The next link: it covers the event and every one before. */
export function nextLink(link: string, eventHash: string): string {
  return bytesToHex(hashPair(LINK, hexToBytes(link), hexToBytes(eventHash)));
}
