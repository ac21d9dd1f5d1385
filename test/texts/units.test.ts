import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToUnits, graphemesOf, joinWithin, nickname, quoted, widthInUnits } from '#texts/units';

const anyText = fc.string({ unit: 'grapheme', maxLength: 80 });

const marks = fc.constantFrom(
  '\u0301',
  '\u200d',
  '\ufe0f',
  '\u3099',
  '\r\n',
  '\n',
  '…',
  '—',
  '👨',
  '字',
  'a',
  ' ',
  '。',
);

describe('the signs of a text', () => {
  it('are what a reader sees, also where a text is simple enough to be split fast', () => {
    const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(marks).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(graphemesOf(text)).toEqual(Array.from(segmenter.segment(text), ({ segment }) => segment));
        },
      ),
    );
  });
});

describe('cutting a text to a width', () => {
  it('counts a Chinese sign as one unit and an ASCII sign as half', () => {
    expect(widthInUnits('诉求#12')).toBe(3.5);
    expect(widthInUnits('')).toBe(0);
  });

  it('never gets wider than allowed', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 2, max: 60 }).map((half) => half / 2),
        (text, units) => {
          expect(widthInUnits(cutToUnits(text, units))).toBeLessThanOrEqual(Math.max(units, 1));
        },
      ),
    );
  });

  it('leaves a text that fits as it is', () => {
    fc.assert(fc.property(anyText, (text) => cutToUnits(text, widthInUnits(text)) === text));
  });

  it('keeps a beginning of whole signs', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, units) => {
        const cut = cutToUnits(text, units);
        if (cut === text) return;
        const kept = graphemesOf(cut.slice(0, -1));
        expect(graphemesOf(text).slice(0, kept.length).join('').trimEnd()).toBe(kept.join('').trimEnd());
      }),
    );
  });

  it('does not take a family apart', () => {
    expect(cutToUnits('好👨‍👩‍👧‍👦好好', 2)).toBe('好…');
    expect(cutToUnits('好👨‍👩‍👧‍👦好好', 3)).toBe('好👨‍👩‍👧‍👦…');
  });
});

describe('what people wrote', () => {
  it('is quoted on one line with inner quotes made single', () => {
    expect(quoted('他说「路灯\n坏了」')).toBe('「他说『路灯 坏了』」');
  });

  it('shows a name with at most eight signs', () => {
    expect(nickname('张桂兰')).toBe('张桂兰');
    expect(nickname('幸福里三号楼张桂兰')).toBe('幸福里三号楼张…');
  });

  it('names as many parts as fit and tells how many there are', () => {
    const rest = (total: number) => `共${total}项`;
    expect(joinWithin(['甲', '乙'], '、', 3, rest)).toBe('甲、乙');
    expect(joinWithin(['甲甲', '乙乙', '丙丙'], '、', 6, rest)).toBe('甲甲、共3项');
  });
});
