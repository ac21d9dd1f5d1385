import type { PollMethod } from '#core/vote-method';
import { NUMERAL_CHARS, parseNumber } from '#language/numerals';

interface ReadMethod {
  /** What was not about the method. */
  readonly rest: string;
  readonly options: readonly string[];
  readonly method?: PollMethod;
}

const N = `([${NUMERAL_CHARS}]{1,9})`;
const BETWEEN_TWO = new RegExp(`(?:可以?)?选\\s*${N}\\s*(?:至|到|-)\\s*${N}\\s*项`, 'u');
const AT_MOST = new RegExp(`(?:最多|至多|限)\\s*(?:可以?)?选?\\s*${N}\\s*项`, 'u');
const ANY_NUMBER = /多选/u;
const POINTS = new RegExp(`(?:每[人户])?\\s*分\\s*${N}\\s*分|每[人户]\\s*${N}\\s*分`, 'u');
const SCORE = /打分|评分|满意度/u;
const RUN_OFF = /逐轮淘汰|逐轮/u;
const RANKING = /排先后|排序|排名/u;
const MONEY = `([${NUMERAL_CHARS}]{1,9})\\s*(?:元|(?<=万))`;
const BUDGET = new RegExp(`预算\\s*${MONEY}`, 'u');
const COST = new RegExp(`^(.*?\\S)\\s*${MONEY}$`, 'u');
/** As many as there are options; settled when the options are known. */
const ALL = 0;

/**
 * How to choose, as a secretary says it: 最多选2项, 选1至3项, 多选, 排先后, 逐轮淘汰, 分10分, 打分, 预算100万元 (each option then ends
 * with its cost: 修路40万元).
 */
export function readMethod(words: string, given: readonly string[]): ReadMethod {
  const options = given.map((option) => option.trim()).filter((option) => option !== '');
  const budget = BUDGET.exec(words);
  if (budget) return { rest: words.replace(BUDGET, ' '), ...budgetOver(budget[1], options) };
  for (const [pattern, methodOf] of PATTERNS) {
    const found = pattern.exec(words);
    if (found) return { rest: words.replace(pattern, ' '), options, method: methodOf(found) };
  }
  return { rest: words, options };
}

const numberIn = (text: string | undefined) => parseNumber(text ?? '') ?? 0;

const PATTERNS: readonly (readonly [RegExp, (found: RegExpExecArray) => PollMethod])[] = [
  [BETWEEN_TWO, ([, min, max]) => ({ kind: 'several', min: numberIn(min), max: numberIn(max) })],
  [AT_MOST, ([, max]) => ({ kind: 'several', min: 1, max: numberIn(max) })],
  [ANY_NUMBER, () => ({ kind: 'several', min: 1, max: ALL })],
  [POINTS, ([, spread, each]) => ({ kind: 'points', points: numberIn(spread ?? each) })],
  [SCORE, () => ({ kind: 'score' })],
  [RUN_OFF, () => ({ kind: 'ranking', rule: 'instantRunoff' })],
  [RANKING, () => ({ kind: 'ranking', rule: 'borda' })],
];

function budgetOver(limit: string | undefined, options: readonly string[]): Omit<ReadMethod, 'rest'> {
  const priced = options.map((option) => COST.exec(option));
  return {
    options: options.map((option, index) => priced[index]?.[1] ?? option),
    method: {
      kind: 'budget',
      limit: numberIn(limit),
      costs: priced.map((found) => numberIn(found?.[2])),
      unit: '元',
    },
  };
}

/** The method with what depends on the number of options. */
export function methodOver(method: PollMethod | undefined, options: number): PollMethod | undefined {
  return method?.kind === 'several' && method.max === ALL ? { ...method, max: options } : method;
}
