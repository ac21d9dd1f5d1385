import { renderAsync } from '@resvg/resvg-js';
import type { Picture, PictureRenderer } from '#core/picture';
import { FONT_FAMILY, fontFiles, loadPictureFonts, type PictureFonts } from './font-files.ts';
import { pollOpeningSvg } from './poll-opening-svg.ts';
import { pollResultSvg } from './poll-result-svg.ts';

/** About 100 kB each: the same picture goes to every group of a place and is looked at again soon after. */
const KEPT_PICTURES = 32;

/** Keeps the results of the latest keys. A failed one is forgotten, so that it is tried again. */
function remembering<T>(most: number, make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key) => {
    const found = kept.get(key) ?? make(key);
    kept.delete(key);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}

/** One after the other: each drawing reads 20 MB of fonts on a thread that files and passwords need too. */
function oneByOne<T>(work: (input: string) => Promise<T>): (input: string) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const next = last.then(() => work(input));
    last = next.catch(() => undefined);
    return next;
  };
}

function svgOf(picture: Picture, fonts: PictureFonts): string {
  switch (picture.kind) {
    case 'pollResult':
      return pollResultSvg(picture, fonts);
    case 'pollOpening':
      return pollOpeningSvg(picture, fonts);
  }
}

/**
 * Draws pictures with the fonts of the package. Creating one reads the fonts and blocks for a moment: one a process.
 * Drawing runs beside the event loop; the bytes are shared between callers and must not be changed.
 */
export function createPictureRenderer(): PictureRenderer {
  const fonts = loadPictureFonts();
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: FONT_FAMILY };
  const draw = oneByOne(async (svg) => (await renderAsync(svg, { font, logLevel: 'off' })).asPng());
  const png = remembering<Uint8Array>(KEPT_PICTURES, draw);
  return { png: async (picture) => png(svgOf(picture, fonts)) };
}
