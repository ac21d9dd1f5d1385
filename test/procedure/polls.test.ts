import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PollRules, Tally } from '#core/poll';
import type { PollMethod } from '#core/vote-method';
import { gatherGapMs } from '#procedure/gathering';
import { suppressSmallCells } from '#procedure/small-cells';
import { isMet, judgePoll, leastOf, mayShowCounts, quorumOf } from '#procedure/verdict';

const AT = new Date('2026-12-20T10:00:00Z');
const RULES: PollRules = {
  quorum: { kind: 'none' },
  threshold: 'plurality',
  abstentions: 'count',
  secrecy: 'open',
  showsCountsWhileOpen: false,
  minCell: 0,
};

interface Case {
  readonly quorum?: number;
  readonly rules?: Partial<PollRules>;
  readonly method?: PollMethod;
  readonly rollSize?: number;
  readonly joined?: Tally['joined'];
}

function judge(counts: readonly number[], given: Case = {}) {
  const { quorum = 0, rules = {}, method = { kind: 'single' }, rollSize = 100, joined } = given;
  const voters = counts.reduce((sum, votes) => sum + votes, 0);
  const tally = { counts, voters, ...(joined && { joined }) };
  return judgePoll(tally, { method, quorum, rollSize, rules: { ...RULES, ...rules } }, AT);
}

describe('judging a poll', () => {
  it('names the option that alone has most votes', () => {
    expect(judge([79, 15, 4]).leading).toBe(0);
    expect(judge([1, 15, 4]).leading).toBe(1);
  });

  it('names none for a tie, for no votes, and below the quorum', () => {
    expect(judge([5, 5, 1])).not.toHaveProperty('leading');
    expect(judge([0, 0, 0])).not.toHaveProperty('leading');
    expect(judge([60, 8, 3], { quorum: 80 })).toMatchObject({ quorumMet: false, voters: 71 });
    expect(judge([60, 8, 3], { quorum: 80 })).not.toHaveProperty('leading');
    expect(judge([60, 8, 3], { quorum: 71 })).toMatchObject({ quorumMet: true, leading: 0 });
  });

  it('agrees with a slow oracle', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 2, maxLength: 8 }), fc.nat(20), (counts, quorum) => {
        const { leading, voters, quorumMet } = judge(counts, { quorum });
        const winners = counts.flatMap((votes, i) =>
          counts.every((other, j) => i === j || other < votes) ? [i] : [],
        );
        expect(leading).toBe(voters >= quorum ? winners[0] : undefined);
        expect(quorumMet).toBe(voters >= quorum);
      }),
    );
  });

  it('takes the winner of a run-off, not who led at first, and no single one from a budget', () => {
    const tally: Tally = {
      counts: [4, 3, 2],
      voters: 9,
      detail: { kind: 'instantRunoff', rounds: [{ votes: [4, 3, 2], out: 2 }, { votes: [4, 5, 0] }] },
    };
    const poll = { quorum: 0, rollSize: 9, rules: RULES };
    expect(
      judgePoll(tally, { ...poll, method: { kind: 'ranking', rule: 'instantRunoff' } }, AT).leading,
    ).toBe(1);
    const method: PollMethod = { kind: 'budget', limit: 9, costs: [1, 2, 3], unit: '元' };
    expect(judge([5, 2, 1], { method })).not.toHaveProperty('leading');
  });
});

describe('a share of a whole number', () => {
  it('is exact at the boundary: one less is too few', () => {
    const share = fc.record({
      numerator: fc.integer({ min: 1, max: 12 }),
      denominator: fc.integer({ min: 12, max: 24 }),
      isMore: fc.boolean(),
    });
    fc.assert(
      fc.property(share, fc.nat(2_000_000_000), ({ numerator, denominator, isMore }, whole) => {
        const least = leastOf({ numerator, denominator, isMore }, whole);
        const isEnough = (part: number) => {
          const [have, need] = [BigInt(part) * BigInt(denominator), BigInt(whole) * BigInt(numerator)];
          return part > 0 && (isMore ? have > need : have >= need);
        };
        expect([isEnough(least), isEnough(least - 1)]).toEqual([true, false]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of a roll is the quorum that the rules ask for', () => {
    const two3rds = { kind: 'share', share: { numerator: 2, denominator: 3, isMore: false } } as const;
    expect([0, 7, 120].map((size) => quorumOf({ ...RULES, quorum: two3rds }, size))).toEqual([1, 5, 80]);
    expect(quorumOf({ ...RULES, article278: 'major' }, 120)).toBe(80);
    expect(quorumOf({ ...RULES, quorum: { kind: 'voters', least: 9 } }, 120)).toBe(9);
    expect(quorumOf({ ...RULES, quorum: { kind: 'households', least: 9 } }, 120)).toBe(0);
  });
});

describe('a threshold', () => {
  const forAgainst = { kind: 'forAgainst' } as const;
  it.each<[Partial<PollRules>, number[], boolean]>([
    [{ threshold: 'majority' }, [50, 50, 0], false],
    [{ threshold: 'majority' }, [51, 49, 0], true],
    [{ threshold: 'majority' }, [50, 40, 10], false],
    [{ threshold: 'majority', abstentions: 'ignore' }, [50, 40, 10], true],
    [{ threshold: 'twoThirds' }, [20, 10, 0], true],
    [{ threshold: 'twoThirds' }, [19, 10, 0], false],
    [{ threshold: 'threeQuarters' }, [29, 10, 0], false],
    [{ threshold: 'threeQuarters' }, [30, 10, 0], true],
    [{ threshold: 'majorityOfRoll' }, [50, 0, 0], false],
    [{ threshold: 'majorityOfRoll' }, [51, 49, 0], true],
    [{ threshold: 'majority' }, [0, 0, 0], false],
    [{ threshold: 'majority', abstentions: 'ignore' }, [0, 0, 9], false],
  ])('%j with %j is adopted: %j', (rules, counts, adopted) => {
    expect(judge(counts, { rules, method: forAgainst }).adopted).toBe(adopted);
  });

  it('says nothing of adoption where too few took part, or where most votes are enough', () => {
    const few = judge([9, 0, 0], { rules: { threshold: 'majority' }, method: forAgainst, quorum: 10 });
    expect(few).not.toHaveProperty('adopted');
    expect(judge([9, 0, 0])).not.toHaveProperty('adopted');
  });

  it('of a choice among several is for the one that leads; a tie is not adopted', () => {
    const rules = { threshold: 'majority' } as const;
    expect(judge([2, 6, 3], { rules })).toMatchObject({ adopted: true, leading: 1 });
    expect(judge([3, 3, 0], { rules }).adopted).toBe(false);
  });
});

describe('article 278', () => {
  const owners = fc.array(
    fc.record({ area: fc.integer({ min: 1, max: 30_000 }), choice: fc.constantFrom(0, 1, 2, undefined) }),
    { minLength: 1, maxLength: 30 },
  );
  const matter = fc.constantFrom('ordinary' as const, 'major' as const);

  it('agrees with an oracle in exact fractions, owner by owner', () => {
    fc.assert(
      fc.property(owners, matter, (all, article278) => {
        const sum = (some: typeof all) => some.reduce((total, { area }) => total + area, 0);
        const voted = all.filter(({ choice }) => choice !== undefined);
        const by = (option: number) => all.filter(({ choice }) => choice === option);
        const options = [0, 1, 2];
        const result = judge(
          options.map((option) => by(option).length),
          {
            rules: { article278 },
            method: { kind: 'forAgainst' },
            rollSize: all.length,
            quorum: quorumOf({ ...RULES, article278 }, all.length),
            joined: {
              rollArea: sum(all),
              votedArea: sum(voted),
              areas: options.map((option) => sum(by(option))),
              households: voted.length,
              rollHouseholds: all.length,
              byBuilding: [],
            },
          },
        );
        const isValid = voted.length * 3 >= all.length * 2 && sum(voted) * 3 >= sum(all) * 2;
        const agrees = (part: number, whole: number) =>
          article278 === 'major' ? part * 4 >= whole * 3 : part * 2 > whole;
        const isAdopted = agrees(by(0).length, voted.length) && agrees(sum(by(0)), sum(voted));
        expect(result.quorumMet).toBe(isValid);
        expect(result.adopted).toBe(isValid ? isAdopted : undefined);
        expect(result.checks.map(({ kind }) => kind)).toEqual(['voters', 'area', 'forVoters', 'forArea']);
        expect(isValid && isAdopted).toBe(result.checks.every(isMet));
      }),
      { numRuns: 500 },
    );
  });

  it('wants both: one large owner does not carry it, nor do many small ones', () => {
    const joined = { rollArea: 1_000, votedArea: 900, households: 9, rollHouseholds: 10, byBuilding: [] };
    const by = (counts: readonly number[], areas: readonly number[]) =>
      judge(counts, {
        rules: { article278: 'ordinary' },
        method: { kind: 'forAgainst' },
        rollSize: 10,
        quorum: 7,
        joined: { ...joined, areas },
      }).adopted;
    expect(by([1, 8, 0], [800, 100, 0])).toBe(false);
    expect(by([8, 1, 0], [100, 800, 0])).toBe(false);
    expect(by([5, 4, 0], [451, 449, 0])).toBe(true);
    expect(by([5, 4, 0], [450, 450, 0])).toBe(false);
  });
});

describe('choices by building', () => {
  const rows = fc
    .array(fc.array(fc.nat(6), { minLength: 2, maxLength: 3 }), { maxLength: 8 })
    .map((buildings) =>
      buildings.map((counts, at) => ({
        building: `${at}`,
        counts,
        voters: counts.reduce((sum, votes) => sum + votes, 0),
      })),
    );

  it('never show, nor let be computed from the total, those of fewer than the least', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 8 }), (all, least) => {
        const shown = suppressSmallCells(all, least);
        const hidden = all.filter((row, at) => row.voters > 0 && shown[at]?.counts === undefined);
        const hiddenVoters = hidden.reduce((sum, { voters }) => sum + voters, 0);
        const hasVoters = all.filter(({ voters }) => voters > 0);
        for (const row of shown)
          if (row.counts && row.voters > 0) expect(row.voters).toBeGreaterThanOrEqual(least);
        // The total minus what is shown is all that can be computed.
        if (hidden.length > 0 && hidden.length < hasVoters.length) {
          expect(hidden.length).toBeGreaterThan(1);
          expect(hiddenVoters).toBeGreaterThanOrEqual(least);
        }
        if (hidden.length === 0) expect(hasVoters.every(({ voters }) => voters >= least)).toBe(true);
        expect(shown.map(({ voters }) => voters)).toEqual(all.map(({ voters }) => voters));
      }),
      { numRuns: 500 },
    );
  });

  it('are kept where the rules ask for them', () => {
    const byBuilding = [
      { building: '1', voters: 9, counts: [6, 3] },
      { building: '2', voters: 2, counts: [2, 0] },
      { building: '3', voters: 5, counts: [1, 4] },
    ];
    const joined = { rollArea: 0, votedArea: 0, areas: [], households: 0, rollHouseholds: 0, byBuilding };
    expect(judge([9, 7], { joined })).not.toHaveProperty('byBuilding');
    expect(judge([9, 7], { joined, rules: { minCell: 3 } }).byBuilding).toEqual([
      byBuilding[0],
      { building: '2', voters: 2 },
      { building: '3', voters: 5 },
    ]);
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
