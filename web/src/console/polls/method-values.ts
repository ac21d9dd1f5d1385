import type { PollMethod } from '../../../../src/core/vote-method.ts';
import { FOR_AGAINST } from '../../../../src/core/vote-method.ts';
import type { StepInput } from '../../../../src/http/contract.ts';
import type { Errors } from '../data/use-form.ts';
import { filledOptions, optionsProblem } from '../topics/options-field.tsx';

/** How people choose, as it is typed. */
export interface MethodValues {
  readonly method: PollMethod['kind'];
  readonly options: readonly string[];
  readonly min: string;
  readonly max: string;
  readonly rule: 'borda' | 'instantRunoff';
  readonly points: string;
  readonly limit: string;
  /** By option. */
  readonly costs: readonly string[];
}

export const METHOD_START: Omit<MethodValues, 'method' | 'options'> = {
  min: '1',
  max: '2',
  rule: 'borda',
  points: '10',
  limit: '',
  costs: [],
};

/** A whole number of at least one; undefined for anything else. */
function countIn(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/u.test(text.trim()) ? Number(text) : undefined;
}

export function optionsOf({ method, options }: MethodValues): string[] {
  return method === 'forAgainst' ? [...FOR_AGAINST] : filledOptions(options);
}

/** What is missing or cannot be. */
export function methodProblems(values: MethodValues): Errors {
  if (values.method === 'forAgainst') return {};
  const wrong = optionsProblem(values.options);
  if (wrong !== undefined) return { options: wrong };
  const options = filledOptions(values.options).length;
  switch (values.method) {
    case 'several':
      return severalProblem(values, options);
    case 'points':
      return countIn(values.points) ? {} : { points: '写上每人分多少分，例如10' };
    case 'budget':
      return budgetProblem(values, options);
    case 'single':
    case 'ranking':
    case 'score':
      return {};
  }
}

function severalProblem({ min, max }: MethodValues, options: number): Errors {
  const [least, most] = [countIn(min), countIn(max)];
  if (least === undefined) return { min: '写上最少选几项' };
  if (most === undefined || most < least) return { max: '写上最多选几项，不少于最少的' };
  return most > options ? { max: `一共才${options}项` } : {};
}

function budgetProblem({ limit, costs }: MethodValues, options: number): Errors {
  const most = countIn(limit);
  if (most === undefined) return { limit: '写上一共有多少钱，只写数字' };
  const all = costs.slice(0, options).map(countIn);
  if (all.length < options || all.includes(undefined)) return { costs: '每一项都要写上多少钱，只写数字' };
  return Math.min(...all.map((cost = Infinity) => cost)) > most
    ? { limit: '这些钱连最便宜的一项都不够' }
    : {};
}

/** The method of the step's input; only for values without problems. */
export function methodOf(values: MethodValues): NonNullable<StepInput<'poll.open'>['method']> {
  const { method, min, max, rule, points, limit, costs } = values;
  switch (method) {
    case 'several':
      return { kind: method, min: Number(min), max: Number(max) };
    case 'ranking':
      return { kind: method, rule };
    case 'points':
      return { kind: method, points: Number(points) };
    case 'budget':
      return {
        kind: method,
        limit: Number(limit),
        costs: costs.slice(0, optionsOf(values).length).map(Number),
        unit: '元',
      };
    case 'forAgainst':
    case 'single':
    case 'score':
      return { kind: method };
  }
}
