import type { FaultKind, FaultPart, PollFault } from '#core/poll-fault';
import type { PollMethod } from '#core/vote-method';

const PART_WORDS = {
  question: '题目和选项',
  rules: '规则',
  roll: '名册',
  opening: '开投时的指纹',
  end: '截止时间',
  ballots: '选票',
  choices: '选法汇总',
  events: '投票记录',
  result: '票数',
  seal: '封存的指纹',
} as const satisfies Record<FaultPart, string>;

/** What is wrong with one row, after its name. */
const ROW_WORDS = {
  altered: '被改过',
  repeated: '和前面的重复，是多出来的',
  unordered: '换过位置',
  stranger: '不在名册上，是多出来的',
  impossible: '选了没有的选项',
  late: '是截止以后的',
  early: '是开投以前的',
  unrecorded: '没有投票记录，是多出来的',
  struck: '的投票人和另一位是同一个人，票已经并过去，是多出来的',
  unauthorised: '是别人投的，不合委托的规则',
  outdated: '和投票记录对不上',
  broken: '接不上前一行：这里有记录被改、被删、被加或换过位置',
} as const satisfies Partial<Record<FaultKind, string>>;

/** What is wrong with a poll's export, in one line; `options` gives a miscounted option its name. */
export function faultWords(fault: PollFault, options: readonly string[] = []): string {
  const { part, kind, found = '', expected = '' } = fault;
  if (isOfRow(kind)) return rowWords(fault, kind);
  switch (kind) {
    case 'missing':
      return `少了一张选票：投票人 ${shortName(fault)} 有投票记录，没有选票`;
    case 'changed':
      if (part === 'opening') return '题目、规则或名册和开投时公布的指纹不一样，开投以后被改过';
      return `${PART_WORDS[part]}和封存的不一样，被改过`;
    case 'count':
      return countWords(part, Number(found), Number(expected));
    case 'miscounted':
      return miscountWords(fault, options);
    case 'misjudged':
      return `${VERDICT_WORDS[fault.name ?? ''] ?? '结论'}和按规则重判的不一样`;
    case 'otherCode':
      return `这份文件的核验码是 ${found}，公布的是 ${expected}：不是公布的那一份`;
  }
}

/** When it ended, beside what was said when it opened. */
const END_WORDS = {
  late: '截止时间比开投时说的晚',
  early: '截止时间比开投时说的早，又没有写提前截止的原因',
} as const;

function isOfRow(kind: FaultKind): kind is keyof typeof ROW_WORDS {
  return kind in ROW_WORDS;
}

function rowWords({ part, row, name }: PollFault, kind: keyof typeof ROW_WORDS): string {
  if (part === 'end' && (kind === 'late' || kind === 'early')) return END_WORDS[kind];
  const who =
    name === undefined ? '' : `（${part === 'ballots' ? '回执' : '投票人'} ${shortName({ name })}）`;
  return `${PART_WORDS[part]}第${row ?? 0}行${who}${ROW_WORDS[kind]}`;
}

/** The parts of a verdict. */
const VERDICT_WORDS: Readonly<Record<string, string>> = {
  rollSize: '结果里名册的大小',
  checks: '够不够的那几项',
  quorumMet: '算不算数',
  adopted: '通没通过',
  leading: '哪一项在前',
};

const SHORT_NAME = 8;

function shortName({ name = '' }: Pick<PollFault, 'name'>): string {
  return name.length > SHORT_NAME ? `${name.slice(0, SHORT_NAME)}…` : name;
}

function countWords(part: FaultPart, found: number, expected: number): string {
  const apart = found - expected;
  const change = apart > 0 ? `多了${apart}` : `少了${-apart}`;
  return part === 'choices'
    ? `选法汇总一共${found}票，选票有${expected}张：${change}`
    : `${PART_WORDS[part]}有${found}行，封存的是${expected}行：${change}行`;
}

function miscountWords({ row, found, expected }: PollFault, options: readonly string[]): string {
  if (found === undefined) return '票数的明细和按选票重数的不一样';
  const what = row === undefined ? '投票人数' : `「${options[row - 1] ?? row}」的票数`;
  return `${what}写的是${found}，按选票重数是${expected ?? ''}`;
}

/** By which rule the ballots are added up. */
export function countingWords(method: PollMethod): string {
  switch (method.kind) {
    case 'forAgainst':
      return '赞成、反对、弃权，各数票数';
    case 'single':
      return '单选，各项数票数';
    case 'several':
      return `多选（${method.min}至${method.max}项），各项数票数`;
    case 'ranking':
      return method.rule === 'borda'
        ? '排序，按名次计分：有几项，第一名就得几减一分，末名0分'
        : '排序，逐轮淘汰：每轮票最少的一项出局，它的票转给下一名';
    case 'points':
      return `分配${method.points}分，各项加总`;
    case 'score':
      return '每项打1至5分，各项加总';
    case 'budget':
      return `清单，总额${method.limit}${method.unit}，各项数票数`;
  }
}

/** How many voters of the roll turned out to be one person with another. */
export function struckWords(count: number): string {
  return `名册里有${count}位，查实和另一位是同一个人，并成一票；名册没有改`;
}
