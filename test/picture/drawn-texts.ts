import type { PictureFonts } from '#src/picture/font-files';
import { widthInEms } from '#src/picture/set-text';

/** One line of text as it stands in a picture. */
export interface DrawnText {
  readonly content: string;
  readonly size: number;
  readonly bold: boolean;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TEXT =
  /<text x="([\d.]+)" y="([\d.]+)" font-family="[^"]+" font-size="(\d+)" font-weight="(\d+)" fill="[^"]+" text-anchor="(\w+)">([^<]*)<\/text>/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const PART_BEFORE: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 };

function unescaped(xml: string): string {
  return xml.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** Every text of a picture with the box that its signs fill. */
export function drawnTexts(svg: string, fonts: PictureFonts): DrawnText[] {
  return Array.from(svg.matchAll(TEXT), ([, x, y, fontSize, weight, anchor, xml]) => {
    const content = unescaped(xml ?? '');
    const size = Number(fontSize);
    const bold = weight === '700';
    const width = widthInEms(content, bold ? fonts.bold : fonts.regular) * size;
    const left = Number(x) - width * (PART_BEFORE[anchor ?? ''] ?? Number.NaN);
    const top = Number(y) - size * 0.88;
    return { content, size, bold, left, right: left + width, top, bottom: top + size };
  });
}

/** The height that a picture says it has. */
export function heightOf(svg: string): number {
  return Number(/<svg [^>]*height="(\d+)"/.exec(svg)?.[1]);
}

/** The width of every bar with this fill, from the top down. */
export function barWidths(svg: string, fill: string): number[] {
  const bars = svg.matchAll(/<path d="M64 [\d.]+H([\d.]+)a([\d.]+) [^"]*" fill="([^"]+)"\/>/g);
  return Array.from(bars)
    .filter(([, , , barFill]) => barFill === fill)
    .map(([, straightTo, radius]) => Number(straightTo) + Number(radius) - 64);
}
