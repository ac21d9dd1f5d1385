import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '#language/numerals';

/** Writes 0 to 99,999 the way a school book does; knows nothing of the parser. */
function writeChinese(value: number): string {
  if (value === 0) return '零';
  const names = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
  const units = ['', '十', '百', '千', '万'];
  const digits = String(value).split('').map(Number);
  let text = '';
  digits.forEach((digit, at) => {
    if (digit !== 0) text += `${names[digit] ?? ''}${units[digits.length - 1 - at] ?? ''}`;
    else if (!text.endsWith('零')) text += '零';
  });
  return text.replace(/零+$/, '').replace(/^一十/, '十');
}

describe('parseNumber', () => {
  it('reads back every number from 0 to 99,999', () => {
    const wrong = [];
    for (let value = 0; value < 100_000; value += 1) {
      const written = writeChinese(value);
      if (parseNumber(written) !== value) wrong.push([value, written, parseNumber(written)]);
    }
    expect(wrong).toEqual([]);
  });

  it('reads digits in any dress', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), (value) => {
        const wide = String(value).replace(/\d/g, (digit) =>
          String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
        );
        const spelled = String(value).replace(/\d/g, (digit) => '〇一二三四五六七八九'.charAt(Number(digit)));
        expect([parseNumber(wide), parseNumber(spelled)]).toEqual([value, value]);
      }),
    );
  });

  it.each([
    ['廿三', 23],
    ['卅', 30],
    ['两千', 2_000],
    ['两百', 200],
    ['兩萬', 20_000],
    ['两', 2],
    ['半', 0.5],
    ['2万5', 25_000],
    ['1.5万', 15_000],
    ['1万2千', 12_000],
    ['一百五', 150],
    ['两千三', 2_300],
    ['一百零五', 105],
    ['一百十五', 115],
    ['十万', 100_000],
    ['一亿二千万', 120_000_000],
    ['叁佰贰拾壹', 321],
    ['①', 1],
    ['⑿', 12],
    ['１２', 12],
    ['1,000', 1_000],
    ['二〇二六', 2_026],
    [' 3 ', 3],
  ])('reads %j as %j', (token, value) => {
    expect(parseNumber(token)).toBe(value);
  });

  it.each(['', '路', '一二十', '十百', '万', '12十', '三a', '-1', '1.2.3', '第三', '9'.repeat(40)])(
    'refuses %j',
    (token) => {
      expect(parseNumber(token)).toBeUndefined();
    },
  );

  it('answers with a number or undefined for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'一二十百千万亿零两半廿05.,'), { maxLength: 32 }), (chars) => {
        const value = parseNumber(chars.join(''));
        expect(value === undefined || (Number.isFinite(value) && value >= 0)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
