import type { VotingUnit } from '#core/poll';
import type { PollMethod } from '#core/vote-method';
import { text } from './catalogue.ts';
import { inFours, joinWithin, nickname, oneLine } from './units.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';
const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';
const LONG_NAME = '幸福里三号楼二单元热心肠的张桂兰';
const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';

/** 1 赞成　2 反对　3 弃权. Bare digits are offered for ballots only. */
export function numberedOptions(options: readonly string[], units = Infinity): string {
  const parts = options.map((option, index) => `${index + 1} ${oneLine(option)}`);
  return joinWithin(parts, '　', units, (total) => `…共${total}项`);
}

type Cut = (text: string, least: number, most: number) => string;

/** The options shortened alike until they fit on a line; what still does not fit is told as a number. */
export function optionsOnLine(options: readonly string[], cut: Cut, units: number): string {
  return numberedOptions(
    options.map((option) => cut(option, 4, 12)),
    units,
  );
}

interface Accepted {
  readonly topicNumber: number;
  /** The choice in words. */
  readonly option: string;
  readonly closes: string;
  readonly method: PollMethod['kind'];
}

const ACCEPTED_SHORTEST: Accepted = {
  topicNumber: 1,
  option: '赞成',
  closes: '1月2日（周日）18:00',
  method: 'single',
};
const ACCEPTED_LONGEST: Accepted = {
  topicNumber: 99999,
  option: LONG_OPTION,
  closes: LONG_MOMENT,
  method: 'ranking',
};

/** Where one number is a whole vote, a number changes it. */
function againLine(closes: string, method: PollMethod['kind']): string {
  return `${closes}前，再发${isOneNumber(method) ? '数字' : '一次'}就能改。`;
}

function isOneNumber(method: PollMethod['kind']): boolean {
  return method === 'forAgainst' || method === 'single';
}

export const ballotTexts = {
  accepted: text({
    key: 'ballot.accepted',
    to: ['P'],
    render: ({ topicNumber, option, closes, method }: Accepted) => [
      `您的票已收到：议题#${topicNumber}。`,
      `选的是「${oneLine(option)}」。`,
      againLine(closes, method),
      `要凭据，回复「回执 ${topicNumber}」。`,
    ],
    shortest: ACCEPTED_SHORTEST,
    longest: ACCEPTED_LONGEST,
  }),
  changed: text({
    key: 'ballot.changed',
    to: ['P'],
    render: ({ topicNumber, option }: { topicNumber: number; option: string }) => [
      `已改：议题#${topicNumber}。`,
      `现在是「${oneLine(option)}」，原来的不算了。`,
    ],
    shortest: { topicNumber: 1, option: '赞成' },
    longest: { topicNumber: 99999, option: LONG_OPTION },
  }),
  /** The same choice again. */
  unchanged: text({
    key: 'ballot.unchanged',
    to: ['P'],
    render: ({ topicNumber, option, closes, method, unit }: Accepted & { unit: VotingUnit }) => [
      `您的票早就收到了：议题#${topicNumber}。`,
      `选的还是「${oneLine(option)}」，一${unit}算一票。`,
      againLine(closes, method),
    ],
    shortest: { ...ACCEPTED_SHORTEST, unit: '人' },
    longest: { ...ACCEPTED_LONGEST, unit: '户' },
  }),
  gathered: text({
    key: 'ballot.gathered',
    to: ['G'],
    render: (data: Gathered, cut) => [
      `收到${data.voters}人的票：${data.names
        .slice(0, 3)
        .map((name) => cut(nickname(name), 2, 8))
        .join('、')}${data.voters > data.names.length || data.names.length > 3 ? '等' : ''}。`,
      gatheredStanding(data),
      `没投的，${data.closes}前${isOneNumber(data.method) ? '回复数字' : '投'}。`,
    ],
    shortest: {
      topicNumber: 1,
      voters: 1,
      names: ['李'],
      voted: 1,
      quorum: 0,
      unit: '人',
      closes: '1月2日（周日）18:00',
      method: 'score',
    },
    longest: {
      topicNumber: 99999,
      voters: 99999,
      names: [LONG_NAME, LONG_NAME, LONG_NAME],
      voted: 99999,
      quorum: 999999,
      unit: '户',
      closes: LONG_MOMENT,
      method: 'single',
    },
  }),
  /** 投 without anything behind it. */
  empty: text({
    key: 'ballot.empty',
    to: ['G', 'P'],
    render: ({ topicNumber }: { topicNumber?: number | undefined }) => [
      '还差选哪一项，这一票还没算进去。',
      topicNumber === undefined ? '例如：「投 1」' : `例如：「议题${topicNumber} 投1」`,
    ],
    shortest: {},
    longest: { topicNumber: 99999 },
  }),
  /** 同意 said in a group, perhaps to something else. */
  stanceInGroup: text({
    key: 'ballot.stanceInGroup',
    to: ['P'],
    render: ({ topicNumber, options }: { topicNumber: number; options: readonly string[] }, cut) => [
      `您在群里说的，没有算成议题#${topicNumber}的票。`,
      `要投，回复「议题${topicNumber} 投」加数字：${optionsOnLine(options, cut, 18)}`,
    ],
    shortest: { topicNumber: 1, options: ['赞成', '反对'] },
    longest: { topicNumber: 99999, options: Array.from({ length: 20 }, () => LONG_OPTION) },
  }),
  /** Whoever wants a vote taken back. */
  changeOnly: text({
    key: 'ballot.changeOnly',
    to: ['G', 'P'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes: string }) => [
      '票不能撤回，能改：再投一次，后一次算。',
      `${closes}前，回复「议题${topicNumber} 投」加数字。`,
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）18:00' },
    longest: { topicNumber: 99999, closes: LONG_MOMENT },
  }),
  /** A choice said in a group where the poll is secret. */
  inTheOpen: text({
    key: 'ballot.inTheOpen',
    to: ['G', 'P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `这一票没算进去：议题#${topicNumber}不公开投票。`,
      '请跟议事助手私聊，再发一次；群里发的不算。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  late: text({
    key: 'ballot.late',
    to: ['G', 'P'],
    render: ({ topicNumber, closed, announced }: Late) => [
      `这一票没算进去：议题#${topicNumber}已在${closed}截止。`,
      announced === true ? '结果已经发到群里。' : '结果会发到群里。',
    ],
    shortest: { topicNumber: 1, closed: '1月2日（周日）18:00' },
    longest: { topicNumber: 99999, closed: '12月20日（周五）18:00', announced: true },
  }),
  receipt: text({
    key: 'ballot.receipt',
    to: ['P'],
    /** `receipt` is shown in fours: 7K2M-9QXA. */
    render: ({ topicNumber, receipt, cast, link, isJoined }: Receipt) => [
      `议题#${topicNumber}的回执：${inFours(receipt)}`,
      `${cast}收到。`,
      '它证明您的票算在里面，看不出选了什么。',
      ...(isJoined === true ? ['您的两个账号并成一票，以前的回执换成这一个。'] : []),
      ...(link === undefined ? [] : [`公布结果后，到 ${link} 核对。`]),
    ],
    shortest: { topicNumber: 1, receipt: '7K2M9QXA', cast: '1月2日（周日）8:00' },
    longest: {
      topicNumber: 99999,
      receipt: '7K2M9QXA',
      cast: LONG_MOMENT,
      link: 'https://yishi.example.cn/poll/9999',
      isJoined: true,
    },
  }),
  receiptNone: text({
    key: 'ballot.receipt.none',
    to: ['G', 'P'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes?: string | undefined }) => [
      `议题#${topicNumber}还没有您的票。`,
      closes === undefined ? '这个表决已经截止。' : `${closes}前，在群里投或私聊投都行。`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999, closes: LONG_MOMENT },
  }),
  /** In a group, when the receipt or the answer cannot be sent one-to-one. */
  askPrivately: text({
    key: 'ballot.askPrivately',
    to: ['G'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}的回执只发给本人。`,
      `跟议事助手私聊，发「回执 ${topicNumber}」。`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** One-to-one, where polls of two communities have the number that was said. */
  sameNumber: text({
    key: 'number.same',
    to: ['G', 'P'],
    render: ({ topicNumber, titles }: { topicNumber: number; titles: readonly string[] }, cut) => [
      `有${titles.length === 2 ? '两' : titles.length}个社区都有议题#${topicNumber}，这一票还没算进去：`,
      `${titles
        .slice(0, 2)
        .map((title) => `「${cut(title, 4, 12)}」`)
        .join('')}${titles.length > 2 ? '等' : ''}。`,
      '在发起表决的那个群里投，或点群里的链接投。',
    ],
    shortest: { topicNumber: 1, titles: ['电梯', '车棚'] },
    longest: { topicNumber: 99999, titles: [LONG_TITLE, LONG_TITLE, LONG_TITLE] },
  }),
  ambiguous: text({
    key: 'number.ambiguous',
    to: ['G', 'P'],
    render: ({ polls }: { polls: readonly OpenPoll[] }, cut) => [
      `现在有${polls.length === 2 ? '两' : polls.length}个表决，这一票还没算进去。`,
      ...polls
        .slice(0, 3)
        .map((poll) => `${cut(poll.title, 4, 12)}：回复「议题${poll.topicNumber} 投${shortSay(poll.say)}」`),
    ],
    shortest: { polls: [1, 2].map((topicNumber) => ({ topicNumber, title: '电梯', say: '1' })) },
    longest: {
      polls: [1, 2, 3, 4].map((topicNumber) => ({
        topicNumber: 99990 + topicNumber,
        title: LONG_TITLE,
        say: '1:20 2:20 3:20 4:20 5:20',
      })),
    },
  }),
} as const;

interface Gathered {
  readonly topicNumber: number;
  /** Voters of this line, and the names they spoke under. */
  readonly voters: number;
  readonly names: readonly string[];
  /** Voters of the whole poll. */
  readonly voted: number;
  /** 0: no number is required. */
  readonly quorum: number;
  readonly unit: string;
  readonly closes: string;
  readonly method: PollMethod['kind'];
}

function gatheredStanding({ topicNumber, voted, quorum, unit }: Gathered): string {
  if (quorum === 0) return `议题#${topicNumber}已投${voted}${unit}。`;
  if (voted >= quorum) return `议题#${topicNumber}已投${voted}${unit}，够规定的${quorum}${unit}了。`;
  return `议题#${topicNumber}已投${voted}${unit}，还差${quorum - voted}${unit}到规定的${quorum}${unit}。`;
}

interface Late {
  readonly topicNumber: number;
  readonly closed: string;
  /** The result is already out. */
  readonly announced?: boolean | undefined;
}

interface Receipt {
  readonly topicNumber: number;
  readonly receipt: string;
  readonly cast: string;
  /** Where the receipt can be checked after the result. */
  readonly link?: string | undefined;
  /** Another voter turned out to be this person, so an earlier receipt may be void. */
  readonly isJoined?: boolean;
}

interface OpenPoll {
  readonly topicNumber: number;
  readonly title: string;
  /** What was said, in figures, for this poll. */
  readonly say: string;
}

const LONGEST_SAY = 12;

/** What can be copied whole, or nothing that could be copied wrong. */
function shortSay(say: string): string {
  return say.length <= LONGEST_SAY ? say : '…';
}
