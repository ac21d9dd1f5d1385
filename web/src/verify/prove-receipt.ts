import type { ProvenPollAnswer, ReceiptAnswer } from '../../../src/http/public/verify-views.ts';
import { climb } from '../../../src/proof/merkle.ts';
import { ballotLeaf, receiptCode } from '../../../src/proof/rows.ts';
import { sealed } from '../../../src/proof/seal-poll.ts';
import { toHex } from '../../../src/proof/hashing.ts';

/** One thing that was worked out, and whether it is what it should be. */
export interface ProofLine {
  readonly words: string;
  readonly hash: string;
  readonly holds: boolean;
}

/** Works out on this device that a row has this receipt, lies under the sealed root, and the root under the seal. */
export function proveReceipt(
  { pollId, seal }: ProvenPollAnswer,
  { row, steps }: ReceiptAnswer['proofs'][number],
  code: string,
): readonly ProofLine[] {
  const leaf = ballotLeaf(pollId, row);
  const way = climb(leaf, steps);
  const root = way.at(-1) ?? toHex(leaf);
  const whole = sealed(pollId, seal);
  return [
    { words: '这一行选票算出的回执', hash: toHex(leaf), holds: receiptCode(leaf) === code },
    ...way.slice(0, -1).map((hash, at) => ({ words: `往上合并第${at + 1}次`, hash, holds: true })),
    { words: '选票的根，和封存的比', hash: root, holds: root === seal.ballots },
    { words: '全部封存的指纹，和核验码比', hash: whole.seal, holds: whole.code === seal.code },
  ];
}
