import type { Poll } from '#core/poll';
import type { Choice, PollMethod } from '#core/vote-method';
import { oneLine } from './units.ts';

/** A poll as its ballots are read and written. */
export type Ballot = Pick<Poll, 'method' | 'options'>;

/** What the secretary calls each way to choose. */
export const METHOD_WORDS = {
  forAgainst: '赞成、反对、弃权',
  single: '单选',
  several: '多选',
  ranking: '排先后',
  points: '分分数',
  score: '打分',
  budget: '选项目（有预算）',
} as const satisfies Record<PollMethod['kind'], string>;

/** 800元, 20万元, 2.5万元 */
export function moneyWords(amount: number, { unit }: { unit: string }): string {
  const isRound = unit === '元' && amount >= 10_000 && amount % 1_000 === 0;
  return isRound ? `${amount / 10_000}万元` : `${amount}${unit}`;
}

/** Options as people read them: with their cost where they have one. */
export function optionLabels({ method, options }: Ballot): readonly string[] {
  if (method.kind !== 'budget') return options;
  return options.map((option, index) => `${oneLine(option)} ${moneyWords(method.costs[index] ?? 0, method)}`);
}

/** 2 1 3: a ranking, points or scores that would count, to copy. */
function exampleOf({ method, options }: Ballot): string {
  const all = options.map((_, index) => index + 1);
  switch (method.kind) {
    case 'ranking':
      return [...all.slice(1, 2), ...all.slice(0, 1), ...all.slice(2)].join(' ');
    case 'points': {
      const first = Math.ceil(method.points / 2);
      return method.points === first ? `1:${first}` : `1:${first} 2:${method.points - first}`;
    }
    case 'score':
      return all.map((number) => Math.max(3, 6 - number)).join(' ');
    case 'several':
      return all.slice(0, Math.max(method.min, Math.min(2, method.max))).join(' ');
    case 'forAgainst':
    case 'single':
    case 'budget':
      return '1';
  }
}

/** The words that vote, to copy: 1, 投 1 3, 排 2 1 3, 分 1:5 2:5. */
export function ballotExample(ballot: Ballot): string {
  const example = exampleOf(ballot);
  switch (ballot.method.kind) {
    case 'ranking':
      return `排 ${example}`;
    case 'points':
    case 'score':
      return `分 ${example}`;
    case 'forAgainst':
    case 'single':
      return example;
    case 'several':
    case 'budget':
      return `投 ${example}`;
  }
}

/** How one votes, in front of the options: 回复数字, 最多选3项，如「投 1 2」. */
export function howToVote(ballot: Ballot): string {
  const { method, options } = ballot;
  const words = `如「${ballotExample(ballot)}」`;
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
      return '回复数字';
    case 'several':
      return `${severalWords(method, options.length)}，${words}`;
    case 'ranking':
      return `${options.length}项都排，最想要的在前，${words}`;
    case 'points':
      return `${method.points}分分完，${words}`;
    case 'score':
      return `每项打1至5分，${words}`;
    case 'budget':
      return `合计不超过${moneyWords(method.limit, method)}，${words}`;
  }
}

/** 最多选3项, 选2项, 选2至3项. */
export function severalWords({ min, max }: { min: number; max: number }, options: number): string {
  if (min === max) return `选${min}项`;
  if (min > 1) return `选${min}至${max}项`;
  return max >= options ? '可选多项' : `最多选${max}项`;
}

/** A choice in words: 「赞成」; 甲、乙; 乙、甲、丙; 甲5分、乙3分. */
export function choiceWords({ method, options }: Ballot, choice: Choice): string {
  const name = (option: number) => oneLine(options[option] ?? '');
  switch (method.kind) {
    case 'forAgainst':
    case 'single':
    case 'several':
    case 'budget':
      return choice.map(name).join('、');
    case 'ranking':
      return choice.map((option, rank) => `${rank + 1} ${name(option)}`).join('、');
    case 'points':
    case 'score':
      return choice
        .flatMap((figure, option) => (figure > 0 ? [`${name(option)}${figure}分`] : []))
        .join('、');
  }
}
