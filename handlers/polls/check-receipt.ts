import type { BallotEventStore, PollSecrets } from '#core/ballot-event';
import type { Poll, PollStore } from '#core/poll';
import type { PollSeal } from '#core/poll-seal';
import { inclusionSteps, merkleTree, type MerkleTree, type ProofStep } from '#src/proof/merkle';
import { ballotLeaf, createRows, type BallotRow } from '#src/proof/rows';
import { publishedEnd, type PollEnd } from '#src/proof/seal-poll';
import { pollEndOf } from './frozen-poll.ts';

export interface ReceiptDeps {
  readonly polls: Pick<PollStore, 'byFingerprint' | 'ballotsInTime'>;
  readonly ballotEvents: Pick<BallotEventStore, 'inOrder'>;
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

/** The receipt of a voter who turned out to be one person with another one: what of both stands, and what shows it. */
export interface JoinedReceipt {
  /** Pseudonyms, as they stand in the published end. */
  readonly voter: string;
  readonly into: string;
  /** What lies under the seal with every such pair in it. */
  readonly end: PollEnd;
  /** The one ballot of both. */
  readonly proof: ReceiptProof;
}

interface List {
  readonly rows: readonly BallotRow[];
  readonly tree: MerkleTree;
  /** Of every receipt that a struck voter ever got, the pseudonyms of both. */
  readonly struck: ReadonlyMap<string, StruckPair>;
}

type StruckPair = NonNullable<PollEnd['struck']>[number];

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
    /** Undefined for every receipt that is not one of a voter who was struck. */
    async joinedWith({ poll }: ProvenPoll, code: string): Promise<JoinedReceipt | undefined> {
      const { rows, tree, struck } = await listOf(poll);
      const pair = struck.get(code);
      const at = rows.findIndex(({ voter }) => voter === pair?.into);
      const row = rows[at];
      if (!pair || !row) return undefined;
      const make = createRows(poll.id, await deps.pollSecrets.secretOf(poll.id));
      const proof = { row, steps: inclusionSteps(tree, at) ?? [] };
      return { ...pair, end: publishedEnd(make, pollEndOf(poll)), proof };
    },
  };
}

type Rows = ReturnType<typeof createRows>;

async function readList(deps: ReceiptDeps, poll: Poll): Promise<List> {
  const { polls, pollSecrets } = deps;
  const make = createRows(poll.id, await pollSecrets.secretOf(poll.id));
  const rows: BallotRow[] = [];
  for await (const ballot of polls.ballotsInTime(poll)) {
    const { voter, commitment, code } = make.ballot(ballot);
    rows.push({ voter, commitment, code });
  }
  rows.sort((a, b) => (a.voter < b.voter ? -1 : 1));
  const tree = merkleTree(rows.map((row) => ballotLeaf(poll.id, row)));
  return { rows, tree, struck: await struckReceipts(deps, poll, make) };
}

/** Read from the events, which stay: the ballots of a struck voter are not on the list. */
async function struckReceipts(
  { ballotEvents }: ReceiptDeps,
  { id, closesAt, strikes = [] }: Poll,
  make: Rows,
): Promise<List['struck']> {
  const found = new Map<string, StruckPair>();
  if (strikes.length === 0) return found;
  const into = new Map(strikes.map((strike) => [strike.voterId, strike.intoId]));
  for await (const event of ballotEvents.inOrder(id, closesAt)) {
    const intoId = lastInto(into, event.voterId);
    if (intoId !== undefined)
      found.set(make.ballot(event).code, make.struck({ voterId: event.voterId, intoId }));
  }
  return found;
}

/** The voter who has the one vote: who took over a vote may have been struck later. */
function lastInto(into: ReadonlyMap<string, string>, voterId: string): string | undefined {
  let last = into.get(voterId);
  for (let left = into.size; left > 0 && last !== undefined; left -= 1) last = into.get(last) ?? last;
  return last;
}
