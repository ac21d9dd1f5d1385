import { Resvg } from '@resvg/resvg-js';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { fontFiles, loadPictureFonts } from '#src/picture/font-files';
import { pollResultSvg } from '#src/picture/poll-result-svg';
import { createPictureRenderer } from '#src/picture/render-png';
import { heightOf } from './drawn-texts.ts';
import { pictureSamples } from './samples.ts';

const SLOW_MS = 60_000;
const fonts = loadPictureFonts();

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Brightness of the red part, 0 to 255. */
  at(x: number, y: number): number;
}

function pixelsOf(svg: string): Pixels {
  const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: fontFiles() } }).render();
  const { width, height, pixels } = image;
  return { width, height, at: (x, y) => pixels[(Math.floor(y) * width + Math.floor(x)) * 4] ?? Number.NaN };
}

function inkOutside(image: Pixels, margin: number): number {
  let count = 0;
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const isInside = x >= margin && x < image.width - margin && y >= margin && y < image.height - margin;
      if (!isInside && image.at(x, y) < 250) count += 1;
    }
  }
  return count;
}

describe('the picture as it is drawn', () => {
  it('leaves its margins white with the longest texts', { timeout: SLOW_MS }, () => {
    const image = pixelsOf(pollResultSvg(pictureSamples.longestTwenty, fonts));
    expect(image.width).toBe(1080);
    expect(inkOutside(image, 62)).toBe(0);
  });

  it('shows the QR code of its address, square by square', { timeout: SLOW_MS }, () => {
    const svg = pollResultSvg(pictureSamples.lift, fonts);
    const image = pixelsOf(svg);
    const { data, size } = encode(pictureSamples.lift.url ?? '', { ecc: 'M', border: 0 });
    const top = heightOf(svg) - 64 - 200;
    const middle = (index: number): number => ((index + 0.5) * 200) / size;
    const seen = data.map((row, y) => row.map((_, x) => image.at(816 + middle(x), top + middle(y)) < 128));
    expect(seen).toEqual(data);
  });
});

describe('the renderer', () => {
  it('gives a PNG of the size of the picture', { timeout: SLOW_MS }, async () => {
    const png = Buffer.from(await createPictureRenderer().png(pictureSamples.two));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      1080,
      heightOf(pollResultSvg(pictureSamples.two, fonts)),
    ]);
  });

  it('gives the same bytes for the same data, also from another renderer', { timeout: SLOW_MS }, async () => {
    const first = await createPictureRenderer().png(pictureSamples.lift);
    const second = await createPictureRenderer().png(structuredClone(pictureSamples.lift));
    expect(Buffer.from(first).equals(second)).toBe(true);
  });

  it('draws one picture for all who ask for it at once or later', { timeout: SLOW_MS }, async () => {
    const renderer = createPictureRenderer();
    const [first, second] = await Promise.all([
      renderer.png(pictureSamples.two),
      renderer.png(pictureSamples.two),
    ]);
    expect(second).toBe(first);
    expect(await renderer.png({ ...pictureSamples.two })).toBe(first);
  });

  it('draws different pictures of different data', { timeout: SLOW_MS }, async () => {
    const renderer = createPictureRenderer();
    const first = await renderer.png(pictureSamples.two);
    const second = await renderer.png({ ...pictureSamples.two, verificationCode: 'A1B2C3D5' });
    expect(Buffer.from(first).equals(second)).toBe(false);
  });
});
