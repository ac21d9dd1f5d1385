import type { Poll, PollResult, PollRules } from '#core/poll';
import type { MethodCount } from '#core/vote-method';

/**
 * What a recount means. `leading` is there only when one option alone has most votes and the quorum is met: a vote
 * advises, it never decides (seed S2:7), so this says what most people want and nothing more.
 */
export function judgePoll(
  tally: MethodCount,
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
    ...(tally.detail && { detail: tally.detail }),
    rollSize: rules.rollSize,
    quorumMet,
    ...(quorumMet && leaders.length === 1 && leading !== undefined && { leading }),
    countedAt,
  };
}

/** Whether counts may be shown: never before the end unless the poll says so when it opens. */
export function mayShowCounts(
  poll: Pick<Poll, 'state' | 'result'> & { readonly rules: Pick<PollRules, 'showsCountsWhileOpen'> },
): boolean {
  switch (poll.state) {
    case 'open':
      return poll.rules.showsCountsWhileOpen;
    case 'closed':
      return true;
    case 'annulled':
      return poll.result !== undefined;
  }
}
