import { normalizeCommandText } from './normalize.ts';
import { NUMERAL_CHARS, parseNumber } from './numerals.ts';
import { VOTING_VERB } from './voting-words.ts';

/** A ballot in figures, before it is known what they mean in the poll. */
export type BallotFigures =
  /** 1, 1 3 5, 2>1>3, 5 4 3: in the order written, repetitions kept. */
  | {
      readonly kind: 'list';
      readonly values: readonly number[];
      readonly as?: 'order' | 'marks';
    }
  /** 1:5 2:3: option and figure. */
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [option: number, figure: number])[] };

const MOST_FIGURES = 50;
const MOST_CHARS = 200;
const NUMBER = `[${NUMERAL_CHARS}]{1,9}`;
// 3号楼 places something; 3号 and 第3项 name an option.
const NAMED = `(?:第|#|选项)?\\s*(${NUMBER})\\s*(?:[号项](?![楼栋院门]))?`;
const BETWEEN = /^[\s,、;/|>.]*(?:和|与|跟|及|再|然后)?\s*/u;
const PAIR = new RegExp(`^${NAMED}\\s*(?:[:=]|给|得|打)\\s*(${NUMBER})\\s*分?`, 'u');
const SINGLE = new RegExp(`^${NAMED}(?!(?![和与跟及再然])(?:[\\p{L}\\p{N}:=%-]|\\.\\S))`, 'u');
const END = /^[\s。.!！,，]*$/u;

/**
 * Reads a text that is nothing but a ballot in figures, with a verb in front or none: 1, ①、③, 第一项, 投 1 3 5, 排 2 1 3,
 * 2>1>3, 分 1:5 2:3, 5 4 3. Undefined for anything else (3号楼, 18:30的会, 666个).
 */
export function readBallotFigures(raw: string): BallotFigures | undefined {
  if (raw.length > MOST_CHARS) return undefined;
  const whole = normalizeCommandText(raw);
  const text = whole.replace(VOTING_VERB, '');
  const pairs = readAll(text, PAIR);
  if (pairs) return { kind: 'pairs', pairs: pairs.map(([option = 0, figure = 0]) => [option, figure]) };
  const list = readAll(text, SINGLE);
  if (!list) return undefined;
  const as = saidAs(whole.slice(0, whole.length - text.length), text);
  return { kind: 'list', values: list.map(([value = 0]) => value), ...(as && { as }) };
}

/** By the verb in front or the sign between. */
function saidAs(verb: string, figures: string): 'order' | 'marks' | undefined {
  if (verb.includes('排') || figures.includes('>')) return 'order';
  return verb.includes('分') ? 'marks' : undefined;
}

/** Item after item until the end; undefined when something else is in between. */
function readAll(text: string, item: RegExp): (readonly number[])[] | undefined {
  const found: (readonly number[])[] = [];
  let left = text;
  while (!END.test(left)) {
    const [whole = '', ...numerals] = item.exec(left) ?? [];
    const values = numerals.map((numeral) => parseNumber(numeral));
    if (whole === '' || found.length === MOST_FIGURES) return undefined;
    if (!values.every((value) => value !== undefined && Number.isInteger(value))) return undefined;
    found.push(values as number[]);
    left = left.slice(whole.length).replace(BETWEEN, '');
  }
  return found.length === 0 ? undefined : found;
}
