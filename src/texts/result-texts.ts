import type { PollRules, RuleCheck, VotingUnit } from '#core/poll';
import type { CountDetail, PollMethod } from '#core/vote-method';
import { text } from './catalogue.ts';
import { moneyWords } from './method-words.ts';
import type { OptionFigure } from './poll-figures.ts';
import { joinWithin, oneLine } from './units.ts';
import { percentWords } from './words.ts';

/** A counted poll, as texts and pictures need it. */
export interface CountedPoll {
  readonly roll: number;
  readonly voted: number;
  readonly quorum: number;
  /** Enough took part, by every condition of the rules. */
  readonly valid: boolean;
  readonly checks: readonly RuleCheck[];
  readonly rules: Pick<PollRules, 'article278' | 'threshold'>;
  /** 户 or 人. */
  readonly unit: VotingUnit;
  readonly method: PollMethod;
  readonly options: readonly OptionFigure[];
  /** What the limit pays, in a poll with a budget. */
  readonly budget?: Extract<CountDetail, { kind: 'budget' }> | undefined;
  /** Index of the option that comes first by the method, when the poll counts and it is the only one. */
  readonly leading?: number | undefined;
  /** Where the rules ask for more than most votes. */
  readonly adopted?: boolean | undefined;
}

interface Result extends CountedPoll {
  readonly topicNumber: number;
  readonly title: string;
  readonly nextStep: string;
  /** Until when whoever takes the next step answers. */
  readonly answerBy?: string | undefined;
}

type Cut = (text: string, least: number, most: number) => string;

const FOR = /^(?:赞成|同意|支持)$/u;
const AGAINST = /^(?:反对|不同意|不赞成|不支持)$/u;

/** What a poll that counts came to, in words: 通过, 没通过, 「周六」最多, 票数一样多. A vote advises, it never decides. */
export function verdictWords(poll: CountedPoll): string {
  if (!poll.valid) return `${shortOf(poll)}不够，不算数`;
  if (poll.voted === 0) return '没有人投';
  if (poll.budget && poll.method.kind === 'budget') return budgetWords(poll.budget, poll.method);
  const label = poll.leading === undefined ? undefined : poll.options[poll.leading]?.label.trim();
  if (poll.adopted !== undefined) return adoptedWords(poll.method, poll.adopted, label);
  return isByVotes(poll.method) ? mostWords(label) : firstWords(label);
}

function mostWords(label: string | undefined): string {
  if (label === undefined) return '票数一样多';
  if (FOR.test(label)) return '通过';
  return AGAINST.test(label) ? '没通过' : `「${oneLine(label)}」最多`;
}

function firstWords(label: string | undefined): string {
  return label === undefined ? '并列第一' : `「${oneLine(label)}」第一`;
}

const SHORT_WORDS: Readonly<Record<string, string>> = { voters: '人数', area: '面积', households: '户数' };

/** What was too little: 人数, 面积, 人数和面积. */
function shortOf({ checks }: CountedPoll): string {
  const short = checks.flatMap(({ kind, have, need }) => (have < need ? (SHORT_WORDS[kind] ?? []) : []));
  return short.length === 0 ? '人数' : short.join('和');
}

function adoptedWords(method: PollMethod, isAdopted: boolean, label: string | undefined): string {
  if (method.kind === 'forAgainst') return isAdopted ? '通过' : '没通过';
  return isAdopted && label !== undefined ? `「${oneLine(label)}」通过` : '没有一项够票';
}

/** Whether an option's figure is the number of those who chose it. */
export function isByVotes({ kind }: PollMethod): boolean {
  return kind === 'forAgainst' || kind === 'single' || kind === 'several';
}

function budgetWords(
  { chosen, spent }: Extract<CountDetail, { kind: 'budget' }>,
  method: Extract<PollMethod, { kind: 'budget' }>,
): string {
  return `${chosen.length}项列入，共${moneyWords(spent, method)}`;
}

/** The verdict on the result picture: 有效，通过 or 人数不够，不算数. */
export function pictureVerdict(poll: CountedPoll): string {
  const verdict = verdictWords(poll);
  return poll.valid ? `有效，${verdict}` : verdict;
}

/** 8,321.5㎡ */
export function areaWords(areaCents: number): string {
  const [whole = '0', part = ''] = (areaCents / 100).toFixed(2).split('.');
  const kept = part.replace(/0+$/u, '');
  return `${whole.replace(/\B(?=(\d{3})+$)/gu, ',')}${kept === '' ? '' : `.${kept}`}㎡`;
}

const CHECK_NAMES = {
  voters: '投票',
  households: '投票的户',
  area: '投票的面积',
  forVoters: '赞成',
  forArea: '赞成的面积',
} as const satisfies Record<RuleCheck['kind'], string>;

/** Each condition with what there is and what is needed: 投票的面积 8,321.5㎡，要6,667㎡，够. */
export function checkLines({ checks, unit, method }: CountedPoll): readonly string[] {
  return checks.map(({ kind, have, need, of }) => {
    const isArea = kind === 'area' || kind === 'forArea';
    const words = (amount: number) =>
      isArea ? areaWords(amount) : `${amount}${kind === 'households' ? '户' : unit}`;
    const name = kind === 'forVoters' && method.kind !== 'forAgainst' ? '最多的一项' : CHECK_NAMES[kind];
    return `${name}${words(have)}（${percentWords(have, of)}），要${words(need)}，${have >= need ? '够' : '不够'}`;
  });
}

function turnoutLine(poll: CountedPoll): string {
  const { roll, voted, quorum, unit, valid, checks, rules } = poll;
  const turnout = `${roll}${unit}投了${voted}${unit}（${percentWords(voted, roll)}）`;
  const area = checks.find(({ kind }) => kind === 'area');
  if (rules.article278 && area) {
    const shares = `${turnout}，面积${percentWords(area.have, area.of)}`;
    return valid ? `${shares}，都够三分之二` : `${shares}，都要三分之二`;
  }
  const households = checks.find(({ kind }) => kind === 'households');
  if (households) return `${turnout}，${households.have}户，规定${households.need}户${valid ? '，有效' : ''}`;
  if (quorum === 0) return `${turnout}，有效`;
  return valid ? `${turnout}，够规定的${quorum}${unit}，有效` : `${turnout}，规定要${quorum}${unit}`;
}

/** 赞成79　反对15; where it is not votes that count, with its word: 甲 12分. A budget tells what it pays. */
function votesOnLine({ method, options, budget }: Result, cut: Cut, units: number): string {
  const shown = budget ? budget.chosen.flatMap((option) => options[option] ?? []) : options;
  const parts = shown.map(({ label, value, words }) => {
    const name = cut(label, 3, 8);
    if (!isByVotes(method)) return `${name} ${words}`;
    return /[\d…]$/u.test(name) ? `${name} ${value}` : `${name}${value}`;
  });
  return joinWithin(parts, '　', units, (total) => `…共${total}项`);
}

/** What the votes came to; by article 278 with their share in persons and in area. */
function votesLine(data: Result, cut: Cut): string {
  if (!data.valid) return `${votesOnLine(data, cut, 22)}，照实公布`;
  const [persons, area] = data.checks.filter(({ kind }) => kind === 'forVoters' || kind === 'forArea');
  if (!persons || !area) return `${votesOnLine(data, cut, 22)}。结果供决策参考`;
  const need = data.rules.article278 === 'major' ? '四分之三' : '过半';
  const shares = `${percentWords(persons.have, persons.of)}、面积${percentWords(area.have, area.of)}`;
  return `赞成${persons.have}${data.unit}${shares}，${data.adopted === true ? '都够' : '要都够'}${need}。供决策参考`;
}

function nextLine({ nextStep, answerBy }: Result, cut: Cut): string {
  const step = answerBy === undefined ? cut(nextStep, 8, 25) : cut(nextStep, 5, 12);
  return `下一步：${step}${answerBy === undefined ? '' : `，${answerBy}前回话`}`;
}

/** The title line with the verdict, which names the leading option when it is neither for nor against. */
function headLine(data: Result, cut: Cut): string {
  const leading = data.leading === undefined ? undefined : data.options[data.leading];
  const short = leading && {
    ...data,
    options: [{ ...leading, label: cut(leading.label, 3, 6) }],
    leading: 0,
  };
  const verdict = verdictWords(short ?? data);
  return `【结果】议题#${data.topicNumber} ${cut(data.title, 4, 13)}：${verdict}`;
}

const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';
const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';

function figure(label: string, value: number): OptionFigure {
  return { label, value, full: value, words: `${value}户`, side: '' };
}

const SHORT_RESULT = {
  topicNumber: 1,
  title: '电梯',
  roll: 9,
  voted: 7,
  quorum: 5,
  valid: true,
  checks: [{ kind: 'voters', have: 7, need: 5, of: 9 }],
  rules: { threshold: 'plurality' },
  unit: '人',
  method: { kind: 'forAgainst' },
  options: [figure('赞成', 5), figure('反对', 2)],
  leading: 0,
  nextStep: '街道研究',
} satisfies Result;

const LONG_RESULT = {
  topicNumber: 99999,
  title: LONG_TITLE,
  roll: 99999,
  voted: 98765,
  quorum: 66666,
  valid: true,
  checks: [{ kind: 'voters', have: 98765, need: 66666, of: 99999 }],
  rules: { threshold: 'plurality' },
  unit: '户',
  method: { kind: 'single' },
  options: Array.from({ length: 20 }, () => figure(LONG_OPTION, 99999)),
  leading: 0,
  nextStep: '幸福里街道党组织研究后和区住建局一起定下来',
  answerBy: '2027年12月25日（周五）',
} satisfies Result;

const LONG_AREA = { have: 987_654_321, need: 987_654_321, of: 999_999_999 };
const LONG_BY_AREA = {
  ...LONG_RESULT,
  rules: { threshold: 'plurality', article278: 'major' },
  method: { kind: 'forAgainst' },
  adopted: true,
  checks: [
    ...LONG_RESULT.checks,
    { kind: 'area', ...LONG_AREA },
    { kind: 'forVoters', have: 98765, need: 77777, of: 98765 },
    { kind: 'forArea', ...LONG_AREA },
  ],
} satisfies Result;

const RESULT = {
  to: ['B'] as const,
  render: (data: Result, cut: Cut) => [
    headLine(data, cut),
    turnoutLine(data),
    votesLine(data, cut),
    nextLine(data, cut),
  ],
  shortest: SHORT_RESULT,
};

export const resultTexts = {
  /** Enough have voted and somebody leads or not: valid, invalid or a tie, by the figures. */
  result: text<Result>({ ...RESULT, key: 'result', longest: LONG_RESULT }),
  /** The same by persons and by area. */
  resultByArea: text<Result>({ ...RESULT, key: 'result.byArea', longest: LONG_BY_AREA }),
  /** To the secretaries at closing. */
  closedSummary: text({
    key: 'poll.closed.summary',
    to: ['S'],
    render: (data: Result & { groups: number }) => [
      `议题#${data.topicNumber}表决截止，结果发到${data.groups}个群。`,
      turnoutLine(data),
      data.valid
        ? `下一步，发「开会 ${data.topicNumber}」或「公示 ${data.topicNumber}」。`
        : `${shortOf(data)}不够，不算数。要再商量，发「开会 ${data.topicNumber}」。`,
    ],
    shortest: { ...SHORT_RESULT, groups: 1 },
    longest: { ...LONG_RESULT, groups: 9999 },
  }),
} as const;
