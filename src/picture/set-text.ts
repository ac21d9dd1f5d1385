import { graphemesOf, oneLine } from '#texts/units';
import type { FontFace } from './font-face.ts';

/**
 * Stands for a sign that the font lacks (emoji, the rarest names): the printers' mark for a missing type. The foot
 * of the picture explains it. A sign left out instead could turn one name into another unseen.
 */
export const MISSING_SIGN = '〓';

const ELLIPSIS = '…';
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Variation_Selector}]/gu;
const NOT_FIRST = /^[，。、；：？！…）」』》〉】”’%,.;:?!)\]}·—]/u;
const NOT_LAST = /[（「『《〈【“‘([{#]$/u;
/** What looks forgotten before an ellipsis. */
const LOOSE_END = /[\s，、；：,;:…]+$/u;
/** A line that breaks between words is at least this full; else the break falls between any two signs. */
const LEAST_FULL = 0.7;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

function drawableGrapheme(grapheme: string, face: FontFace): string {
  const signs = Array.from(grapheme.replace(INVISIBLE, ''));
  const [base] = signs;
  if (base === undefined) return '';
  if (!face.has(base.codePointAt(0) ?? 0)) return MISSING_SIGN;
  return signs.filter((sign) => face.has(sign.codePointAt(0) ?? 0)).join('');
}

/** The text on one line with only signs that the font has: control and direction signs go, the rest becomes 〓. */
export function drawable(text: string, face: FontFace): string {
  const graphemes = graphemesOf(oneLine(text.normalize('NFC')));
  return oneLine(graphemes.map((grapheme) => drawableGrapheme(grapheme, face)).join(''));
}

/** Width as a part of the font size; kerning only makes the drawn text narrower. */
export function widthInEms(text: string, face: FontFace): number {
  let width = 0;
  for (const sign of text) width += face.advance(sign.codePointAt(0) ?? 0);
  return width;
}

/** The text when it fits, else as much of its beginning as fits with … behind it. */
export function cutToEms(text: string, ems: number, face: FontFace): string {
  if (widthInEms(text, face) <= ems) return text;
  return headWithin(text, ems - widthInEms(ELLIPSIS, face), face).replace(LOOSE_END, '') + ELLIPSIS;
}

function headWithin(text: string, ems: number, face: FontFace): string {
  let head = '';
  let width = 0;
  for (const grapheme of graphemesOf(text)) {
    width += widthInEms(grapheme, face);
    if (width > ems) break;
    head += grapheme;
  }
  return head;
}

function isBreak(before: string, after: string): boolean {
  return !NOT_FIRST.test(after.trimStart()) && !NOT_LAST.test(before);
}

function lastBreak(text: string, ends: readonly number[]): number | undefined {
  return ends.findLast((end) => isBreak(text.slice(0, end), text.slice(end)));
}

/** The longest beginning that fits and ends where a line may end: after a word if that leaves the line full enough. */
function firstLine(text: string, ems: number, face: FontFace, byWords: boolean): string {
  const most = headWithin(text, ems, face);
  if (most.length === text.length) return text;
  const wordEnds = Array.from(words.segment(text), ({ index, segment }) => index + segment.length);
  const afterWord = lastBreak(
    text,
    wordEnds.filter((end) => end <= most.length),
  );
  if (byWords && afterWord !== undefined && widthInEms(text.slice(0, afterWord), face) >= ems * LEAST_FULL) {
    return text.slice(0, afterWord);
  }
  let end = 0;
  const signEnds = graphemesOf(most).map((grapheme) => (end += grapheme.length));
  return text.slice(0, lastBreak(text, signEnds.slice(-3)) ?? most.length);
}

function broken(text: string, ems: number, most: number, face: FontFace, byWords: boolean): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < most - 1) {
    const line = firstLine(rest, ems, face, byWords);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return rest === '' ? lines : [...lines, rest];
}

/**
 * Breaks a text into lines of at most `ems`, between words where that costs no line; what is more than `most` lines
 * ends with … .
 */
export function linesOf(text: string, ems: number, most: number, face: FontFace): string[] {
  const fits = (lines: readonly string[]): boolean => widthInEms(lines.at(-1) ?? '', face) <= ems;
  const bySense = broken(text, ems, most, face, true);
  if (fits(bySense)) return bySense;
  const bySigns = broken(text, ems, most, face, false);
  return fits(bySigns) ? bySigns : bySense.map((line) => cutToEms(line, ems, face));
}
