import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '#src/outbox/split-text';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const bare = (parts: readonly string[]) => parts.map((part) => part.replace(/^（\d+\/\d+）\n/, '')).join('');
const squeezed = (text: string) => text.replace(/\s/g, '');

describe('splitting a text for a channel', () => {
  it('leaves a text that fits alone', () => {
    expect(splitText('一二三', 9)).toEqual(['一二三']);
  });

  it('cuts at line ends and numbers the parts', () => {
    expect(splitText('第一行\n第二行\n第三行', 28)).toEqual([
      '（1/3）\n第一行',
      '（2/3）\n第二行',
      '（3/3）\n第三行',
    ]);
  });

  it('never cuts inside a character as people see it', () => {
    const family = '👨‍👩‍👧‍👦';
    const parts = splitText(family.repeat(10), 100);
    expect(bare(parts)).toBe(family.repeat(10));
    for (const part of parts) expect(bytesOf(bare([part])) % bytesOf(family)).toBe(0);
  });

  it('keeps every word of any text and every part within the limit', () => {
    const text = fc.string({ unit: fc.constantFrom('路', '灯', 'a', '\n', '，', '👍🏽', ' '), maxLength: 400 });
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 300 }), (original, maxBytes) => {
        const parts = splitText(original, maxBytes);
        expect(squeezed(bare(parts))).toBe(squeezed(original));
        for (const part of parts) expect(bytesOf(part)).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 300 },
    );
  });
});
