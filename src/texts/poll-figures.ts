import type { Poll } from '#core/poll';
import { BEST_SCORE, type MethodCount } from '#core/vote-method';
import { optionLabels } from './method-words.ts';
import { percentWords } from './words.ts';

/** What one option came to, as texts, cards, pictures and the console show it. */
export interface OptionFigure {
  readonly label: string;
  /** Length of the bar, out of `full`. */
  readonly value: number;
  readonly full: number;
  /** 79户, 12分, 4.3分. */
  readonly words: string;
  /** Beside it: a share, or what became of the option. */
  readonly side: string;
}

type Counted = Pick<Poll, 'method' | 'options' | 'unit'>;

/** The figures of a count in the frozen order of the poll. */
export function pollFigures(poll: Counted, count: MethodCount): readonly OptionFigure[] {
  return optionLabels(poll).map((label, option) => ({ label, ...figureOf(poll, count, option) }));
}

function figureOf(poll: Counted, count: MethodCount, option: number): Omit<OptionFigure, 'label'> {
  const { method, unit } = poll;
  const value = valueOf(count, option);
  const full = fullOf(poll, count);
  const shared = { value, full, side: percentWords(value, full) };
  switch (method.kind) {
    case 'score':
      return { ...shared, words: `${meanWords(value, count.voters)}分`, side: `满分${BEST_SCORE}分` };
    case 'points':
      return { ...shared, words: `${value}分` };
    case 'ranking':
      return { ...shared, words: method.rule === 'borda' ? `${value}分` : `${value}${unit}` };
    case 'budget':
      return { ...shared, words: `${value}${unit}`, side: isPaid(count, option) ? '列入' : '没列入' };
    case 'forAgainst':
    case 'single':
    case 'several':
      return { ...shared, words: `${value}${unit}` };
  }
}

/** Votes, points or scores; of a run-off what an option had in the last round it was in. */
function valueOf({ counts, detail }: MethodCount, option: number): number {
  if (detail?.kind !== 'instantRunoff') return counts[option] ?? 0;
  const left = detail.rounds.findIndex(({ out }) => out === option);
  return (left < 0 ? detail.rounds.at(-1) : detail.rounds[left])?.votes[option] ?? 0;
}

/** What a full bar stands for: all ballots, or the most that an option could have got. */
function fullOf({ method, options }: Counted, { counts, voters }: MethodCount): number {
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
    case 'several':
    case 'budget':
      return voters;
    case 'ranking':
      return method.rule === 'borda' ? voters * (options.length - 1) : voters;
    case 'points':
      return counts.reduce((sum, points) => sum + points, 0);
    case 'score':
      return voters * BEST_SCORE;
  }
}

function isPaid({ detail }: MethodCount, option: number): boolean {
  return detail?.kind === 'budget' && detail.chosen.includes(option);
}

/** The mean score with one decimal, rounded half up in whole numbers: 4.3; – when nobody gave one. */
export function meanWords(sum: number, voters: number): string {
  if (voters === 0) return '–';
  const tenths = Math.floor((sum * 20 + voters) / (voters * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
