import type { FontFace } from './font-face.ts';
import { FONT_FAMILY, type PictureFonts } from './font-files.ts';

/** Width and inner edges of every picture, in px. */
export const CANVAS = { width: 1080, maxHeight: 1920, margin: 64, right: 1016, inner: 952 } as const;

/** Pictures are always light. */
export const COLOURS = {
  paper: '#FFFFFF',
  ink: '#1A1D21',
  ink2: '#454B53',
  line: '#D9DDE2',
  track: '#EEF1F4',
  primary: '#1B5FAA',
  primarySoft: '#E7F0FA',
  primaryOnSoft: '#164E8C',
  warning: '#7A5200',
  warningSoft: '#FFF2CC',
  against: '#B45309',
  abstain: '#8A919B',
} as const;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly fill: string;
}

export interface TextPlace {
  /** The left, middle or right of the text, by `anchor`. */
  readonly x: number;
  /** The top of the signs' squares. */
  readonly top: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** The baseline of Chinese signs lies this far under the top of their square. */
const BASELINE = 0.88;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in XML, in an element or in a quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Lengths in the picture: two decimals, so that the same data give the same bytes whatever the arithmetic. */
export function px(length: number): string {
  return String(Math.round(length * 100) / 100);
}

export function faceOf(fonts: PictureFonts, style: TextStyle): FontFace {
  return style.bold === true ? fonts.bold : fonts.regular;
}

/** One line of text; it must have been made drawable and cut before. */
export function textLine(content: string, style: TextStyle, { x, top, anchor = 'start' }: TextPlace): string {
  const baseline = px(top + style.size * BASELINE);
  const weight = style.bold === true ? 700 : 400;
  return (
    `<text x="${px(x)}" y="${baseline}" font-family="${FONT_FAMILY}" font-size="${style.size}" ` +
    `font-weight="${weight}" fill="${style.fill}" text-anchor="${anchor}">${escapeXml(content)}</text>`
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
}

/** A filled rectangle; the radius shrinks with a narrow one, nothing is drawn for one without width. */
export function rect({ x, y, width, height, radius = 0 }: Box, fill: string): string {
  if (width <= 0) return '';
  const rx = Math.min(radius, width / 2, height / 2);
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(rx)}" fill="${fill}"/>`;
}
