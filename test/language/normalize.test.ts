import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  enclosedNumber,
  foldInPlace,
  normalizeCommandText,
  restAfter,
  toSimplified,
} from '#language/normalize';

describe('normalizeCommandText', () => {
  it.each([
    ['　投　１　', '投 1'],
    ['投①', '投1'],
    ['投⑴', '投1'],
    ['投➀', '投1'],
    ['投㊀', '投1'],
    ['投❷', '投2'],
    ['投1️⃣', '投1'],
    ['①②', '1 2'],
    ['3①', '3 1'],
    ['議題＃３　贊成', '议题#3 赞成'],
    ['反映：三號樓路燈壞了！', '反映:三号楼路灯坏了!'],
    ['衞生', '卫生'],
    ['Ｔ５ HELP', 't5 help'],
    ['附\u200b议\u202e 1\u0007', '附议 1'],
    ['a\u2005b\r\nc\td', 'a b c d'],
    ['“赞成”', '"赞成"'],
    ['\ud800投1', '投1'],
  ])('reads %j as %j', (raw, expected) => {
    expect(normalizeCommandText(raw)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), traditional, dressed), (raw) => {
        const once = normalizeCommandText(raw);
        expect(normalizeCommandText(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves nothing invisible, wide or upper-case', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), dressed), (raw) => {
        expect(normalizeCommandText(raw)).not.toMatch(/[\p{Cf}\p{Cc}\p{Cs}\uff01-\uff5eA-Z]|^\s|\s$|\s\s/u);
      }),
      { numRuns: 500 },
    );
  });
});

const traditional = fc
  .array(fc.constantFrom(...'議題贊成後裏面乾淨發頭髮著薴苧號樓燈電梯臺灣麵麪隻祇幹榦係繫', ' ', 'A'), {
    maxLength: 30,
  })
  .map((chars) => chars.join(''));
const dressed = fc
  .array(
    fc.constantFrom(
      '①',
      '⑴',
      '⒈',
      '㊀',
      '９',
      'Ａ',
      '\u200b',
      '\ufe0f',
      '\u20e3',
      '1',
      'İ',
      'ﬃ',
      '\u3164',
      ' ',
    ),
    {
      maxLength: 20,
    },
  )
  .map((chars) => chars.join(''));

describe('toSimplified', () => {
  it('is at rest after one call', () => {
    fc.assert(
      fc.property(traditional, (text) => {
        expect(toSimplified(toSimplified(text))).toBe(toSimplified(text));
      }),
    );
  });
});

describe('enclosedNumber', () => {
  it.each([
    ['①', 1],
    ['⑳', 20],
    ['⓪', 0],
    ['⒛', 20],
    ['㉑', 21],
    ['㊱', 36],
    ['㊉', 10],
    ['⓫', 11],
    ['1', undefined],
    ['', undefined],
  ])('reads %j as %j', (char, value) => {
    expect(enclosedNumber(char)).toBe(value);
  });
});

describe('foldInPlace', () => {
  it('keeps every index where it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), traditional, dressed), (raw) => {
        expect(foldInPlace(raw)).toHaveLength(raw.length);
      }),
    );
  });

  it('makes wide, traditional and capital characters plain', () => {
    expect(foldInPlace('Ｔ５　兩週後，議題＃３')).toBe('t5 两周后,议题#3');
  });
});

describe('restAfter', () => {
  it.each([
    ['反映 3號樓ＡＢＣ', '反映', '3號樓ＡＢＣ'],
    ['反映：路灯坏了', '反映', '路灯坏了'],
    ['反映路灯坏了', '反映', '路灯坏了'],
    ['反 映　路灯', '反映', '路灯'],
    ['HELP me', 'help', 'me'],
    ['反映', '反映', ''],
    ['反', '反映', undefined],
    ['建议路灯', '反映', undefined],
  ])('finds behind the word of %j what the author wrote', (raw, word, rest) => {
    expect(restAfter(raw, word)).toBe(rest);
  });
});
