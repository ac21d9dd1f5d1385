import type { ChoiceProblem } from '#core/vote-method';
import { optionsOnLine } from './ballot-texts.ts';
import { text } from './catalogue.ts';
import { ballotExample, moneyWords, optionLabels, type Ballot } from './method-words.ts';

interface Refused {
  readonly topicNumber: number;
  readonly poll: Ballot;
  readonly problem: ChoiceProblem;
}

const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';
const MANY_OPTIONS = Array.from({ length: 20 }, () => LONG_OPTION);
const LONG_BUDGET: Ballot = {
  method: { kind: 'budget', limit: 9_999_999, costs: MANY_OPTIONS.map(() => 9_999_999), unit: '万元' },
  options: MANY_OPTIONS,
};

/** What is wrong, after 这一票没算进去：. */
export function problemWords({ method }: Ballot, problem: ChoiceProblem): string {
  switch (problem.kind) {
    case 'noSuchOption':
      return `没有第${problem.given}项`;
    case 'onlyOne':
      return '一人只选一项';
    case 'tooFew':
      return `至少选${problem.min}项`;
    case 'tooMany':
      return `最多选${problem.max}项`;
    case 'twice':
      return `第${problem.given}项写了两次`;
    case 'leftOut':
      return `还差第${numbersWords(problem.missing)}项`;
    case 'figures':
      return `要${problem.expected}个数，一项一个`;
    case 'sum':
      return `一共给了${problem.given}分，要正好${problem.expected}分`;
    case 'score':
      return '每项打1至5分';
    case 'overBudget':
      return method.kind === 'budget'
        ? `合计${moneyWords(problem.cost, method)}，超过${moneyWords(problem.limit, method)}`
        : '超过预算';
    case 'unclear':
      return '没看明白选哪一项';
  }
}

const MOST_NUMBERS = 3;

function numbersWords(numbers: readonly number[]): string {
  return numbers.slice(0, MOST_NUMBERS).join('、') + (numbers.length > MOST_NUMBERS ? '…' : '');
}

/** Digits alone are offered where one option is chosen; else a whole example to copy. */
function again(poll: Ballot, cut: Parameters<typeof optionsOnLine>[1]): string {
  const { kind } = poll.method;
  if (kind === 'forAgainst' || kind === 'single') return `请重发：${optionsOnLine(poll.options, cut, 26)}`;
  const example = `请重发，例如「${ballotExample(poll)}」`;
  return `${example}：${optionsOnLine(optionLabels(poll), cut, Math.max(8, 28 - example.length))}`;
}

export const choiceTexts = {
  /** Why a choice does not count. What was said is not repeated but for a number. */
  refused: text({
    key: 'ballot.invalid',
    to: ['G', 'P'],
    render: ({ topicNumber, poll, problem }: Refused, cut) => [
      `这一票没算进去：议题#${topicNumber}${problemWords(poll, problem)}。`,
      again(poll, cut),
    ],
    shortest: {
      topicNumber: 1,
      poll: { method: { kind: 'forAgainst' }, options: ['赞成', '反对', '弃权'] },
      problem: { kind: 'noSuchOption', given: 5 },
    },
    longest: {
      topicNumber: 99999,
      poll: LONG_BUDGET,
      problem: { kind: 'overBudget', cost: 9_999_999, limit: 9_999_999 },
    },
  }),
} as const;
