import fc from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../web/src/components/csv-file.ts';

describe('the file of bad rows', () => {
  it.each(['=1+1', '+86', '-1', '@SUM', '\t=1', '＝1', ' =1', '－2'])('computes nothing of %j', (cell) => {
    expect(csvOf([[cell]])).toMatch(/^\ufeff"?'/u);
  });

  it('is read back as it was', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((text) => !/^\s*[=+\-@\t\r＝＋－＠]|\r/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const marked = rows.map(([a, b]) => [`a${a}`, b]);
        expect(parseCsv(csvOf(marked), { typeInference: false, delimiter: ',' })).toEqual(marked);
      }),
    );
  });
});
