import { describe, expect, it } from 'vitest';
import { readFontFace } from '#src/picture/font-face';
import { loadPictureFonts } from '#src/picture/font-files';

const fonts = loadPictureFonts();
const code = (sign: string): number => sign.codePointAt(0) ?? 0;

describe('the fonts of a picture', () => {
  it.each(['一', '镕', '㐂', '堃', '䶮', '𬭎', '〓', '…', 'A', '0'])(
    'have a sign for %s in both weights',
    (sign) => {
      expect([fonts.regular.has(code(sign)), fonts.bold.has(code(sign))]).toEqual([true, true]);
    },
  );

  it.each(['😀', 'ا', '\u{10ffff}', '\u{0}'])('say that they lack %j', (sign) => {
    expect([fonts.regular.has(code(sign)), fonts.bold.has(code(sign))]).toEqual([false, false]);
  });

  it('give a Chinese sign one square and a digit less than two thirds of it', () => {
    expect(fonts.bold.advance(code('票'))).toBe(1);
    expect(fonts.bold.advance(code('8'))).toBeLessThan(0.66);
  });

  it('give each letter its own width', () => {
    const [narrow, wide] = ['i', 'W'].map((letter) => fonts.regular.advance(code(letter)));
    expect(narrow).toBeLessThan(0.4);
    expect(wide).toBeGreaterThan(0.8);
  });

  it('give all digits one width, so that numbers stand in columns', () => {
    const widths = Array.from('0123456789', (digit) => fonts.bold.advance(code(digit)));
    expect(new Set(widths).size).toBe(1);
  });

  it('are refused when they are no fonts', () => {
    expect(() => readFontFace(new TextEncoder().encode('not a font at all'))).toThrow();
    expect(() => readFontFace(new Uint8Array())).toThrow(RangeError);
  });
});
