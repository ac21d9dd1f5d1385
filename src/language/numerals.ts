import { normalizeCommandText } from './normalize.ts';

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 幺: 1, 俩: 2, 仨: 3,
  壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9,
}; // prettier-ignore
const SMALL_UNITS: Readonly<Record<string, number>> = {
  十: 10,
  拾: 10,
  百: 100,
  佰: 100,
  千: 1_000,
  仟: 1_000,
};
const LARGE_UNITS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };
const MAX_TOKEN_CHARS = 32;

/** The characters a numeral is written with, after `foldInPlace`; for use inside a character class. */
export const NUMERAL_CHARS = `0-9${Object.keys(DIGITS).join('')}十拾百佰千仟万亿廿卅卌`;

type Mark =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'zero' }
  | { readonly kind: 'small' | 'large'; readonly value: number };

function marksOf(token: string): Mark[] | undefined {
  const marks: Mark[] = [];
  const pieces = token.matchAll(/\d+(?:\.\d+)?|[^]/gu);
  for (const [piece] of pieces) {
    const digit = /^\d/.test(piece) ? Number(piece) : DIGITS[piece];
    const small = SMALL_UNITS[piece];
    const large = LARGE_UNITS[piece];
    if (digit === 0 && !/^\d/.test(piece)) marks.push({ kind: 'zero' });
    else if (digit !== undefined) marks.push({ kind: 'number', value: digit });
    else if (small) marks.push({ kind: 'small', value: small });
    else if (large) marks.push({ kind: 'large', value: large });
    else return undefined;
  }
  return marks;
}

interface Sum {
  readonly total: number;
  /** What is below the next 万 or 亿. */
  readonly section: number;
  /** A number whose unit has not come yet. */
  readonly pending?: number;
  readonly unit: number;
  readonly isAfterZero: boolean;
}

/** Undefined as soon as the marks make no number (一二十, 十百). */
function addMark(sum: Sum, mark: Mark): Sum | undefined {
  const { total, section, pending, unit } = sum;
  switch (mark.kind) {
    case 'zero':
      return pending === undefined ? { ...sum, isAfterZero: true } : undefined;
    case 'number':
      return pending === undefined ? { ...sum, pending: mark.value } : undefined;
    case 'small': {
      const times = pending ?? 1;
      if (mark.value >= unit || times >= 10) return undefined;
      return { total, section: section + times * mark.value, unit: mark.value, isAfterZero: false };
    }
    case 'large': {
      const below = section + (pending ?? 0);
      if (below + total === 0) return undefined;
      const isMillions = mark.value > 10_000;
      const sumSoFar = isMillions ? (total + below) * mark.value : total + below * mark.value;
      return { total: sumSoFar, section: 0, unit: mark.value, isAfterZero: false };
    }
  }
}

function sumOf(marks: readonly Mark[]): number | undefined {
  let sum: Sum | undefined = { total: 0, section: 0, unit: Infinity, isAfterZero: false };
  for (const mark of marks) {
    sum = addMark(sum, mark);
    if (!sum) return undefined;
  }
  const last = sum.pending ?? 0;
  // 一百五 is 150 and 2万5 is 25,000: a last single digit counts in the next lower unit.
  const isShortened = !sum.isAfterZero && sum.unit > 10 && sum.unit < Infinity && last < 10;
  return sum.total + sum.section + last * (isShortened ? sum.unit / 10 : 1);
}

/**
 * The value of a numeral and nothing else: 12, １２, ①, 十二, 廿三, 一百零五, 一百五, 二〇二六, 两千, 2万5, 1.5万, 1,000, 半 (0.5).
 * Undefined for anything that is not one number.
 */
export function parseNumber(token: string): number | undefined {
  if (token.length > MAX_TOKEN_CHARS) return undefined;
  const text = normalizeCommandText(token)
    .replace(/^\((.+)\)$/u, '$1')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/廿/g, '二十')
    .replace(/卅/g, '三十')
    .replace(/卌/g, '四十');
  if (text === '') return undefined;
  if (text === '半') return 0.5;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const digits = [...text].map((char) => DIGITS[char] ?? (/\d/.test(char) ? Number(char) : undefined));
  if (digits.every((digit) => digit !== undefined)) return Number(digits.join(''));
  const marks = marksOf(text);
  return marks && sumOf(marks);
}
