import { SECOND_MS } from '#core/clock';
import type { Poll, PollRules, Quorum } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { FOR_AGAINST, type PollMethod } from '#core/vote-method';
import { readBallotFigures } from '#language/ballot-form';
import type { PollProblem } from '#texts/poll-planning-texts';

/** For and against where the options say so; else one of them. */
export function methodFor(options: readonly string[]): PollMethod {
  return { kind: areForAgainst(options) ? 'forAgainst' : 'single' };
}

function areForAgainst(options: readonly string[]): boolean {
  return options.length === FOR_AGAINST.length && FOR_AGAINST.every((word, index) => options[index] === word);
}

interface AskedRules {
  readonly quorum: number;
  /** Not for the secretary to choose: what the channels need. */
  readonly graceMs: number;
  readonly rules?: Partial<PollRules> | undefined;
  readonly showsCountsWhileOpen?: boolean | undefined;
}

/** The rules that are frozen: what was asked for, and the usual for the rest. */
export function settledRules({
  quorum,
  graceMs,
  rules,
  showsCountsWhileOpen = false,
}: AskedRules): PollRules {
  const usual: Quorum = quorum === 0 ? { kind: 'none' } : { kind: 'voters', least: quorum };
  const settled: PollRules = {
    quorum: usual,
    threshold: 'plurality',
    abstentions: 'count',
    secrecy: 'open',
    showsCountsWhileOpen,
    minCell: 0,
    showsNames: false,
    ...rules,
    ballotOrder: 'ownThenLatest',
    graceSeconds: graceMs / SECOND_MS,
  };
  // Article 278 says itself who must take part and agree; whoever abstains has taken part.
  return settled.article278
    ? { ...settled, quorum: { kind: 'none' }, threshold: 'plurality', abstentions: 'count' }
    : settled;
}

interface Planned extends Pick<Poll, 'method' | 'options' | 'rules'> {
  readonly roll: readonly RollEntry[];
}

const MOST_POINTS = 1_000;
const SMALLEST_CELL = 3;

/** The first reason why method, rules and roll do not go together; undefined when they do. */
export function problemOf(planned: Planned): PollProblem | undefined {
  return namesProblem(planned) ?? methodProblem(planned) ?? rulesProblem(planned);
}

/** An option that is called 3 and stands first: whoever says 3 could mean either. */
function namesProblem({ options }: Planned): PollProblem | undefined {
  const isOther = options.some((option, index) => {
    const figures = readBallotFigures(option);
    return figures && !(figures.kind === 'list' && figures.values.join() === String(index + 1));
  });
  return isOther ? 'numbers' : undefined;
}

function methodProblem({ method, options }: Planned): PollProblem | undefined {
  switch (method.kind) {
    case 'forAgainst':
      return areForAgainst(options) ? undefined : 'notForAgainst';
    case 'several':
      return areInOrder(1, method.min, method.max, options.length) ? undefined : 'several';
    case 'points':
      return areInOrder(1, method.points, MOST_POINTS) ? undefined : 'points';
    case 'budget':
      return arePayable(method, options.length) ? undefined : 'costs';
    case 'single':
    case 'ranking':
    case 'score':
      return undefined;
  }
}

function areInOrder(...figures: readonly number[]): boolean {
  return figures.every((figure, index) => figure >= (figures[index - 1] ?? figure));
}

function arePayable({ costs, limit }: Extract<PollMethod, { kind: 'budget' }>, options: number): boolean {
  return costs.length === options && costs.every((cost) => cost > 0) && Math.min(...costs) <= limit;
}

function rulesProblem({ method, rules, roll }: Planned): PollProblem | undefined {
  const isOne = method.kind === 'forAgainst' || method.kind === 'single';
  if (rules.article278 && method.kind !== 'forAgainst') return 'article278';
  if (rules.article278 && !roll.every(({ areaCents = 0 }) => areaCents > 0)) return 'areaMissing';
  if (rules.threshold !== 'plurality' && !isOne) return 'threshold';
  const isCellGood = rules.minCell === 0 || (rules.minCell >= SMALLEST_CELL && method.kind !== 'ranking');
  return shownProblem(rules, roll) ?? (isCellGood ? undefined : 'minCell');
}

function shownProblem(rules: PollRules, roll: readonly RollEntry[]): PollProblem | undefined {
  const isSecret = rules.secrecy === 'secret';
  // Whoever watches live counts sees what the next one chose.
  if (isSecret && rules.showsCountsWhileOpen) return 'secretLive';
  if (isSecret && rules.showsNames) return 'secretNamed';
  const isNameless = roll.some(({ label = '' }) => label === '');
  if (rules.showsNames && isNameless) return 'namesMissing';
  return rules.proxiesPerHolder !== undefined && isNameless ? 'proxyUnknown' : undefined;
}
