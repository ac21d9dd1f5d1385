import type { Poll } from '#core/poll';
import {
  BEST_SCORE,
  type Choice,
  type ChoiceProblem,
  type GivenChoice,
  type PollMethod,
} from '#core/vote-method';

export type CheckedChoice =
  { readonly ok: true; readonly choice: Choice } | { readonly ok: false; readonly problem: ChoiceProblem };

type Ballot = Pick<Poll, 'method' | 'options'>;

/** Brings a choice into canonical form, or names the first thing that is wrong with it. Never guesses. */
export function checkChoice(poll: Ballot, given: GivenChoice): CheckedChoice {
  const { method } = poll;
  const options = poll.options.length;
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return named(given, options, (chosen) => oneOnly(chosen));
    case 'several':
      return named(given, options, (chosen) => within(distinct(chosen), method));
    case 'budget':
      return named(given, options, (chosen) => affordable(distinct(chosen), method));
    case 'ranking':
      return named(given, options, (chosen) => ranked(chosen, options));
    case 'points':
      return figures(given, options, (values) => spread(values, method.points));
    case 'score':
      return figures(given, options, scored);
  }
}

function good(choice: Choice): CheckedChoice {
  return { ok: true, choice };
}

function bad(problem: ChoiceProblem): CheckedChoice {
  return { ok: false, problem };
}

/** The options that were named, as indexes in the order written. */
function named(
  given: GivenChoice,
  options: number,
  judge: (chosen: readonly number[]) => CheckedChoice,
): CheckedChoice {
  if (given.kind === 'pairs' || given.as === 'marks') return bad({ kind: 'unclear' });
  const values = digitsOf(given.values, options);
  const stranger = values.find((value) => value < 1 || value > options);
  if (stranger !== undefined) return bad({ kind: 'noSuchOption', given: stranger });
  return judge(values.map((value) => value - 1));
}

/** 213 where there are three options is 2 1 3; a number that exists stays what it is, and 11 is no way to write 1. */
function digitsOf(values: readonly number[], options: number): readonly number[] {
  const [only = 0, ...others] = values;
  if (others.length > 0 || only <= options || options > 9) return values;
  const digits = [...String(only)].map(Number);
  return new Set(digits).size === digits.length ? digits : values;
}

function oneOnly(chosen: readonly number[]): CheckedChoice {
  const [only, ...others] = distinct(chosen);
  if (only === undefined || others.length > 0) return bad({ kind: 'onlyOne' });
  return good([only]);
}

function within(
  chosen: readonly number[],
  { min, max }: Extract<PollMethod, { kind: 'several' }>,
): CheckedChoice {
  if (chosen.length < min) return bad({ kind: 'tooFew', given: chosen.length, min });
  return chosen.length > max ? bad({ kind: 'tooMany', given: chosen.length, max }) : good(chosen);
}

function affordable(
  chosen: readonly number[],
  { costs, limit }: Extract<PollMethod, { kind: 'budget' }>,
): CheckedChoice {
  const cost = chosen.reduce((sum, option) => sum + (costs[option] ?? 0), 0);
  return cost > limit ? bad({ kind: 'overBudget', cost, limit }) : good(chosen);
}

function ranked(chosen: readonly number[], options: number): CheckedChoice {
  const twice = chosen.find((option, index) => chosen.indexOf(option) < index);
  if (twice !== undefined) return bad({ kind: 'twice', given: twice + 1 });
  const missing = optionNumbers(options).filter((number) => !chosen.includes(number - 1));
  return missing.length > 0 ? bad({ kind: 'leftOut', missing }) : good(chosen);
}

/** One figure an option, in the order of the options. */
function figures(
  given: GivenChoice,
  options: number,
  judge: (values: readonly (number | undefined)[]) => CheckedChoice,
): CheckedChoice {
  if (given.kind === 'pairs') return byOption(given.pairs, options, judge);
  // The first of an order is the best, the first of marks is for the first option.
  if (given.as === 'order') return bad({ kind: 'unclear' });
  const values = given.values.length === 1 ? eachDigit(given.values[0] ?? 0, options) : given.values;
  if (values.length !== options) return bad({ kind: 'figures', given: values.length, expected: options });
  return judge(values);
}

/** 543 where there are three options is 5 4 3. */
function eachDigit(value: number, options: number): readonly number[] {
  const digits = [...String(value)].map(Number);
  return digits.length === options ? digits : [value];
}

function byOption(
  pairs: readonly (readonly [number, number])[],
  options: number,
  judge: (values: readonly (number | undefined)[]) => CheckedChoice,
): CheckedChoice {
  const values = Array.from({ length: options }, (): number | undefined => undefined);
  for (const [number, figure] of pairs) {
    if (number < 1 || number > options) return bad({ kind: 'noSuchOption', given: number });
    if (values[number - 1] !== undefined) return bad({ kind: 'twice', given: number });
    values[number - 1] = figure;
  }
  return judge(values);
}

/** Options that were not named get nothing. */
function spread(values: readonly (number | undefined)[], points: number): CheckedChoice {
  const given = values.map((value) => value ?? 0);
  const sum = given.reduce((total, value) => total + value, 0);
  return sum === points ? good(given) : bad({ kind: 'sum', given: sum, expected: points });
}

function scored(values: readonly (number | undefined)[]): CheckedChoice {
  const missing = optionNumbers(values.length).filter((number) => values[number - 1] === undefined);
  if (missing.length > 0) return bad({ kind: 'leftOut', missing });
  const scores = values.map((value) => value ?? 0);
  const wrong = scores.find((score) => score < 1 || score > BEST_SCORE);
  return wrong === undefined ? good(scores) : bad({ kind: 'score', given: wrong });
}

function optionNumbers(options: number): readonly number[] {
  return Array.from({ length: options }, (_, index) => index + 1);
}

function distinct(chosen: readonly number[]): readonly number[] {
  return [...new Set(chosen)].sort((a, b) => a - b);
}
