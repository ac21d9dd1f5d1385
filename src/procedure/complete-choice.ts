import { BEST_SCORE, type Choice, type PollMethod } from '#core/vote-method';

/**
 * The canonical choice of a paper: numbers of options as they are printed on it, from 1, or one figure an option where
 * points and scores are given. Undefined when the method does not allow it.
 */
export function paperChoice(
  method: PollMethod,
  options: number,
  values: readonly number[],
): Choice | undefined {
  if (!values.every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
  if (method.kind === 'points')
    return values.length === options && sum(values) === method.points ? values : undefined;
  if (method.kind === 'score') return isScored(values, options) ? values : undefined;
  return chosen(
    method,
    options,
    values.map((value) => value - 1),
  );
}

function isScored(values: readonly number[], options: number): boolean {
  return values.length === options && values.every((one) => one >= 1 && one <= BEST_SCORE);
}

type ByOption = Exclude<PollMethod, { kind: 'points' | 'score' }>;

function chosen(method: ByOption, options: number, named: Choice): Choice | undefined {
  const isClean = new Set(named).size === named.length && named.every((one) => one >= 0 && one < options);
  if (!isClean) return undefined;
  const ascending = [...named].sort((a, b) => a - b);
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return named.length === 1 ? named : undefined;
    case 'several':
      return named.length >= method.min && named.length <= method.max ? ascending : undefined;
    case 'ranking':
      return named.length === options ? named : undefined;
    case 'budget':
      return sum(named.map((option) => method.costs[option] ?? 0)) <= method.limit ? ascending : undefined;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
