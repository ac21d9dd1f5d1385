import { describe, expect, it } from 'vitest';
import type { PollMethod } from '#core/vote-method';
import { paperChoice } from '#procedure/complete-choice';

const several: PollMethod = { kind: 'several', min: 1, max: 2 };
const ranking: PollMethod = { kind: 'ranking', rule: 'borda' };
const points: PollMethod = { kind: 'points', points: 10 };
const budget: PollMethod = { kind: 'budget', limit: 10, costs: [4, 6, 7], unit: '万元' };

describe('what is written on a paper', () => {
  it.each([
    [{ kind: 'forAgainst' }, [2], [1]],
    [{ kind: 'single' }, [3], [2]],
    [several, [3, 1], [0, 2]],
    [ranking, [3, 1, 2], [2, 0, 1]],
    [points, [5, 5, 0], [5, 5, 0]],
    [{ kind: 'score' }, [5, 1, 3], [5, 1, 3]],
    [budget, [2, 1], [0, 1]],
  ] as const)('%j %j', (method, values, choice) => {
    expect(paperChoice(method, 3, values)).toEqual(choice);
  });

  it.each([
    [{ kind: 'single' }, [0]],
    [{ kind: 'single' }, [4]],
    [{ kind: 'single' }, [1, 2]],
    [{ kind: 'single' }, [1.5]],
    [several, [1, 2, 3]],
    [several, [1, 1]],
    [ranking, [1, 2]],
    [ranking, [1, 2, 2]],
    [points, [5, 5, 1]],
    [points, [10]],
    [{ kind: 'score' }, [5, 0, 3]],
    [{ kind: 'score' }, [6, 1, 3]],
    [budget, [2, 3]],
  ] as const)('%j does not allow %j', (method, values) => {
    expect(paperChoice(method, 3, values)).toBeUndefined();
  });
});
