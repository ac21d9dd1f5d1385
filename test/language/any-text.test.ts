import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanUserText, fitUnits, widthUnits } from '#language/clean-text';
import { extractSlots } from '#language/concern-slots';
import { parseDeadline } from '#language/deadline';
import { looksLikeQuestion } from '#language/intent';
import { isBlankOrEmoji, stripMention, stripQuote } from '#language/message-frame';
import { foldInPlace, normalizeCommandText, restAfter } from '#language/normalize';
import { parseNumber } from '#language/numerals';
import { readLeadingNumber, readNumberList } from '#language/references';
import { createConcernIndex, similarConcerns } from '#language/similarity';
import { titleOf } from '#language/title';

const now = new Date('2026-12-04T10:00:00+08:00');
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  normalizeCommandText,
  foldInPlace,
  restAfter: (text) => restAfter(text, '反映'),
  cleanUserText: (text) => cleanUserText(text),
  widthUnits,
  fitUnits: (text) => fitUnits(text, 12),
  stripQuote,
  stripMention: (text) => stripMention(text, ['议事助手', '幸福里', 'a']),
  isBlankOrEmoji,
  parseNumber,
  readLeadingNumber,
  readNumberList,
  parseDeadline: (text) => parseDeadline(text, now, 'Asia/Shanghai'),
  extractSlots,
  titleOf: (text) => titleOf(text),
  similarConcerns: (text) => similarConcerns(text, [{ id: '1', text }]),
  looksLikeQuestion,
};
const READER_LIST = Object.entries(READERS);

const LENGTH = 20_000;
/** Repeated, these are what a careless expression walks over again and again. */
const NASTY = [
  ' ', '\n', '\u3000', '\u200b', '\u200d', '\ufe0f', '\u0301', '\ud800', '👨‍👩‍👧', '🇨🇳', '①', '１', '一', '十', '万', '半', '1、', '1-', '1 ',
  '-', '- ', '\n- ', '\n- - - - - -', '「', '」\n', '「a：', '"', '@', '@a', '@议事助手', '议事助手', '[', '[微笑]', '路', '芙蓉路', '栋', '1栋', '1、2栋',
  '号楼', '单元', '月', '1月', '天后', '至', '您好', '我是', '我是业主', '请问', '反映', ',', '。', '湘a', '湘a1', 'ﷺ', '號', '薴', '<b>', 'e\u0301',
]; // prettier-ignore

describe.each(READER_LIST)('%s', (_name, read) => {
  it('answers for any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme' }), mixed),
        (text) => {
          expect(() => read(text)).not.toThrow();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads 20,000 characters of anything at once', () => {
    // Quadratic work on 20,000 characters would take seconds for each of these and run into the time limit.
    for (const unit of NASTY) {
      const text = unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH);
      expect(() => read(text)).not.toThrow();
    }
  }, 120_000);
});

const mixed = fc.array(fc.constantFrom(...NASTY), { maxLength: 40 }).map((parts) => parts.join(''));

describe('createConcernIndex', () => {
  it('takes in and lets go of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), mixed), { maxLength: 6 }), (texts) => {
        const index = createConcernIndex();
        texts.forEach((text, at) => index.add(String(at), text));
        texts.forEach((text) => index.search(text));
        texts.forEach((_, at) => expect(index.remove(String(at))).toBe(true));
        expect(index.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
