import { describe, expect, it } from 'vitest';

import { dark, light, type Palette } from '../../web/src/theme/tokens.ts';

/** Relative luminance, WCAG 2.x. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = channels.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

type Pair = readonly [text: keyof Palette, ground: keyof Palette, light: number, dark: number];

/** The table of the interface reference: text, ground, ratio in light, ratio in dark. */
const PAIRS: readonly Pair[] = [
  ['ink', 'surface', 16.91, 14.52],
  ['ink', 'canvas', 15.5, 16.32],
  ['ink2', 'surface', 8.81, 9.89],
  ['ink2', 'canvas', 8.07, 11.12],
  ['ink3', 'surface', 5.81, 6.65],
  ['ink3', 'canvas', 5.32, 7.48],
  ['lineStrong', 'surface', 3.73, 4.4],
  ['lineStrong', 'canvas', 3.42, 4.94],
  ['line', 'surface', 1.36, 1.41],
  ['line', 'canvas', 1.25, 1.59],
  ['primary', 'surface', 6.43, 7.79],
  ['primary', 'canvas', 5.9, 8.76],
  ['onPrimary', 'primary', 6.43, 8.43],
  ['onPrimary', 'primaryHover', 8.39, 10.36],
  ['primary', 'primarySoft', 5.59, 6.48],
  ['ink', 'primarySoft', 14.69, 12.08],
  ['green', 'surface', 6.1, 8.15],
  ['green', 'canvas', 5.59, 9.16],
  ['green', 'greenSoft', 5.3, 6.77],
  ['yellow', 'surface', 6.92, 9.31],
  ['yellow', 'canvas', 6.34, 10.47],
  ['yellow', 'yellowSoft', 6.2, 7.66],
  ['red', 'surface', 6.57, 7.94],
  ['red', 'canvas', 6.03, 8.93],
  ['red', 'redSoft', 5.59, 7.0],
  ['brand', 'surface', 6.54, 6.6],
  ['brand', 'canvas', 5.99, 7.42],
];

const DECORATION: ReadonlySet<keyof Palette> = new Set(['line']);
const BORDERS: ReadonlySet<keyof Palette> = new Set(['lineStrong']);

describe.each([
  ['light', light, 2],
  ['dark', dark, 3],
] as const)('the %s palette', (_name, palette, column) => {
  it.each(PAIRS)('has the ratio of the reference for %s on %s', (...pair) => {
    expect(ratio(palette[pair[0]], palette[pair[1]])).toBeCloseTo(pair[column], 1);
  });

  it.each(PAIRS)('lets %s be read on %s', (text, ground) => {
    const least = DECORATION.has(text) ? 1 : BORDERS.has(text) ? 3 : 4.5;
    expect(ratio(palette[text], palette[ground])).toBeGreaterThanOrEqual(least);
  });
});
