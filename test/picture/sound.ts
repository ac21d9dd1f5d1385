import { expect } from 'vitest';
import type { PictureFonts } from '#src/picture/font-files';
import { drawnTexts, heightOf, type DrawnText } from './drawn-texts.ts';

function touch(a: DrawnText, b: DrawnText): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Every text lies within the margins, apart from the others, and has only signs of the font. */
export function expectSound(svg: string, fonts: PictureFonts): void {
  const texts = drawnTexts(svg, fonts);
  expect(heightOf(svg)).toBeLessThanOrEqual(1920);
  expect(svg.match(/<text /g)).toHaveLength(texts.length);
  for (const text of texts) {
    expect(text.left, text.content).toBeGreaterThanOrEqual(63.9);
    expect(text.right, text.content).toBeLessThanOrEqual(1016.1);
    expect(text.top, text.content).toBeGreaterThanOrEqual(63.9);
    expect(text.bottom, text.content).toBeLessThanOrEqual(heightOf(svg) - 63.9);
    const face = text.bold ? fonts.bold : fonts.regular;
    expect(Array.from(text.content).filter((sign) => !face.has(sign.codePointAt(0) ?? 0))).toEqual([]);
  }
  const overlapping = texts.flatMap((a, index) => texts.slice(index + 1).filter((b) => touch(a, b)));
  expect(overlapping).toEqual([]);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
}
