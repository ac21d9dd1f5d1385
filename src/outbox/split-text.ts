const MARK_BYTES = 16;
const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function bytesOf(text: string): number {
  return encoder.encode(text).length;
}

/**
 * The text as messages of at most `maxBytes` bytes of UTF-8, numbered `（1/3）` when there are several. Cut at line
 * ends; a line that is too long by itself is cut between characters as people see them, never inside one.
 */
export function splitText(text: string, maxBytes: number): readonly string[] {
  if (bytesOf(text) <= maxBytes) return [text];
  const room = Math.max(1, maxBytes - MARK_BYTES);
  const parts = packed(piecesOf(text, room), room);
  return parts.map((part, index) => `（${index + 1}/${parts.length}）\n${part.trim()}`);
}

/** Lines with their line ends; those that do not fit come as single characters. */
function piecesOf(text: string, room: number): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.flatMap((line) => (bytesOf(line) <= room ? [line] : charactersOf(line, room)));
}

/** A "character" of very many combining marks may itself be too long: then by code points. */
function charactersOf(line: string, room: number): readonly string[] {
  const seen = [...graphemes.segment(line)].map(({ segment }) => segment);
  return seen.flatMap((segment) => (bytesOf(segment) <= room ? [segment] : [...segment]));
}

function packed(pieces: readonly string[], room: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const piece of pieces) {
    const bytes = bytesOf(piece);
    if (used > 0 && used + bytes > room) {
      parts.push(part);
      part = '';
      used = 0;
    }
    part += piece;
    used += bytes;
  }
  if (part !== '') parts.push(part);
  return parts.filter((one) => one.trim() !== '');
}
