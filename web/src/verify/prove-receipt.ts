import type {
  JoinedReceiptAnswer,
  ProvenPollAnswer,
  RowProof,
} from '../../../src/http/public/verify-views.ts';
import { climb } from '../../../src/proof/merkle.ts';
import { ballotLeaf, receiptCode } from '../../../src/proof/rows.ts';
import { endHash, sealed } from '../../../src/proof/seal-poll.ts';
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
  { row, steps }: RowProof,
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

/**
 * The same for the receipt of a voter who was struck: that both stand in the sealed end as one person, and that the one
 * ballot of both is on the list.
 */
export function proveJoined(
  proven: ProvenPollAnswer,
  { voter, into, end, proof }: JoinedReceiptAnswer,
): readonly ProofLine[] {
  const hash = endHash(proven.pollId, end);
  const isPublished = leadsTo(end.struck ?? [], voter, into) && proof.row.voter === into;
  return [
    { words: `并票的记录：${voter.slice(0, 8)} 并到 ${into.slice(0, 8)}`, hash: voter, holds: isPublished },
    { words: '截止和并票的指纹，和封存的比', hash, holds: hash === proven.seal.end },
    ...proveReceipt(proven, proof, proof.row.code),
  ];
}

/** Whether the published pairs lead from one voter to the other, if need be over some between. */
function leadsTo(
  struck: NonNullable<JoinedReceiptAnswer['end']['struck']>,
  from: string,
  to: string,
): boolean {
  const into = new Map(struck.map((pair) => [pair.voter, pair.into]));
  let last = into.get(from);
  for (let left = into.size; left > 0 && last !== undefined && last !== to; left -= 1) last = into.get(last);
  return last === to;
}
