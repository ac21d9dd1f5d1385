import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherGapMs } from '#procedure/gathering';
import { judgePoll, mayShowCounts } from '#procedure/verdict';

const AT = new Date('2026-12-20T10:00:00Z');
const judge = (counts: readonly number[], quorum = 0) => {
  const voters = counts.reduce((sum, votes) => sum + votes, 0);
  return judgePoll({ counts, voters }, { quorum, rollSize: 100 }, AT);
};

describe('judging a poll', () => {
  it('names the option that alone has most votes', () => {
    expect(judge([79, 15, 4]).leading).toBe(0);
    expect(judge([1, 15, 4]).leading).toBe(1);
  });

  it('names none for a tie, for no votes, and below the quorum', () => {
    expect(judge([5, 5, 1])).not.toHaveProperty('leading');
    expect(judge([0, 0, 0])).not.toHaveProperty('leading');
    expect(judge([60, 8, 3], 80)).toMatchObject({ quorumMet: false, voters: 71 });
    expect(judge([60, 8, 3], 80)).not.toHaveProperty('leading');
    expect(judge([60, 8, 3], 71)).toMatchObject({ quorumMet: true, leading: 0 });
  });

  it('agrees with a slow oracle', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 2, maxLength: 8 }), fc.nat(20), (counts, quorum) => {
        const { leading, voters, quorumMet } = judge(counts, quorum);
        const winners = counts.flatMap((votes, i) =>
          counts.every((other, j) => i === j || other < votes) ? [i] : [],
        );
        expect(leading).toBe(voters >= quorum ? winners[0] : undefined);
        expect(quorumMet).toBe(voters >= quorum);
      }),
    );
  });
});

describe('counts', () => {
  it('are hidden while a poll is open unless it says otherwise, and for ever when it was annulled uncounted', () => {
    const poll = { rules: { showsCountsWhileOpen: false } };
    expect(mayShowCounts({ ...poll, state: 'open' })).toBe(false);
    expect(mayShowCounts({ ...poll, state: 'annulled' })).toBe(false);
    expect(mayShowCounts({ ...poll, state: 'closed' })).toBe(true);
    expect(mayShowCounts({ rules: { showsCountsWhileOpen: true }, state: 'open' })).toBe(true);
  });
});

describe('gathered lines', () => {
  it('come after 1 minute, then 5, 10, 20 and each 30 minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 99].map((step) => gatherGapMs(step) / 60_000)).toEqual([
      1, 5, 10, 20, 30, 30, 30,
    ]);
  });
});
