import { z } from 'zod';

import type { FaultKind, FaultPart, PollFault } from '#core/poll-fault';
import type { PollExport } from './export-format.ts';
import { merkleRoot } from './merkle.ts';
import { isPossibleChoice } from './possible-choice.ts';
import { ballotCommitment, ballotLeaf, receiptCode, rollCommitment, rollLeaf } from './rows.ts';

interface CheckedList {
  readonly root: string;
  readonly faults: readonly PollFault[];
}

/** Checks each voter on the roll: their order, that nobody is there twice, and weights against their commitments. */
export function checkRoll(data: PollExport): CheckedList {
  const { id } = data.poll;
  const faults = disorder('roll', data.roll);
  if (data.form === 'open')
    data.roll.forEach((row, index) => {
      if (rollCommitment(id, row.voter, row) !== row.commitment)
        faults.push({ part: 'roll', kind: 'altered', row: index + 1, name: row.voter });
    });
  return { root: merkleRoot(data.roll.map((row) => rollLeaf(id, row))), faults };
}

/** Whoever was struck from the roll, and the voter with whom they are one. */
export function strikesOf({ end }: Pick<PollExport, 'end'>): ReadonlyMap<string, string> {
  return new Map(end.struck?.map(({ voter, into }) => [voter, into]));
}

/** Checks who was struck from the roll: two voters of it, nobody twice. */
export function checkStrikes({ end }: PollExport, voters: ReadonlySet<string>): readonly PollFault[] {
  const rows = end.struck ?? [];
  const faults = disorder('end', rows);
  rows.forEach(({ voter, into }, index) => {
    const areTwo = voter !== into && voters.has(voter) && voters.has(into);
    if (!areTwo) faults.push({ part: 'end', kind: 'stranger', row: index + 1, name: voter });
  });
  return faults;
}

const times = z.looseObject({ openedAt: z.string().optional(), closesAt: z.string().optional() });
/** A minute that ran already when the poll opened may stand on a paper, and clocks of vendors are not ours. */
const SLACK_MS = 60_000;

/** Checks the end against what the frozen rules say: never later, and earlier only with a reason. */
export function checkEnd({ poll, end }: PollExport): readonly PollFault[] {
  const said = times.safeParse(poll.rules).data?.closesAt ?? end.closesAt;
  if (end.closesAt > said) return [{ part: 'end', kind: 'late', found: end.closesAt, expected: said }];
  const isExplained = end.closesAt === said || end.closedEarlyReason !== undefined;
  return isExplained ? [] : [{ part: 'end', kind: 'early', found: end.closesAt, expected: said }];
}

/** Whether something came before the poll was there. */
export function isEarly({ rules }: PollExport['poll'], at: string): boolean {
  const { openedAt } = times.safeParse(rules).data ?? {};
  return openedAt !== undefined && Date.parse(at) < Date.parse(openedAt) - SLACK_MS;
}

/** Checks each ballot by itself: its hash, its voter, and in an open poll its choice and time. */
export function checkBallots(data: PollExport, voters: ReadonlySet<string>): CheckedList {
  const { id } = data.poll;
  const struck = strikesOf(data);
  const faults = disorder('ballots', data.ballots);
  const fault = (index: number, kind: FaultKind) =>
    faults.push({ part: 'ballots', kind, row: index + 1, name: data.ballots[index]?.code ?? '' });
  const leaves = data.ballots.map((row, index) => {
    const leaf = ballotLeaf(id, row);
    if (receiptCode(leaf) !== row.code) fault(index, 'altered');
    if (!voters.has(row.voter)) fault(index, 'stranger');
    if (struck.has(row.voter)) fault(index, 'struck');
    return leaf;
  });
  if (data.form === 'open') checkOpened(data, fault);
  return { root: merkleRoot(leaves), faults };
}

function checkOpened(
  { poll, end, ballots }: PollExport & { form: 'open' },
  fault: (index: number, kind: FaultKind) => void,
): void {
  ballots.forEach((row, index) => {
    if (ballotCommitment(poll.id, row.voter, row) !== row.commitment) fault(index, 'altered');
    if (row.at > end.closesAt) fault(index, 'late');
    if (isEarly(poll, row.at)) fault(index, 'early');
    if (!isPossibleChoice(poll.method, poll.options.length, row.choice)) fault(index, 'impossible');
  });
}

/** Rows stand in the order of their pseudonyms, each once. */
function disorder(part: FaultPart, rows: readonly { readonly voter: string }[]): PollFault[] {
  const faults: PollFault[] = [];
  const seen = new Set<string>();
  rows.forEach(({ voter }, index) => {
    const before = rows[index - 1]?.voter ?? '';
    if (seen.has(voter)) faults.push({ part, kind: 'repeated', row: index + 1, name: voter });
    else if (voter < before) faults.push({ part, kind: 'unordered', row: index + 1, name: voter });
    seen.add(voter);
  });
  return faults;
}
