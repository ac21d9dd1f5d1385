import { Converter } from 'opencc-js/t2cn';

/** What is shown of a user's text, in code points. */
export const MAX_TEXT_CHARS = 2_000;
/** What is kept of a user's text, in code points. */
export const MAX_ORIGINAL_CHARS = 20_000;

const toSimplifiedOnce = Converter({ from: 'hk', to: 'cn' }) as (text: string) => string;

/** First code point, last code point, first value: numbers in circles, brackets or with a full stop. */
const ENCLOSED_NUMBERS: readonly (readonly [number, number, number])[] = [
  [0x2460, 0x2473, 1],
  [0x2474, 0x2487, 1],
  [0x2488, 0x249b, 1],
  [0x24ea, 0x24ea, 0],
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x3220, 0x3229, 1],
  [0x3251, 0x325f, 21],
  [0x3280, 0x3289, 1],
  [0x32b1, 0x32bf, 36],
];

const ENCLOSED =
  /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf]/gu;

/** The value of ①, ⑴, ⒈, ❶, ➀, ㈠ or ㊀; undefined for any other character. */
export function enclosedNumber(char: string): number | undefined {
  const code = char.codePointAt(0) ?? 0;
  const range = ENCLOSED_NUMBERS.find(([first, last]) => code >= first && code <= last);
  return range && code - range[0] + range[2];
}

// Two neighbours must not melt together: ①② is "1 2", never "12".
function spellEnclosed(text: string): string {
  return text.replace(ENCLOSED, (char, at: number) => {
    const before = at > 0 && /[\p{N}]/u.test(text.charAt(at - 1)) ? ' ' : '';
    const after = /[0-9０-９]/.test(text.charAt(at + 1)) ? ' ' : '';
    return `${before}${enclosedNumber(char) ?? ''}${after}`;
  });
}

// Format characters, lone surrogates, variation selectors, blank "letters", tags and the keycap frame.
const INVISIBLE =
  /[\p{Cf}\p{Cs}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u20e3\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;

/** Traditional to simplified characters; a second call changes nothing more. */
export function toSimplified(text: string): string {
  let before = text;
  // A phrase may become convertible only after its neighbour was; two rounds are the rule, four the limit.
  for (let round = 0; round < 4; round += 1) {
    const after = toSimplifiedOnce(before);
    if (after === before) return after;
    before = after;
  }
  return before;
}

function foldOnce(text: string): string {
  return spellEnclosed(text.replace(INVISIBLE, ''))
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[“”„‟]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[〜∼∽]/g, '~')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}

/**
 * A form for comparing and matching commands, never for storing or showing: half-width, lower case, simplified,
 * ① as 1, one space for any white space, nothing invisible. Normalising twice changes nothing. Chinese
 * punctuation without a half-width form (。、「」) stays.
 */
export function normalizeCommandText(raw: string): string {
  let before = raw;
  // Taking something invisible away can join what was apart, so fold until it is at rest; once is usual.
  for (let round = 0; round < 4; round += 1) {
    const after = toSimplified(foldOnce(before));
    if (after === before) return after;
    before = after;
  }
  return before;
}

const WIDE_ASCII = /[\uff01-\uff5e]/g;
const LOOKALIKES: Readonly<Record<string, string>> = {
  '\u3000': ' ', '\u00a0': ' ', '\u2005': ' ', '\t': ' ', '。': '.', '｡': '.', '—': '-', '–': '-', '－': '-', '〜': '~',
  號: '号', 兩: '两', 萬: '万', 億: '亿', 貳: '贰', 參: '叁', 陸: '陆', 點: '点', 時: '时', 週: '周', 個: '个', 後: '后',
  內: '内', 諮: '咨', 議: '议', 題: '题', 訴: '诉', 協: '协', 會: '会', 項: '项', 條: '条', 樓: '楼', 棟: '栋', 單: '单',
  層: '层', 鐘: '钟', 禮: '礼', 間: '间', 現: '现', 開: '开', 從: '从', 於: '于', 據: '据', 認: '认', 領: '领',
}; // prettier-ignore
const LOOKALIKE = new RegExp(`[${Object.keys(LOOKALIKES).join('').replace('-', '\\-')}]`, 'gu');

/**
 * Half-width, lower-case, and the traditional characters that numbers and dates are written with made simplified,
 * each UTF-16 unit for one: an index into the answer is an index into `raw`, so a reader can match here and cut there.
 */
export function foldInPlace(raw: string): string {
  return raw
    .replace(WIDE_ASCII, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(LOOKALIKE, (char) => LOOKALIKES[char] ?? char)
    .replace(/[A-Z]/g, (char) => char.toLowerCase());
}

/**
 * What follows a command word in the author's own spelling, without the separator, or undefined when `raw` does not start with it.
 * `word` is normalised already; white space inside either is ignored.
 */
export function restAfter(raw: string, word: string): string | undefined {
  const wanted = word.replaceAll(' ', '');
  let read = '';
  for (const char of raw) {
    read += char;
    if (read.length > wanted.length * 4 + 64) return undefined;
    const got = normalizeCommandText(read).replaceAll(' ', '');
    if (got === wanted) return raw.slice(read.length).replace(/^[\s\p{M}\p{Cf},，:：、。.]+/u, '');
    if (got.length > wanted.length) return undefined;
  }
  return undefined;
}
