import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, median, medians, percentile, readable, tableOf } from '../../bench/figures.ts';

const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 });

describe('median and percentile', () => {
  it('are the middle and the value that a share does not exceed', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(percentile([5, 1, 4, 2, 3], 0.99)).toBe(5);
    expect(percentile([7], 0)).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('a percentile is one of the values, and at least the share lies at or below it', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const value = percentile(values, share);
        const below = values.filter((one) => one <= value).length;
        return values.includes(value) && below >= share * values.length;
      }),
    );
  });

  it('medians go figure by figure, over the runs that have it', () => {
    expect(medians([{ rate: 1, extra: 9 }, { rate: 3 }, { rate: 2 }])).toEqual({ rate: 2, extra: 9 });
  });
});

describe('what a bench prints', () => {
  it('is one line of JSON with rounded figures', () => {
    const line = jsonLine({ bench: 'inbound', figures: { rate: 1234.5678 }, ratios: { toNaive: 3.14159 } });

    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({
      bench: 'inbound',
      figures: { rate: 1235 },
      ratios: { toNaive: 3.142 },
    });
  });

  it('is a table in columns for people', () => {
    const table = tableOf([
      { what: 'rate', value: 1234.5, unit: 'msg/s', note: 'fast' },
      { what: 'memory in all', value: 0.1234, unit: 'MB' },
    ]);

    const [first = '', second = ''] = table.split('\n');
    expect(first.indexOf('msg/s')).toBe(second.indexOf('MB'));
    expect([readable(1234.5), readable(12.34), readable(0.1234), readable(NaN)]).toEqual([
      '1235',
      '12.3',
      '0.123',
      '-',
    ]);
  });
});
