import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanUserText, cutByCodePoints, fitUnits, widthUnits } from '#language/clean-text';

const FAMILY = '👨‍👩‍👧';

describe('cleanUserText', () => {
  it('removes what cannot be seen and keeps what was written', () => {
    expect(cleanUserText('a\u202eb\u0000\u200b<b>粗</b>\ufeff').text).toBe('ab<b>粗</b>');
  });

  it('keeps line breaks, at most one empty line in a row', () => {
    expect(cleanUserText('一\r\n二\u2028三\n\n\n\n四\rE').text).toBe('一\n二\n三\n\n四\nE');
  });

  it('keeps the joiner inside a picture and drops it elsewhere', () => {
    expect(cleanUserText(`${FAMILY}a\u200db`).text).toBe(`${FAMILY}ab`);
  });

  it('keeps six marks on one letter at most', () => {
    expect([...cleanUserText(`e${'\u0301'.repeat(500)}`).text.normalize('NFD')].length).toBeLessThanOrEqual(
      7,
    );
  });

  it('cuts at 2,000 characters, says so, and keeps the original up to 20,000', () => {
    const cleaned = cleanUserText('灯'.repeat(25_000));

    expect(cleaned.text).toHaveLength(2_000);
    expect(cleaned.cut).toBe(true);
    expect(cleaned.original).toHaveLength(20_000);
  });

  it('does not call junk that was removed a cut', () => {
    expect(cleanUserText(`灯${'\u200b'.repeat(3_000)}坏`)).toMatchObject({ text: '灯坏', cut: false });
  });

  it('makes the original valid Unicode', () => {
    expect(cleanUserText('a\ud800b').original).toBe('a\ufffdb');
  });

  it('stays within the cap, valid, and is at rest after one cleaning', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), pictures),
        fc.integer({ min: 1, max: 40 }),
        (raw, maxChars) => {
          const { text } = cleanUserText(raw, { maxChars });
          expect([...text].length).toBeLessThanOrEqual(maxChars);
          expect(text).not.toMatch(/\p{Cs}|(?!\n)\p{Cc}/u);
          expect(cleanUserText(text, { maxChars }).text).toBe(text);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const pictures = fc
  .array(fc.constantFrom(FAMILY, '👍🏽', '🇨🇳', 'é', '灯', '\u200d', '\ufe0f', '\n', ' '), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('cutByCodePoints', () => {
  it('never halves a picture or a surrogate pair', () => {
    expect(cutByCodePoints(`灯${FAMILY}坏`, 3)).toBe('灯');
    expect(cutByCodePoints('𠮷𠮷', 1)).toBe('𠮷');
    expect(cutByCodePoints('e\u0301x', 1)).toBe('e');
  });

  it('cuts on the same borders as the whole text has', () => {
    const borders = new Intl.Segmenter('zh', { granularity: 'grapheme' });
    fc.assert(
      fc.property(pictures, fc.integer({ min: 8, max: 60 }), (text, max) => {
        const [first, ...others] = [...borders.segment(text)].map(({ segment }) => segment);
        const cut = cutByCodePoints(text, max);
        // One grapheme that is longer than the whole may be is cut by code points: see the next test.
        fc.pre(first === undefined || [...first].length <= max);
        const ends = [first ?? '', ...others].map((_, index, all) => all.slice(0, index + 1).join('').length);
        expect(ends).toContain(cut.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('cuts a first picture that is longer than the whole may be by code points', () => {
    const joined = `${FAMILY}\u200d${FAMILY}`;
    expect([...cutByCodePoints(joined, 8)]).toHaveLength(8);
    expect(joined.startsWith(cutByCodePoints(joined, 8))).toBe(true);
  });
});

describe('fitUnits', () => {
  it('leaves alone what fits and ends what does not with …', () => {
    expect(fitUnits('三号楼路灯坏了', 12)).toBe('三号楼路灯坏了');
    expect(fitUnits('一二三四五', 4)).toBe('一二三…');
    expect(fitUnits('一二三四', 4)).toBe('一二三四');
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 2, max: 12 }), (text, max) => {
        expect(widthUnits(fitUnits(text, max))).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('widthUnits', () => {
  it('counts two ASCII characters as one, an emoji as one', () => {
    expect(widthUnits(`3号楼${FAMILY}`)).toBe(3.5);
  });
});
