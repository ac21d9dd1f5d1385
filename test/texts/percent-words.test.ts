import fc from 'fast-check';
import { expect, it } from 'vitest';

import { percentWords } from '#texts/words';

const share = (words: string) => Number(words.slice(0, -1));

it.each([
  [79, 98, '80.6%'],
  [1, 2, '50.0%'],
  [2, 3, '66.7%'],
  [3, 4, '75.0%'],
  [1, 1, '100.0%'],
  [7_496, 10_000, '74.9%'],
  [66_660, 100_000, '66.6%'],
  [49_996, 100_000, '49.9%'],
  [50_004, 100_000, '50.1%'],
  [99_999, 100_000, '99.9%'],
  [0, 9, '0.0%'],
  [5, 0, '0%'],
])('%i of %i is %s', (part, whole, words) => {
  expect(percentWords(part, whole)).toBe(words);
});

it('is never on the other side of what decides, and never a tenth off', () => {
  const parts = fc.integer({ min: 1, max: 2_000_000_000 }).chain((whole) =>
    fc.record({
      whole: fc.constant(whole),
      // Most of them right beside a bound.
      part: fc
        .oneof(
          fc.nat(whole),
          fc
            .record({ bound: fc.constantFrom(1 / 2, 2 / 3, 3 / 4, 1), off: fc.integer({ min: -3, max: 3 }) })
            .map(({ bound, off }) => Math.round(whole * bound) + off),
        )
        .map((one) => Math.min(whole, Math.max(0, one))),
    }),
  );
  fc.assert(
    fc.property(parts, ({ part, whole }) => {
      const shown = share(percentWords(part, whole));
      expect(Math.abs(shown - (part / whole) * 100)).toBeLessThanOrEqual(0.1 + 1e-9);
      for (const [numerator, denominator] of [
        [1, 2],
        [2, 3],
        [3, 4],
        [1, 1],
      ] as const) {
        const isReached = part * denominator >= whole * numerator;
        // 66.7% stands for two thirds.
        expect(shown * 10 >= Math.floor((1_000 * numerator) / denominator + 0.5)).toBe(isReached);
      }
      expect(shown > 50).toBe(part * 2 > whole);
    }),
    { numRuns: 2_000 },
  );
});
