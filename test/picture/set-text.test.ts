import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPictureFonts } from '#src/picture/font-files';
import { cutToEms, drawable, linesOf, widthInEms } from '#src/picture/set-text';

const face = loadPictureFonts().regular;
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const chinese = fc.string({ unit: fc.constantFrom(...'三号楼加装电梯，的「方」案。a1 '), maxLength: 60 });

describe('making a text drawable', () => {
  it('keeps rare signs that the font has', () => {
    expect(drawable('㐂镕堃䶮𬭎', face)).toBe('㐂镕堃䶮𬭎');
  });

  it('puts one 〓 in the place of each sign that the font lacks', () => {
    expect(drawable('𠮷祥里🎉 👨‍👩‍👧 👍🏽', face)).toBe('〓祥里〓 〓 〓');
  });

  it('removes what has no shape: controls, direction signs, variation selectors, lone surrogates', () => {
    expect(drawable('加\u0000装\u202e电\u200b梯\ufe0f\u{e0100}\ud800', face)).toBe('加装电梯');
  });

  it('makes one line of several', () => {
    expect(drawable(' 加装\n\n电梯\t好 ', face)).toBe('加装 电梯 好');
  });

  it('leaves only signs that the font has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const signs = Array.from(drawable(text, face));
        expect(signs.filter((sign) => !face.has(sign.codePointAt(0) ?? 0))).toEqual([]);
      }),
    );
  });
});

describe('setting a text into lines', () => {
  it('keeps a text that fits on one line', () => {
    expect(linesOf('三号楼加装电梯', 7, 2, face)).toEqual(['三号楼加装电梯']);
  });

  it('breaks between words when that costs no line', () => {
    expect(linesOf('三号楼同时加装电梯的费用', 8, 2, face)).toEqual(['三号楼同时加装', '电梯的费用']);
  });

  it('breaks inside a word when the text would not fit otherwise', () => {
    expect(linesOf('三号楼同时加装电梯以后的费用', 8, 2, face).join('')).not.toContain('…');
  });

  it('begins no line with a closing sign', () => {
    expect(linesOf('一二三四五六七八，九', 8, 2, face)[1]).not.toMatch(/^，/u);
  });

  it('ends what is too long with an ellipsis and no comma before it', () => {
    expect(cutToEms('装电梯，以后再说', 5, face)).toBe('装电梯…');
  });

  it('never gets wider or longer than allowed', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, chinese),
        fc.integer({ min: 4, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        (text, ems, most) => {
          const lines = linesOf(drawable(text, face), ems, most, face);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(widthInEms(line, face)).toBeLessThanOrEqual(ems);
        },
      ),
    );
  });

  it('loses nothing of a text that it does not cut', () => {
    fc.assert(
      fc.property(chinese, (text) => {
        const whole = drawable(text, face);
        const lines = linesOf(whole, 17, 9, face);
        expect(lines.join('').replaceAll(' ', '')).toBe(whole.replaceAll(' ', ''));
      }),
    );
  });
});
