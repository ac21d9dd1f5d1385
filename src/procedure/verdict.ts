import type { PollResult, Tally } from '#core/poll';

/**
 * What a recount means. `leading` is there only when one option alone has most votes and the quorum is met: a vote
 * advises, it never decides (seed S2:7), so this says what most people want and nothing more.
 */
export function judgePoll(
  tally: Tally,
  rules: { quorum: number; rollSize: number },
  countedAt: Date,
): PollResult {
  const most = Math.max(0, ...tally.counts);
  const leaders = tally.counts.flatMap((votes, option) => (votes === most && votes > 0 ? [option] : []));
  const quorumMet = tally.voters >= rules.quorum;
  const [leading] = leaders;
  return {
    counts: tally.counts,
    voters: tally.voters,
    rollSize: rules.rollSize,
    quorumMet,
    ...(quorumMet && leaders.length === 1 && leading !== undefined && { leading }),
    countedAt,
    digest: tally.digest,
  };
}

/** How a result reads: `none` when nobody voted, `short` when the quorum is missed, `tie` when several lead. */
export type Verdict =
  { readonly kind: 'leading'; readonly option: string } | { readonly kind: 'tie' | 'short' | 'none' };

export function verdictOf(result: PollResult, options: readonly string[]): Verdict {
  if (!result.quorumMet) return { kind: 'short' };
  if (result.voters === 0) return { kind: 'none' };
  const option = result.leading === undefined ? undefined : options[result.leading];
  return option === undefined ? { kind: 'tie' } : { kind: 'leading', option };
}
