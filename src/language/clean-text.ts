import { MAX_ORIGINAL_CHARS, MAX_TEXT_CHARS } from './normalize.ts';

export interface CleanText {
  /** Safe to store and show, at most `maxChars` code points. */
  readonly text: string;
  /** True when `text` is shorter than what was written; the author is told. */
  readonly cut: boolean;
  /** As it came, at most 20,000 code points; lone surrogates are U+FFFD, for a database takes only valid Unicode. */
  readonly original: string;
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A few hundred joined emoji are one grapheme; whoever sends that gets it cut by code points. */
function firstCodePoints(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (let count = 0; count < max && end < text.length; count += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/**
 * The first code points of a text, at most `max`, never half a surrogate pair, and half a grapheme only where the very
 * first one is longer than `max`: else nothing would be left.
 */
export function cutByCodePoints(text: string, max: number): string {
  const head = firstCodePoints(text, max);
  if (head.length === text.length) return text;
  // The grapheme at the cut may go on behind it: look a little further, and drop it when it does.
  const tailFrom = Math.max(0, head.length - 200);
  const window = text.slice(tailFrom, head.length + 64);
  let end = 0;
  for (const { index } of graphemes.segment(window)) {
    if (tailFrom + index > head.length) break;
    end = index;
  }
  return end === 0 ? head : text.slice(0, tailFrom + end);
}

// A joiner stays only between two pictures (a family); alone it is junk that makes equal words differ.
const LONE_JOINER =
  /(?<![\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const JUNK =
  /[\p{Cs}\p{Co}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb]|(?![\t\n])\p{Cc}/gu;
const STACKED_MARKS = /(\p{M}{6})\p{M}+/gu;

function withoutJunk(raw: string): string {
  return raw
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(JUNK, '')
    .replace(LONE_JOINER, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * A user's words for storing and showing: control characters, direction overrides and zero-width junk removed, line
 * breaks kept (at most one empty line in a row), capped. HTML and markdown stay as they are: they are text.
 */
export function cleanUserText(
  raw: string,
  { maxChars = MAX_TEXT_CHARS }: { maxChars?: number } = {},
): CleanText {
  const original = firstCodePoints(raw, MAX_ORIGINAL_CHARS).replace(/\p{Cs}/gu, '\ufffd');
  const whole = withoutJunk(original);
  const text = cutByCodePoints(whole, maxChars).replace(/[\s\u200d]+$/u, '');
  return { text, cut: text.length < whole.length || raw.length > original.length, original };
}

// Characters that are a grapheme each: finding borders costs far more than counting.
const SIMPLE = /^[ -\u02ff\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff9d]*$/u;

/** Width in full-width units: one for a Chinese character or an emoji, a half for an ASCII character. */
export function widthUnits(text: string): number {
  let units = 0;
  const parts = SIMPLE.test(text) ? text : Array.from(graphemes.segment(text), ({ segment }) => segment);
  for (const part of parts) units += graphemeUnits(part);
  return units;
}

function graphemeUnits(segment: string): number {
  return segment.charCodeAt(0) < 0x300 ? 0.5 : 1;
}

/** The text itself when it fits into `maxUnits` full-width units, else its beginning and `…`, together within them. */
export function fitUnits(text: string, maxUnits: number): string {
  let units = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    units += graphemeUnits(segment);
    if (units > maxUnits) return `${text.slice(0, end).trimEnd()}…`;
    if (units <= maxUnits - 1) end = index + segment.length;
  }
  return text;
}
