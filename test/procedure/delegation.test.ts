import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { delegationProblem } from '#procedure/delegation';

type Known = Parameters<typeof delegationProblem>[0][number];

const VOTERS = ['a', 'b', 'c', 'd'];
const voter = fc.constantFrom(...VOTERS);
type Step =
  | { readonly kind: 'give'; readonly voterId: string; readonly holderId: string }
  | { readonly kind: 'withdraw' | 'decline' | 'cast'; readonly voterId: string };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('give' as const), voterId: voter, holderId: voter }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), voterId: voter }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decline' as const), voterId: voter }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cast' as const), voterId: voter }) },
);
const NOW = new Date(0);
const wanted = (voterId: string, holderId: string) => ({ voterId, holderId, by: 'chat' as const });

/** One record for each two voters, as the store keeps them. */
function play(steps: readonly Step[], most: number) {
  const kept = new Map<string, Known>();
  const casts: { voterId: string; holderId: string }[] = [];
  const after: Known[][] = [];
  for (const one of steps) {
    const standing = [...kept.values()].find(
      (known) => known.voterId === one.voterId && known.withdrawnAt === undefined,
    );
    if (one.kind === 'give') {
      const { voterId, holderId } = one;
      if (delegationProblem([...kept.values()], { voterId, holderId, by: 'paper' }, most) === undefined) {
        const { usedAt } = kept.get(`${voterId} ${holderId}`) ?? {};
        kept.set(`${voterId} ${holderId}`, { voterId, holderId, ...(usedAt && { usedAt }) });
      }
    } else if (standing) {
      const key = `${standing.voterId} ${standing.holderId}`;
      if (one.kind === 'withdraw') kept.set(key, { ...standing, withdrawnAt: NOW });
      else if (one.kind === 'decline') kept.set(key, { ...standing, withdrawnAt: NOW, endedBy: 'holder' });
      else {
        kept.set(key, { ...standing, usedAt: NOW });
        casts.push({ voterId: standing.voterId, holderId: standing.holderId });
      }
    }
    after.push([...kept.values()].filter(({ withdrawnAt }) => withdrawnAt === undefined));
  }
  return { after, casts };
}

describe('voting for somebody else', () => {
  it('has no chain, no two for one voter, nobody for themselves, at any moment', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 20, maxLength: 80 }),
        fc.integer({ min: 1, max: 2 }),
        (steps, most) => {
          for (const standing of play(steps, most).after) {
            const givers = standing.map(({ voterId }) => voterId);
            expect(new Set(givers).size).toBe(givers.length);
            for (const { voterId, holderId } of standing) {
              expect(holderId).not.toBe(voterId);
              expect(givers).not.toContain(holderId);
            }
          }
        },
      ),
    );
  });

  it('is cast by nobody for more than the rules allow, however often it is withdrawn and given again', () => {
    let cast = 0;
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 20, maxLength: 80 }),
        fc.integer({ min: 1, max: 2 }),
        (steps, most) => {
          const { casts } = play(steps, most);
          cast += casts.length;
          for (const holder of VOTERS) {
            const spokenFor = casts.filter(({ holderId }) => holderId === holder);
            expect(new Set(spokenFor.map(({ voterId }) => voterId)).size).toBeLessThanOrEqual(most);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(cast).toBeGreaterThan(20);
  });

  it('is possible for nobody where the rules do not allow it', () => {
    expect(delegationProblem([], wanted('a', 'b'))).toBe('notAllowed');
    expect(delegationProblem([], wanted('a', 'b'), 1)).toBeUndefined();
  });

  it('is not asked for again in chat of whoever said no to that voter; a paper may bring it', () => {
    const ended = { voterId: 'a', holderId: 'b', withdrawnAt: NOW };
    const declined = [{ ...ended, endedBy: 'holder' as const }];
    expect(delegationProblem(declined, wanted('a', 'b'), 1)).toBe('declined');
    expect(delegationProblem(declined, { ...wanted('a', 'b'), by: 'paper' }, 1)).toBeUndefined();
    expect(delegationProblem(declined, wanted('c', 'b'), 1)).toBeUndefined();
    expect(delegationProblem(declined, wanted('a', 'c'), 1)).toBeUndefined();
    for (const endedBy of ['voter', 'staff'] as const)
      expect(delegationProblem([{ ...ended, endedBy }], wanted('a', 'b'), 1)).toBeUndefined();
  });
});
