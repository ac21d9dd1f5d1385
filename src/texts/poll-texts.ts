import { optionsOnLine } from './ballot-texts.ts';
import { fixedText, text } from './catalogue.ts';
import {
  PREVIEW_IS_WHOLE,
  PREVIEW_LONGEST,
  PREVIEW_SHORTEST,
  previewLines,
  type Preview,
} from './preview.ts';
import { joinWithin, oneLine } from './units.ts';
import { percentWords } from './words.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';
const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';
const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';
const MANY_OPTIONS = Array.from({ length: 20 }, () => LONG_OPTION);
const LINK = 'https://yishi.example.cn/poll/9999';

interface Opened {
  readonly topicNumber: number;
  readonly title: string;
  /** 3号楼业主，每户1票 */
  readonly electorate: string;
  readonly closes: string;
  readonly options: readonly string[];
  /** Where one votes unseen; without it the private chat is named. */
  readonly link?: string | undefined;
}

interface Reminder {
  readonly topicNumber: number;
  readonly closes: string;
  readonly options: readonly string[];
  readonly voted: number;
  readonly quorum: number;
  readonly unit: string;
}

/** A counted poll, as texts and pictures need it. */
export interface CountedPoll {
  readonly roll: number;
  readonly voted: number;
  readonly quorum: number;
  /** 户 or 人. */
  readonly unit: string;
  readonly options: readonly { readonly label: string; readonly votes: number }[];
  /** Index of the option with most votes, when the poll counts and it is the only one with so many. */
  readonly leading?: number | undefined;
}

interface Result extends CountedPoll {
  readonly topicNumber: number;
  readonly title: string;
  readonly nextStep: string;
  /** Until when whoever takes the next step answers. */
  readonly answerBy?: string | undefined;
}

const FOR = /^(?:赞成|同意|支持)$/u;
const AGAINST = /^(?:反对|不同意|不赞成|不支持)$/u;

/** What a poll that counts came to, in words: 通过, 没通过, 「周六」最多, 票数一样多. A vote advises, it never decides. */
export function verdictWords(poll: CountedPoll): string {
  if (poll.voted < poll.quorum) return '人数不够，不算数';
  const label = poll.leading === undefined ? undefined : poll.options[poll.leading]?.label.trim();
  if (label === undefined) return poll.voted === 0 ? '没有人投' : '票数一样多';
  if (FOR.test(label)) return '通过';
  return AGAINST.test(label) ? '没通过' : `「${oneLine(label)}」最多`;
}

/** The verdict on the result picture: 有效，通过 or 人数不够，不算数. */
export function pictureVerdict(poll: CountedPoll): string {
  const verdict = verdictWords(poll);
  return poll.voted < poll.quorum ? verdict : `有效，${verdict}`;
}

type Cut = (text: string, least: number, most: number) => string;

function turnoutLine({ roll, voted, quorum, unit }: CountedPoll): string {
  const turnout = `${roll}${unit}投了${voted}${unit}（${percentWords(voted, roll)}）`;
  if (quorum === 0) return `${turnout}，有效`;
  if (voted < quorum) return `${turnout}，规定要${quorum}${unit}`;
  return `${turnout}，够规定的${quorum}${unit}，有效`;
}

function votesOnLine(options: Result['options'], cut: Cut, units: number): string {
  const parts = options.map(({ label, votes }) => {
    const shown = cut(label, 3, 8);
    return /[\d…]$/u.test(shown) ? `${shown} ${votes}` : `${shown}${votes}`;
  });
  return joinWithin(parts, '　', units, (total) => `…共${total}项`);
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
  return `【结果】议题#${data.topicNumber} ${cut(data.title, 5, 13)}：${verdict}`;
}

const LONG_RESULT = {
  topicNumber: 99999,
  title: LONG_TITLE,
  roll: 99999,
  voted: 98765,
  quorum: 66666,
  unit: '户',
  options: MANY_OPTIONS.map((label) => ({ label, votes: 99999 })),
  leading: 0,
  nextStep: '幸福里街道党组织研究后和区住建局一起定下来',
  answerBy: '2027年12月25日（周五）',
} satisfies Result;

export const pollTexts = {
  opened: text({
    key: 'poll.opened',
    to: ['B'],
    render: (data: Opened, cut) => [
      `【表决】议题#${data.topicNumber} ${cut(data.title, 8, 22)}`,
      `${cut(data.electorate, 4, 12)}，${data.closes}截止`,
      `回复数字：${optionsOnLine(data.options, cut, 20)}，可以改`,
      data.link === undefined
        ? '群里投票大家看得见；不想公开，私聊议事助手'
        : `群里投票大家看得见；不想公开，点 ${data.link}`,
    ],
    shortest: {
      topicNumber: 1,
      title: '电梯',
      electorate: '居民',
      closes: '1月2日（周日）8:00',
      options: ['赞成', '反对'],
    },
    longest: {
      topicNumber: 99999,
      title: LONG_TITLE,
      electorate: '三号楼一单元二单元三单元全体业主每户一票',
      closes: LONG_MOMENT,
      options: MANY_OPTIONS,
      link: LINK,
    },
  }),
  reminder: text({
    key: 'poll.reminder',
    to: ['B'],
    /** `closes` is on the same day: 12月20日（周日）18:00. */
    render: (data: Reminder, cut) => [
      `【提醒】议题#${data.topicNumber}今天${data.closes}截止${missingWords(data)}`,
      `没投的回复：${optionsOnLine(data.options, cut, 24)}`,
      '投过的不用再投',
    ],
    shortest: {
      topicNumber: 1,
      closes: '1月2日（周日）8:00',
      options: ['赞成', '反对'],
      voted: 1,
      quorum: 0,
      unit: '人',
    },
    longest: {
      topicNumber: 9999,
      closes: '12月20日（周五）18:00',
      options: MANY_OPTIONS,
      voted: 1,
      quorum: 99999,
      unit: '户',
    },
  }),
  /** Long before the last day: names the day, never 今天. */
  reminderEarly: text({
    key: 'poll.reminder.early',
    to: ['B'],
    render: (data: Reminder, cut) => [
      `【提醒】议题#${data.topicNumber} ${data.closes}截止${missingWords(data)}`,
      `没投的回复：${optionsOnLine(data.options, cut, 24)}`,
      '投过的不用再投',
    ],
    shortest: {
      topicNumber: 1,
      closes: '1月2日（周日）8:00',
      options: ['赞成', '反对'],
      voted: 1,
      quorum: 0,
      unit: '人',
    },
    longest: {
      topicNumber: 99999,
      closes: '12月20日（周五）18:00',
      options: MANY_OPTIONS,
      voted: 1,
      quorum: 99999,
      unit: '户',
    },
  }),
  /** Enough have voted and somebody leads or not: valid, invalid or a tie, by the figures. */
  result: text({
    key: 'result',
    to: ['B'],
    render: (data: Result, cut) => [
      headLine(data, cut),
      turnoutLine(data),
      votesOnLine(data.options, cut, 22) + (data.voted < data.quorum ? '，照实公布' : '。结果供决策参考'),
      nextLine(data, cut),
    ],
    shortest: {
      topicNumber: 1,
      title: '电梯',
      roll: 9,
      voted: 7,
      quorum: 5,
      unit: '人',
      options: [
        { label: '赞成', votes: 5 },
        { label: '反对', votes: 2 },
      ],
      leading: 0,
      nextStep: '街道研究',
    },
    longest: LONG_RESULT,
  }),
  closedEarly: text({
    key: 'poll.closedEarly',
    to: ['B'],
    render: ({ topicNumber, title, reason }: { topicNumber: number; title: string; reason: string }, cut) => [
      `【表决】议题#${topicNumber} ${cut(title, 5, 14)}：提前截止`,
      `原因：${cut(reason, 12, 26)}`,
      '投过的票都算，结果马上发到群里',
    ],
    shortest: { topicNumber: 1, title: '电梯', reason: '都投了' },
    longest: { topicNumber: 99999, title: LONG_TITLE, reason: LONG_OPTION },
  }),
  annulled: text({
    key: 'poll.annulled',
    to: ['B'],
    render: ({ topicNumber, title, reason }: { topicNumber: number; title: string; reason: string }, cut) => [
      `【表决】议题#${topicNumber} ${cut(title, 5, 14)}：这次表决作废`,
      `原因：${cut(reason, 12, 26)}`,
      '投过的票都不算。要重新表决，会再发到群里',
    ],
    shortest: { topicNumber: 1, title: '电梯', reason: '名册错了' },
    longest: { topicNumber: 99999, title: LONG_TITLE, reason: LONG_OPTION },
  }),
  preview: text({
    key: 'poll.preview',
    to: ['S'],
    whole: PREVIEW_IS_WHOLE,
    render: (data: Preview & { topicNumber: number }) => previewLines(data, `议题#${data.topicNumber}的表决`),
    shortest: { ...PREVIEW_SHORTEST, topicNumber: 1 },
    longest: { ...PREVIEW_LONGEST, topicNumber: 99999 },
  }),
  openedBySecretary: text({
    key: 'poll.opened.done',
    to: ['S'],
    render: ({ topicNumber, groups, closes }: { topicNumber: number; groups: number; closes: string }) => [
      `已发起：议题#${topicNumber}的表决，发到${groups}个群。`,
      `${closes}自动截止、计票、公布。`,
    ],
    shortest: { topicNumber: 1, groups: 1, closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, groups: 9999, closes: LONG_MOMENT },
  }),
  optionsMissing: text({
    key: 'poll.optionsMissing',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}还差选项，至少两项，最多二十项。`,
      `例如：「表决 ${topicNumber} 选项：赞成、反对、弃权」`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  deadlineMissing: text({
    key: 'poll.deadlineMissing',
    to: ['S'],
    render: ({ topicNumber, example }: { topicNumber: number; example: string }) => [
      `议题#${topicNumber}的表决还差截止时间，要在现在之后。`,
      `例如：「表决 ${topicNumber} 到${example}」`,
    ],
    shortest: { topicNumber: 1, example: '1月2日18点' },
    longest: { topicNumber: 99999, example: '12月20日18点' },
  }),
  /** Nobody is known to be in the chosen groups. */
  rollEmpty: fixedText(
    'poll.rollEmpty',
    ['S'],
    '这些群里还不知道有谁，名册是空的。',
    '先导入名册，或请大家在群里说句话，再发起。',
  ),
  quorumTooHigh: text({
    key: 'poll.quorumTooHigh',
    to: ['S'],
    render: ({ quorum, roll }: { quorum: number; roll: number }) => [
      `名册里一共${roll}人，不能规定要${quorum}人投。`,
      '改少一点再发。',
    ],
    shortest: { quorum: 3, roll: 2 },
    longest: { quorum: 999999, roll: 99999 },
  }),
  alreadyOpen: text({
    key: 'poll.alreadyOpen',
    to: ['S'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes: string }) => [
      `议题#${topicNumber}已经在表决，${closes}截止。`,
      '截止后才能再发起一次。',
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, closes: LONG_MOMENT },
  }),
  noneOpen: fixedText('poll.noneOpen', ['G', 'P'], '现在没有进行中的表决。', '有了新的，会发到群里。'),
  /** A poll is closed and its topic has none that is open. */
  notOpen: text({
    key: 'poll.notOpen',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}没有进行中的表决。`,
      '要发起，发「表决」加议题编号。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** Early closing and annulling need one. */
  reasonMissing: text({
    key: 'poll.reasonMissing',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `还差一句原因，会发到群里：议题#${topicNumber}。`,
      '写上原因再发一次。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** To the secretaries at closing. */
  closedSummary: text({
    key: 'poll.closed.summary',
    to: ['S'],
    render: (data: Result & { groups: number }) => [
      `议题#${data.topicNumber}表决截止，结果发到${data.groups}个群。`,
      turnoutLine(data),
      data.voted < data.quorum
        ? `人数不够，不算数。要再商量，发「开会 ${data.topicNumber}」。`
        : `下一步，发「开会 ${data.topicNumber}」或「公示 ${data.topicNumber}」。`,
    ],
    shortest: { ...LONG_RESULT, topicNumber: 1, groups: 1, roll: 9, voted: 7, quorum: 5 },
    longest: { ...LONG_RESULT, groups: 9999 },
  }),
} as const;

function missingWords({ voted, quorum, unit }: Reminder): string {
  return quorum > voted ? `，还差${quorum - voted}${unit}` : '';
}
