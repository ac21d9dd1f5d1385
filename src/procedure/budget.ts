import type { PollMethod } from '#core/vote-method';

type Budget = Extract<PollMethod, { kind: 'budget' }>;

/**
 * What the limit pays: the options in the order of their votes, of equals the earlier one first; what no longer fits
 * is passed over and the next one tried. Nothing that nobody wished for is taken.
 */
export function payable(
  { limit, costs }: Pick<Budget, 'limit' | 'costs'>,
  votes: readonly number[],
): { readonly chosen: readonly number[]; readonly spent: number } {
  const wished = votes.flatMap((count, option) => (count > 0 ? [option] : []));
  const byVotes = wished.toSorted((a, b) => (votes[b] ?? 0) - (votes[a] ?? 0) || a - b);
  const chosen: number[] = [];
  let spent = 0;
  for (const option of byVotes) {
    const cost = costs[option] ?? Infinity;
    if (spent + cost > limit) continue;
    chosen.push(option);
    spent += cost;
  }
  return { chosen, spent };
}
