import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  busiestWindow,
  doubledNumbers,
  doubledOf,
  effectsPerMessage,
  lostOf,
  outOfOrder,
  shareUsed,
  staleSettlesOf,
  type RowChange,
} from '../../chaos/checks.ts';

const effects = (counts: Record<string, number>) => new Map(Object.entries(counts));

describe('the judge of effects', () => {
  it('notices an acknowledged message without an effect', () => {
    expect(lostOf(['a', 'b'], effects({ a: 1, b: 1 }))).toEqual([]);
    expect(lostOf(['a', 'b', 'c'], effects({ a: 1, c: 0 }))).toEqual(['b', 'c']);
  });

  it('notices a message with two, also when another one has none', () => {
    expect(effectsPerMessage(['a', 'b'], effects({ a: 1, b: 1 }))).toEqual({ mean: 1, most: 1 });
    expect(effectsPerMessage(['a', 'b'], effects({ a: 2 }))).toEqual({ mean: 1, most: 2 });
    expect(effectsPerMessage([], effects({}))).toEqual({ mean: 0, most: 0 });
  });

  it('notices a number that was given twice', () => {
    expect(doubledNumbers([1, 2, 4])).toEqual([]);
    expect(doubledNumbers([1, 2, 2, 3])).toEqual([2]);
  });
});

describe('the judge of sends', () => {
  const shown = ['a', 'b', 'a', 'a'].map((id) => ({ id }));

  it('notices what was sent twice and does not say so', () => {
    expect(doubledOf(shown, () => false)).toEqual({ unmarked: ['a'], surplus: 2 });
    expect(doubledOf(shown, (id) => id === 'a')).toEqual({ unmarked: [], surplus: 2 });
  });

  it('finds the busiest minute wherever it lies', () => {
    expect(busiestWindow([], 60)).toBe(0);
    expect(busiestWindow([0, 30, 59], 60)).toBe(3);
    expect(busiestWindow([0, 30, 60], 60)).toBe(2);
    expect(busiestWindow([200, 0, 170, 199], 60)).toBe(3);
  });

  it('counts no fewer than any window that is looked at by hand', () => {
    const times = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 300 }), (all, from) => {
        const inside = all.filter((time) => time >= from && time < from + 60).length;
        return busiestWindow(all, 60) >= inside;
      }),
    );
  });
});

describe('the judge of a limit’s use', () => {
  const limit = { limit: 2, windowMs: 60, windows: 2 };

  it('is content with whoever calls as soon as it is allowed', () => {
    expect(shareUsed([0, 1, 60, 61, 120], limit)).toBe(1);
  });

  it('notices pauses, and calls that never came', () => {
    expect(shareUsed([0, 1, 90, 91, 240], limit)).toBe(0.5);
    expect(shareUsed([0, 1, 60, 61], limit)).toBe(0);
    expect(shareUsed([], limit)).toBe(0);
  });
});

describe('the judge of leases', () => {
  const claims = [
    { token: 't1', instance: 'sleeper' },
    { token: 't2', instance: 'other' },
  ];
  const late = { settledBy: 's1', instance: 'sleeper', token: 't1' };
  const good = { settledBy: 's2', instance: 'other', token: 't2' };
  const leased = (token: string): RowChange => ({ id: 'row', change: 'leased', token });
  const settled = (settledBy: string): RowChange => ({ id: 'row', change: 'settled', settledBy });
  const freed: RowChange = { id: 'row', change: 'freed' };

  it('passes a settlement by whoever holds the lease', () => {
    const history = [leased('t1'), freed, leased('t2'), settled('s2')];
    expect(staleSettlesOf(history, claims, [late, good])).toEqual([]);
  });

  it('notices one with a lease that somebody else has taken over', () => {
    const history = [leased('t1'), freed, leased('t2'), settled('s1')];
    expect(staleSettlesOf(history, claims, [late, good])).toEqual([settled('s1')]);
  });

  it('notices one on a row that nobody holds', () => {
    expect(staleSettlesOf([leased('t1'), freed, settled('s1')], claims, [late])).toEqual([settled('s1')]);
  });

  it('notices one that names no lease at all, by who settled', () => {
    const unfenced = [{ settledBy: 's1', instance: 'sleeper' }];
    expect(staleSettlesOf([leased('t2'), settled('s1')], claims, unfenced)).toEqual([settled('s1')]);
    expect(staleSettlesOf([leased('t1'), settled('s1')], claims, unfenced)).toEqual([]);
  });
});

describe('the judge of order', () => {
  const said = (conversation: string, order: number, number: number) => ({ conversation, order, number });

  it('lets conversations go each at its own pace', () => {
    expect(outOfOrder([said('a', 1, 5), said('b', 2, 1), said('a', 3, 6), said('b', 4, 2)])).toEqual([]);
  });

  it('notices whoever was decided before an earlier one of the same conversation', () => {
    expect(outOfOrder([said('a', 1, 2), said('a', 2, 1), said('a', 3, 3)])).toEqual([said('a', 2, 1)]);
  });
});
