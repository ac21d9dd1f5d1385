const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
const ELLIPSIS = '…';
// Signs that are a grapheme each, such as Chinese and ASCII: finding borders costs far more than splitting.
const SIMPLE = /^[ -~\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff9d\n]*$/u;

/** The text as its reader sees it, sign by sign: joined emoji and letters with marks stay whole. */
export function graphemesOf(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function unitsOf(grapheme: string): number {
  // Latin letters with marks are as narrow as those without.
  return (grapheme.codePointAt(0) ?? 0) < 0x250 ? 0.5 : 1;
}

/** Width in full-width units: a Chinese sign is 1, an ASCII sign is ½. */
export function widthInUnits(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + unitsOf(grapheme), 0);
}

/**
 * The text when it is at most `units` wide; else its beginning with … at the end, together at most `units` wide.
 * Cuts between graphemes only. Below one unit nothing but the … is left.
 */
export function cutToUnits(text: string, units: number): string {
  if (text.length <= units) return text;
  let width = 0;
  let kept = '';
  for (const grapheme of graphemesOf(text)) {
    const next = width + unitsOf(grapheme);
    if (next > units) return trimmedTo(kept, units - 1) + ELLIPSIS;
    width = next;
    kept += grapheme;
  }
  return text;
}

function trimmedTo(text: string, units: number): string {
  const graphemes = graphemesOf(text);
  let width = graphemes.reduce((sum, grapheme) => sum + unitsOf(grapheme), 0);
  while (graphemes.length > 0 && width > units) width -= unitsOf(graphemes.pop() ?? '');
  return graphemes.join('').trimEnd();
}

/** A name as it is spoken in a group: at most eight signs. */
export function nickname(name: string): string {
  const graphemes = graphemesOf(oneLine(name));
  return graphemes.length <= 8 ? graphemes.join('') : graphemes.slice(0, 7).join('') + ELLIPSIS;
}

/** The text on one line: breaks and runs of blanks become one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** What somebody wrote, in 「」 and on one line; 「」 within it become 『』. */
export function quoted(text: string): string {
  return `「${oneLine(text).replaceAll('「', '『').replaceAll('」', '』')}」`;
}

/**
 * As many of the parts as fit into `units`, joined; what is left out is told by `rest`, which gets the number of
 * parts in all. The first part always stays.
 */
export function joinWithin(
  parts: readonly string[],
  separator: string,
  units: number,
  rest: (total: number) => string,
): string {
  const whole = parts.join(separator);
  if (widthInUnits(whole) <= units) return whole;
  for (let count = parts.length - 1; count > 1; count -= 1) {
    const line = [...parts.slice(0, count), rest(parts.length)].join(separator);
    if (widthInUnits(line) <= units) return line;
  }
  return [...parts.slice(0, 1), rest(parts.length)].join(separator);
}

/** A code as it is read out: 7K2M9QXA → 7K2M-9QXA. */
export function inFours(code: string): string {
  return code.replace(/(.{4})(?=.)/gu, '$1-');
}
