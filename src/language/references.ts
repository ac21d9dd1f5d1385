import type { Numbered } from '#core/numbers';
import { enclosedNumber, foldInPlace } from './normalize.ts';
import { NUMERAL_CHARS, parseNumber } from './numerals.ts';

/** A number at the front of a text: of a concern, a topic, an option … */
export interface LeadingNumber {
  /** A whole number, 0 to 9,999,999. */
  readonly value: number;
  /** What follows, in the author's spelling, without the separators in between. */
  readonly rest: string;
  /** What the number names, when a word or a letter says so: 议题3, T5. */
  readonly kind?: Numbered;
}

const KINDS: Readonly<Record<string, Numbered>> = {
  诉求: 'concern', 议题: 'topic', 协商会: 'meeting', 会议: 'meeting', 通知: 'notice', 交办: 'assignment', 任务: 'assignment', t: 'assignment',
}; // prettier-ignore

const ENCLOSED_CLASS =
  '\\u2460-\\u249b\\u24ea-\\u24ff\\u2776-\\u2793\\u3220-\\u3229\\u3251-\\u325f\\u3280-\\u3289\\u32b1-\\u32bf';
const KEYCAP = '[0-9]\\ufe0f?\\u20e3';
const NUMBER = `(?<circled>[${ENCLOSED_CLASS}])|(?<keycap>${KEYCAP})|(?<plain>[${NUMERAL_CHARS}]{1,16})`;
const HEAD = new RegExp(
  `^[\\s「『“"'‘【\\[(<]*(?:(?<kind>${Object.keys(KINDS).join('|')})[\\s:.]*)?(?<mark>第|#|no\\.?|编号|选项)?[\\s#]*(?:${NUMBER})`,
  'u',
);
const CLASSIFIER = /^[号票项](?![号楼栋幢座院门路线机桌井车])/u;
// After 第 or a kind word more classifiers are safe: 第三条, 第2个, 议题三号.
const ORDINAL_CLASSIFIER = /^(?:号|票|项|条|件|个|种|款)(?!楼|栋|幢|座|院|门|路|线)/u;
const CLOSING = /^\s*[」』”"'’】\])>]?[\s,，:：、;；.．!！]*/u;
/** A measure behind the digits says that they count or place something: 3号楼, 3栋, 3个人, 12月, 3点, 20元. */
const MEASURE =
  /^(?:号|[栋幢座层室户个人名位年月日周点分秒元块万米斤岁线台辆盏家处期倍度级%％℃]|楼(?![道下上顶梯])|单元|天(?![花台气然])|星期|时(?![间候])|小时|公里|里(?![面边头])|路(?![灯口面边])|间(?!隔)|条(?!件)|次(?!日)|区(?!域)|组|成(?![天了])|#[楼栋])/u;
/** 第三次, 第3天, 第二栋 name no number of ours, and 诉求3号楼 lacks its space. */
const NOT_ORDINAL = /^(?:号|[次天年月周日回遍季届期批人名位栋幢层]|单元)/u;
// 3.5, 12/20, 3-2-101, 18:00
const COMPOUND = /^\s?[-./:~]\s?\d/;

function whole(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value <= 9_999_999;
}

interface Head {
  readonly value: number;
  readonly length: number;
  readonly kind?: Numbered;
  /** A word, a letter or 第 says that a number of something is meant. */
  readonly isNamed: boolean;
  readonly isArabic: boolean;
}

function readHead(folded: string): Head | undefined {
  const head = HEAD.exec(folded);
  if (!head?.groups) return undefined;
  const {
    circled,
    keycap,
    plain,
    mark,
    kind: word,
  }: Readonly<Record<string, string | undefined>> = head.groups;
  const value = circled ? enclosedNumber(circled) : parseNumber(keycap?.charAt(0) ?? plain ?? '');
  if (!whole(value)) return undefined;
  const kind = KINDS[word ?? ''];
  const isArabic = plain === undefined || /^\d+$/.test(plain);
  return { value, length: head[0].length, isNamed: Boolean(mark ?? kind), isArabic, ...(kind && { kind }) };
}

/** The length of the classifier behind a number; undefined when what follows shows that it is no reference. */
function tailLength({ isNamed, isArabic }: Head, tail: string, inList: boolean): number | undefined {
  const classifier = (isNamed ? ORDINAL_CLASSIFIER : CLASSIFIER).exec(tail)?.[0].length;
  if (classifier !== undefined) return classifier;
  if (isNamed) return NOT_ORDINAL.test(tail) ? undefined : 0;
  if (MEASURE.test(tail) || (!inList && COMPOUND.test(tail))) return undefined;
  // 一直, 三天, 百姓, 十分: a Chinese numeral alone counts only where a word ends.
  const isOpen = !isArabic && /^[\p{L}\p{N}]/u.test(tail);
  return isOpen && !(inList && LINKED_NUMERAL.test(tail)) ? undefined : 0;
}

function readOne(
  text: string,
  folded: string,
  inList: boolean,
): (LeadingNumber & { end: number }) | undefined {
  const head = readHead(folded);
  const tail = head && tailLength(head, folded.slice(head.length), inList);
  if (!head || tail === undefined) return undefined;
  const end = head.length + tail;
  const rest = text.slice(end + (CLOSING.exec(text.slice(end))?.[0].length ?? 0));
  return { value: head.value, rest, end, ...(head.kind && { kind: head.kind }) };
}

/**
 * Reads the number a text begins with: 3, ３, ③, 三, 第三, 三号, 两票, #3, 诉求3, 议题#3, T5, 「3」, with or without a space
 * behind it. Undefined where the number measures something else (3号楼, 3个人, 12月20日, 3.5) or a numeral is only
 * part of a word (一直, 十分).
 */
export function readLeadingNumber(text: string): LeadingNumber | undefined {
  const found = readOne(text, foldInPlace(text.slice(0, 64)), false);
  if (!found) return undefined;
  const { value, rest, kind } = found;
  return { value, rest, ...(kind && { kind }) };
}

const LINKED_NUMERAL = new RegExp(`^[到至和与跟及][${NUMERAL_CHARS}]`, 'u');
const MAX_LISTED = 200;
const LINK = /^\s*[」』”"'’】\])>]?\s*(?<link>到|至|[-~]|[、,，.;；/+＋]|和|与|跟|及|还有|以及)?\s*/u;

function spread(from: number, to: number): number[] {
  if (to < from || to - from >= MAX_LISTED) return [from, to];
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}

/**
 * Reads a list of numbers from the front: 1、3、5, 1 3, 1和3, ①③, 2-4, 二到四. Each number once, in the order written; 13 is
 * thirteen. Undefined when the text does not begin with a number; at most 200 are read.
 */
export function readNumberList(text: string): { values: number[]; rest: string } | undefined {
  const values: number[] = [];
  let left = text;
  let link: string | undefined;
  let rest = text;
  while (values.length < MAX_LISTED) {
    const found = readOne(left, foldInPlace(left.slice(0, 64)), true);
    if (!found) break;
    const last = values.at(-1);
    const isRange = last !== undefined && link !== undefined && /^[到至~-]$/u.test(link);
    values.push(...(isRange ? spread(last, found.value).slice(1) : [found.value]));
    rest = found.rest;
    const between = LINK.exec(foldInPlace(left.slice(found.end, found.end + 64)));
    link = between?.groups?.['link'];
    left = left.slice(found.end + (between?.[0].length ?? 0));
  }
  return values.length === 0 ? undefined : { values: [...new Set(values)].slice(0, MAX_LISTED), rest };
}
