import type { PollSecrets } from '#core/ballot-event';
import type { Poll, PollStore } from '#core/poll';
import type { PollSeal } from '#core/poll-seal';
import { inclusionSteps, merkleTree, type MerkleTree, type ProofStep } from '#src/proof/merkle';
import { ballotLeaf, createRows, type BallotRow } from '#src/proof/rows';

export interface ReceiptDeps {
  readonly polls: Pick<PollStore, 'byFingerprint' | 'ballotsInTime'>;
  readonly pollSecrets: PollSecrets;
}

/** A counted poll as anybody may see it who has its address. */
export interface ProvenPoll {
  readonly poll: Poll;
  readonly seal: PollSeal;
}

/** The row of a ballot, and the way from it up to the root that was sealed. */
export interface ReceiptProof {
  readonly row: BallotRow;
  readonly steps: readonly ProofStep[];
}

interface List {
  readonly rows: readonly BallotRow[];
  readonly tree: MerkleTree;
}

/** Lists of this many polls are kept in memory; a closed poll's never changes. */
const MOST_KEPT = 8;

/**
 * Looks up receipts for anybody: only of counted polls, whose result the groups have. Says nothing of voters or
 * choices. Several rows of one code are possible among very many ballots; then all of them are shown.
 */
export function createReceiptCheck(deps: ReceiptDeps) {
  const kept = new Map<string, Promise<List>>();

  function listOf(poll: Poll): Promise<List> {
    const known = kept.get(poll.id);
    if (known) return known;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const made = readList(deps, poll);
    kept.set(poll.id, made);
    made.catch(() => kept.delete(poll.id));
    return made;
  }

  return {
    async provenPoll(fingerprintHead: string): Promise<ProvenPoll | undefined> {
      const poll = await deps.polls.byFingerprint(fingerprintHead);
      const seal = poll?.result?.seal;
      return poll && seal ? { poll, seal } : undefined;
    },
    async proofsOf({ poll }: ProvenPoll, code: string): Promise<readonly ReceiptProof[]> {
      const { rows, tree } = await listOf(poll);
      return rows.flatMap((row, index) =>
        row.code === code ? [{ row, steps: inclusionSteps(tree, index) ?? [] }] : [],
      );
    },
  };
}

async function readList({ polls, pollSecrets }: ReceiptDeps, poll: Poll): Promise<List> {
  const make = createRows(poll.id, await pollSecrets.secretOf(poll.id));
  const rows: BallotRow[] = [];
  for await (const ballot of polls.ballotsInTime(poll)) {
    const { voter, commitment, code } = make.ballot(ballot);
    rows.push({ voter, commitment, code });
  }
  rows.sort((a, b) => (a.voter < b.voter ? -1 : 1));
  return { rows, tree: merkleTree(rows.map((row) => ballotLeaf(poll.id, row))) };
}
