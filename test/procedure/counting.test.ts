import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice, MethodCount, PollMethod } from '#core/vote-method';
import { checkChoice } from '#procedure/choices';
import { createCounter } from '#procedure/counting';

function counted(method: PollMethod, options: number, ballots: readonly Choice[]): MethodCount {
  const counter = createCounter(method, options);
  for (const ballot of ballots) counter.add(ballot);
  return counter.result();
}

const optionCount = fc.integer({ min: 2, max: 6 });
const ofOptions = <T>(ballot: (options: number) => fc.Arbitrary<T>) =>
  optionCount.chain((options) =>
    fc.record({ options: fc.constant(options), ballots: fc.array(ballot(options), { maxLength: 25 }) }),
  );
const rankings = ofOptions((options) =>
  fc.shuffledSubarray([...Array(options).keys()], { minLength: options, maxLength: options }),
);
const subsets = ofOptions((options) => fc.subarray([...Array(options).keys()], { minLength: 1 }));
const scores = ofOptions((options) =>
  fc.array(fc.integer({ min: 1, max: 5 }), { minLength: options, maxLength: options }),
);

/** Counts one option by asking every ballot: slow and plain. */
function asked(
  ballots: readonly Choice[],
  options: number,
  worth: (ballot: Choice, option: number) => number,
) {
  return Array.from({ length: options }, (_, option) =>
    ballots.map((ballot) => worth(ballot, option)).reduce((a, b) => a + b, 0),
  );
}

describe('counting agrees with a slow oracle', () => {
  it('for one option and for several', () => {
    fc.assert(
      fc.property(subsets, ({ options, ballots }) => {
        const method: PollMethod = { kind: 'several', min: 1, max: options };
        const expected = asked(ballots, options, (ballot, option) => Number(ballot.includes(option)));
        expect(counted(method, options, ballots)).toEqual({ counts: expected, voters: ballots.length });
        const ones = ballots.map((ballot) => ballot.slice(0, 1));
        const single = asked(ones, options, (ballot, option) => Number(ballot[0] === option));
        expect(counted({ kind: 'single' }, options, ones).counts).toEqual(single);
      }),
    );
  });

  it('for Borda: an option gets a point for each one it stands before', () => {
    fc.assert(
      fc.property(rankings, ({ options, ballots }) => {
        const beaten = (ballot: Choice, option: number) =>
          [...Array(options).keys()].filter((other) => ballot.indexOf(option) < ballot.indexOf(other)).length;
        expect(counted({ kind: 'ranking', rule: 'borda' }, options, ballots).counts).toEqual(
          asked(ballots, options, beaten),
        );
      }),
    );
  });

  it('for points and for scores, with how many gave each score', () => {
    fc.assert(
      fc.property(scores, ({ options, ballots }) => {
        const sums = asked(ballots, options, (ballot, option) => ballot[option] ?? 0);
        expect(counted({ kind: 'points', points: 9 }, options, ballots).counts).toEqual(sums);
        const { counts, detail } = counted({ kind: 'score' }, options, ballots);
        expect(counts).toEqual(sums);
        expect(detail).toEqual({
          kind: 'score',
          distribution: sums.map((_, option) =>
            [1, 2, 3, 4, 5].map((score) => ballots.filter((ballot) => ballot[option] === score).length),
          ),
        });
      }),
    );
  });
});

/** One round after the other from the ballots themselves, by recursion; nothing is carried over but who is left. */
function slowRunOff(
  ballots: readonly Choice[],
  left: readonly number[],
  before: readonly number[][],
): number[] {
  const votes = left.map((one) => ballots.filter((b) => b.find((o) => left.includes(o)) === one).length);
  const over =
    left.length < 3 || votes.some((v) => v * 2 > ballots.length) || votes.every((v) => v === votes[0]);
  if (over) return left.filter((_, at) => votes[at] === Math.max(...votes));
  const worse = (a: number, b: number): number => {
    const history = [...before, withVotes(left, votes)].reverse();
    const differing = history.find((round) => round[a] !== round[b]);
    return differing ? (differing[a] ?? 0) - (differing[b] ?? 0) : b - a;
  };
  const [out] = [...left].sort(worse);
  return slowRunOff(
    ballots,
    left.filter((one) => one !== out),
    [...before, withVotes(left, votes)],
  );
}

function withVotes(left: readonly number[], votes: readonly number[]): number[] {
  const all: number[] = [];
  left.forEach((option, at) => (all[option] = votes[at] ?? 0));
  return all;
}

describe('an instant run-off', () => {
  const runOff = (options: number, ballots: readonly Choice[]) => {
    const { detail } = counted({ kind: 'ranking', rule: 'instantRunoff' }, options, ballots);
    if (detail?.kind !== 'instantRunoff') throw new Error('no rounds');
    return detail.rounds;
  };

  it('ends with whom the slow oracle names', () => {
    fc.assert(
      fc.property(rankings, ({ options, ballots }) => {
        const rounds = runOff(options, ballots);
        const last = rounds.at(-1)?.votes ?? [];
        const outs = rounds.flatMap(({ out }) => out ?? []);
        const left = [...Array(options).keys()].filter((option) => !outs.includes(option));
        const most = Math.max(...left.map((option) => last[option] ?? 0));
        expect(left.filter((option) => last[option] === most)).toEqual(
          slowRunOff(ballots, [...Array(options).keys()], []),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every ballot in every round and gives nothing to who is out', () => {
    fc.assert(
      fc.property(rankings, ({ options, ballots }) => {
        const out = new Set<number>();
        for (const round of runOff(options, ballots)) {
          expect(round.votes.reduce((a, b) => a + b, 0)).toBe(ballots.length);
          expect([...out].every((option) => round.votes[option] === 0)).toBe(true);
          if (round.out !== undefined) out.add(round.out);
        }
      }),
    );
  });

  it('lets the one leave that had fewer votes before, and of equals from the start the later on the list', () => {
    const times = (n: number, choice: Choice) => Array.from({ length: n }, () => choice);
    const equals = [
      ...times(4, [0, 1, 2, 3]),
      ...times(3, [1, 0, 2, 3]),
      ...times(1, [2, 3, 0, 1]),
      ...times(1, [3, 2, 0, 1]),
    ];
    expect(runOff(4, equals)[0]?.out).toBe(3);
    const before = [
      ...times(5, [0, 1, 2, 3]),
      ...times(2, [1, 0, 2, 3]),
      ...times(3, [2, 1, 0, 3]),
      ...times(1, [3, 1, 0, 2]),
    ];
    expect(runOff(4, before).map(({ out }) => out)).toEqual([3, 1, undefined]);
  });

  it('asks the latest earlier round first: what the first one says is older', () => {
    const times = (n: number, choice: Choice) => Array.from({ length: n }, () => choice);
    // Rounds: 10 6 5 3 2, then 10 6 7 3, then 12 7 7. The second says that option 1 leaves, the first that 2 does.
    const ballots = [
      ...times(10, [0, 1, 2, 3, 4]),
      ...times(6, [1, 0, 2, 3, 4]),
      ...times(5, [2, 0, 1, 3, 4]),
      ...times(2, [4, 2, 0, 1, 3]),
      ...times(1, [3, 1, 0, 2, 4]),
      ...times(2, [3, 0, 1, 2, 4]),
    ];
    expect(runOff(5, ballots).map(({ out }) => out)).toEqual([4, 3, 1, undefined]);
  });
});

describe('a budget', () => {
  const budgets = optionCount.chain((options) =>
    fc.record({
      costs: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: options, maxLength: options }),
      votes: fc.array(fc.nat(4), { minLength: options, maxLength: options }),
      limit: fc.nat(60),
    }),
  );
  const pay = (costs: readonly number[], votes: readonly number[], limit: number) => {
    const ballots = votes.flatMap((count, option) => Array.from({ length: count }, () => [option]));
    const { detail } = counted({ kind: 'budget', limit, costs, unit: '元' }, costs.length, ballots);
    if (detail?.kind !== 'budget') throw new Error('no bill');
    return detail;
  };

  it('takes what an item-by-item oracle takes, and never more than the limit', () => {
    fc.assert(
      fc.property(budgets, ({ costs, votes, limit }) => {
        let left = limit;
        const expected: number[] = [];
        for (let most = Math.max(...votes); most > 0; most -= 1) {
          for (let option = 0; option < votes.length; option += 1) {
            if (votes[option] !== most || (costs[option] ?? 0) > left) continue;
            expected.push(option);
            left -= costs[option] ?? 0;
          }
        }
        expect(pay(costs, votes, limit)).toEqual({ kind: 'budget', chosen: expected, spent: limit - left });
      }),
    );
  });

  it('passes over what does not fit and goes on', () => {
    expect(pay([80, 50, 20], [9, 5, 1], 100)).toEqual({ kind: 'budget', chosen: [0, 2], spent: 100 });
  });
});

describe('a choice', () => {
  const options = ['甲', '乙', '丙'];
  const check = (method: PollMethod, values: readonly number[]) =>
    checkChoice({ method, options }, { kind: 'list', values });
  const pairs = (method: PollMethod, ...given: [number, number][]) =>
    checkChoice({ method, options }, { kind: 'pairs', pairs: given });
  const several: PollMethod = { kind: 'several', min: 2, max: 2 };
  const budget: PollMethod = { kind: 'budget', limit: 100, costs: [80, 50, 20], unit: '元' };
  const ranking: PollMethod = { kind: 'ranking', rule: 'borda' };
  const points: PollMethod = { kind: 'points', points: 10 };

  it.each<[PollMethod, number[], Choice]>([
    [{ kind: 'single' }, [2], [1]],
    [{ kind: 'single' }, [2, 2], [1]],
    [several, [3, 1], [0, 2]],
    [several, [31], [0, 2]],
    [ranking, [2, 1, 3], [1, 0, 2]],
    [ranking, [213], [1, 0, 2]],
    [points, [5, 3, 2], [5, 3, 2]],
    [{ kind: 'score' }, [5, 4, 1], [5, 4, 1]],
    [{ kind: 'score' }, [541], [5, 4, 1]],
    [budget, [1, 3], [0, 2]],
  ])('of %j given as %j is %j', (method, values, choice) => {
    expect(check(method, values)).toEqual({ ok: true, choice });
  });

  it.each<[PollMethod, number[], object]>([
    [{ kind: 'forAgainst' }, [1, 2], { kind: 'onlyOne' }],
    [{ kind: 'single' }, [0], { kind: 'noSuchOption', given: 0 }],
    [{ kind: 'single' }, [9], { kind: 'noSuchOption', given: 9 }],
    [{ kind: 'single' }, [11], { kind: 'noSuchOption', given: 11 }],
    [{ kind: 'single' }, [12], { kind: 'onlyOne' }],
    [budget, [33], { kind: 'noSuchOption', given: 33 }],
    [several, [1], { kind: 'tooFew', given: 1, min: 2 }],
    [several, [1, 2, 3], { kind: 'tooMany', given: 3, max: 2 }],
    [ranking, [2, 1], { kind: 'leftOut', missing: [3] }],
    [ranking, [2, 2, 3], { kind: 'twice', given: 2 }],
    [ranking, [2, 1, 4], { kind: 'noSuchOption', given: 4 }],
    [points, [5, 3, 3], { kind: 'sum', given: 11, expected: 10 }],
    [points, [5, 5], { kind: 'figures', given: 2, expected: 3 }],
    [{ kind: 'score' }, [6, 1, 1], { kind: 'score', given: 6 }],
    [{ kind: 'score' }, [0, 1, 1], { kind: 'score', given: 0 }],
    [budget, [1, 2], { kind: 'overBudget', cost: 130, limit: 100 }],
  ])('of %j given as %j is refused: %j', (method, values, problem) => {
    expect(check(method, values)).toEqual({ ok: false, problem });
  });

  it('said to be an order is no marks, and marks are no order', () => {
    const said = (method: PollMethod, as: 'order' | 'marks', values: readonly number[]) =>
      checkChoice({ method, options }, { kind: 'list', values, as });
    const unclear = { ok: false, problem: { kind: 'unclear' } };
    expect(said({ kind: 'score' }, 'order', [2, 1, 3])).toEqual(unclear);
    expect(said({ kind: 'points', points: 6 }, 'order', [2, 1, 3])).toEqual(unclear);
    expect(said(ranking, 'marks', [2, 1, 3])).toEqual(unclear);
    expect(said({ kind: 'single' }, 'marks', [1])).toEqual(unclear);
    expect(said(ranking, 'order', [2, 1, 3])).toEqual({ ok: true, choice: [1, 0, 2] });
    expect(said({ kind: 'score' }, 'marks', [2, 1, 3])).toEqual({ ok: true, choice: [2, 1, 3] });
  });

  it('by option gives nothing to who is not named, but leaves out no score', () => {
    expect(pairs(points, [1, 5], [3, 5])).toEqual({ ok: true, choice: [5, 0, 5] });
    expect(pairs(points, [1, 5], [1, 5])).toEqual({ ok: false, problem: { kind: 'twice', given: 1 } });
    expect(pairs(points, [4, 10])).toEqual({ ok: false, problem: { kind: 'noSuchOption', given: 4 } });
    expect(pairs({ kind: 'score' }, [3, 5], [1, 4])).toEqual({
      ok: false,
      problem: { kind: 'leftOut', missing: [2] },
    });
    expect(pairs({ kind: 'single' }, [1, 5])).toEqual({ ok: false, problem: { kind: 'unclear' } });
  });
});
