/** What setting text needs to know of one font. */
export interface FontFace {
  /** Whether the font has a sign of its own for this code point; without one a box would be drawn. */
  has(codePoint: number): boolean;
  /** How far the code point moves the pen, as a part of the font size; kerning is left out. */
  advance(codePoint: number): number;
}

interface CodeRange {
  readonly first: number;
  readonly last: number;
  readonly glyph: number;
}

const WINDOWS = 3;
const FULL_UNICODE = 10;
const TABLE_RECORD_BYTES = 16;

function tableAt(font: DataView, tag: string): number {
  const count = font.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const record = 12 + index * TABLE_RECORD_BYTES;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((byte) => font.getUint8(record + byte)));
    if (name === tag) return font.getUint32(record + 8);
  }
  throw new Error(`The font has no table ${tag}.`);
}

/** The subtable of format 12, which holds every code point; older formats end at U+FFFF. */
function fullUnicodeAt(font: DataView): number {
  const cmap = tableAt(font, 'cmap');
  const count = font.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const record = cmap + 4 + index * 8;
    const isFull = font.getUint16(record) === WINDOWS && font.getUint16(record + 2) === FULL_UNICODE;
    if (isFull) return cmap + font.getUint32(record + 4);
  }
  throw new Error('The font has no character map for all of Unicode.');
}

function codeRanges(font: DataView): readonly CodeRange[] {
  const table = fullUnicodeAt(font);
  const count = font.getUint32(table + 12);
  return Array.from({ length: count }, (_, index) => {
    const group = table + 16 + index * 12;
    return {
      first: font.getUint32(group),
      last: font.getUint32(group + 4),
      glyph: font.getUint32(group + 8),
    };
  });
}

/** The ranges are in ascending order: found by halving. */
function glyphOf(ranges: readonly CodeRange[], codePoint: number): number {
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) break;
    if (codePoint < range.first) high = middle - 1;
    else if (codePoint > range.last) low = middle + 1;
    else return range.glyph + codePoint - range.first;
  }
  return 0;
}

function advances(font: DataView): Float64Array {
  const unitsPerEm = font.getUint16(tableAt(font, 'head') + 18);
  const count = font.getUint16(tableAt(font, 'hhea') + 34);
  const metrics = tableAt(font, 'hmtx');
  return Float64Array.from({ length: count }, (_, glyph) => font.getUint16(metrics + glyph * 4) / unitsPerEm);
}

/**
 * Reads the character map and the widths of a TrueType or OpenType font; keeps nothing of the bytes.
 * @throws Error when a table is missing, RangeError when the bytes end too early.
 */
export function readFontFace(bytes: Uint8Array): FontFace {
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ranges = codeRanges(font);
  const widths = advances(font);
  const lastWidth = widths.at(-1) ?? 1;
  return {
    has: (codePoint) => glyphOf(ranges, codePoint) !== 0,
    advance: (codePoint) => widths[glyphOf(ranges, codePoint)] ?? lastWidth,
  };
}
