import type { Choice, RunoffRound } from '#core/vote-method';

/** A ranking and how many gave it. */
interface Ranking {
  readonly choice: Choice;
  readonly voters: number;
}

/**
 * Instant run-off: every ballot counts for its best option that is still in. Until one option has more than half, or
 * only equals are left, the one with fewest votes leaves. Of equals leaves the one with fewer votes in the latest
 * earlier round in which they differed; when there is none, the later one on the list.
 */
export function runOff(ballots: readonly Ranking[], options: number): readonly RunoffRound[] {
  const left = new Set(Array.from({ length: options }, (_, option) => option));
  const rounds: { votes: readonly number[]; out?: number }[] = [];
  for (;;) {
    const votes = votesOf(ballots, left, options);
    const inPlay = [...left].map((option) => votes[option] ?? 0);
    const all = inPlay.reduce((sum, count) => sum + count, 0);
    const [most, least] = [Math.max(...inPlay), Math.min(...inPlay)];
    const isOver = left.size < 3 || most * 2 > all || most === least;
    if (isOver) return [...rounds, { votes }];
    const out = leaving(left, votes, rounds);
    rounds.push({ votes, out });
    left.delete(out);
  }
}

function votesOf(ballots: readonly Ranking[], left: ReadonlySet<number>, options: number): readonly number[] {
  const votes = Array.from({ length: options }, () => 0);
  for (const { choice, voters } of ballots) {
    const best = choice.find((option) => left.has(option));
    if (best !== undefined) votes[best] = (votes[best] ?? 0) + voters;
  }
  return votes;
}

function leaving(
  left: ReadonlySet<number>,
  votes: readonly number[],
  earlier: readonly RunoffRound[],
): number {
  let candidates = fewest([...left], votes);
  for (const round of earlier.toReversed()) candidates = fewest(candidates, round.votes);
  return Math.max(...candidates);
}

function fewest(options: readonly number[], votes: readonly number[]): readonly number[] {
  const least = Math.min(...options.map((option) => votes[option] ?? 0));
  return options.filter((option) => (votes[option] ?? 0) === least);
}
