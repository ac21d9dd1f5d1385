import type { PollRules } from '#core/poll';
import { numberedOptions, optionsOnLine } from './ballot-texts.ts';
import { fixedText, text } from './catalogue.ts';
import {
  PREVIEW_IS_WHOLE,
  PREVIEW_LONGEST,
  PREVIEW_SHORTEST,
  previewLines,
  type Preview,
} from './preview.ts';
import { ballotExample, howToVote, optionLabels, type Ballot } from './method-words.ts';
import { oneLine, widthInUnits } from './units.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';
const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';
const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';
const MANY_OPTIONS = Array.from({ length: 20 }, () => LONG_OPTION);
const SHORT_BALLOT: Ballot = { method: { kind: 'forAgainst' }, options: ['赞成', '反对'] };
const LONG_BALLOT: Ballot = { method: { kind: 'single' }, options: MANY_OPTIONS };
const LINK = 'https://yishi.example.cn/poll/9999';

type Cut = (text: string, least: number, most: number) => string;

interface Opened {
  readonly topicNumber: number;
  readonly title: string;
  /** 3号楼业主，每户1票 */
  readonly electorate: string;
  readonly closes: string;
  /** How one chooses, and from what. */
  readonly poll: Ballot;
  readonly secrecy: PollRules['secrecy'];
  /** After the end everybody may see who chose what. */
  readonly showsNames?: boolean | undefined;
  /** Of question, rules and roll; what stands in its place where it is not made yet. */
  readonly fingerprint?: string | undefined;
  /** Where one votes unseen; without it the private chat is named. */
  readonly link?: string | undefined;
}

interface Reminder {
  readonly topicNumber: number;
  readonly closes: string;
  readonly poll: Ballot;
  readonly voted: number;
  readonly quorum: number;
  readonly unit: string;
}

/** Room for the options on the line that says how to vote. */
function optionUnits(poll: Ballot): number {
  return 25 - widthInUnits(howToVote(poll));
}

/** The opening as a group reads it: short where the options fit on a line, else each on its own. */
export function openedText(data: Opened): string {
  const fits = widthInUnits(numberedOptions(optionLabels(data.poll))) <= optionUnits(data.poll);
  return fits ? pollTexts.opened(data) : pollTexts.openedWhole(data);
}

/** A link stands last: what follows it would be taken for a part of it. */
function secrecyLine(data: Opened): string {
  const { fingerprint, link } = data;
  if (fingerprint === undefined) return seenWords(data);
  return link === undefined
    ? `${seenWords(data)}；指纹${fingerprint}`
    : `指纹${fingerprint}；${seenWords(data)}`;
}

function seenWords({ secrecy, showsNames, link }: Opened): string {
  const way = link === undefined ? '私聊议事助手' : `点 ${link}`;
  if (secrecy === 'secret')
    return link === undefined ? `这次不公开：${way}投，群里发的不算` : `这次不公开，群里发的不算；投票${way}`;
  if (showsNames !== true) return `群里投票大家看得见；不想公开，${way}`;
  return `这次记名：谁选了什么，截止后查得到${link === undefined ? '' : `；网上投，${way}`}`;
}

/** In a preview: the fingerprint covers the moment of the opening. */
export const FINGERPRINT_TO_COME = '发出时生成';

export const pollTexts = {
  opened: text({
    key: 'poll.opened',
    to: ['B'],
    render: (data: Opened, cut) => [
      `【表决】议题#${data.topicNumber} ${cut(data.title, 8, 22)}`,
      `${cut(data.electorate, 4, 18)}，${data.closes}截止`,
      `${howToVote(data.poll)}：${optionsOnLine(optionLabels(data.poll), cut, optionUnits(data.poll))}，可以改`,
      secrecyLine(data),
    ],
    shortest: {
      topicNumber: 1,
      title: '电梯',
      electorate: '居民',
      closes: '1月2日（周日）8:00',
      poll: SHORT_BALLOT,
      secrecy: 'open',
    },
    longest: {
      topicNumber: 99999,
      title: LONG_TITLE,
      electorate: '三号楼一单元二单元三单元全体业主每户一票',
      closes: LONG_MOMENT,
      poll: LONG_BALLOT,
      secrecy: 'open',
      fingerprint: '7K2M9QXA3DEF',
    },
  }),
  /** The same where the options do not fit on one line: each has a line of its own. */
  openedWhole: text({
    key: 'poll.opened.whole',
    to: ['B'],
    whole: 'Who cannot read every option cannot choose.',
    render: (data: Opened, cut) => [
      `【表决】议题#${data.topicNumber} ${cut(data.title, 8, 22)}`,
      `${cut(data.electorate, 4, 18)}，${data.closes}截止`,
      `${howToVote(data.poll)}，可以改：`,
      ...optionLabels(data.poll).map((option, index) => `${index + 1} ${oneLine(option)}`),
      secrecyLine(data),
    ],
    shortest: {
      topicNumber: 1,
      title: '电梯',
      electorate: '居民',
      closes: '1月2日（周日）8:00',
      poll: SHORT_BALLOT,
      secrecy: 'secret',
    },
    longest: {
      topicNumber: 99999,
      title: LONG_TITLE,
      electorate: '三号楼一单元二单元三单元全体业主每户一票',
      closes: LONG_MOMENT,
      poll: LONG_BALLOT,
      secrecy: 'open',
      link: LINK,
      fingerprint: '7K2M9QXA3DEF',
    },
  }),
  reminder: text({
    key: 'poll.reminder',
    to: ['B'],
    /** `closes` is on the same day: 12月20日（周日）18:00. */
    render: (data: Reminder, cut) => [
      `【提醒】议题#${data.topicNumber}今天${data.closes}截止${missingWords(data)}`,
      againLine(data.poll, cut),
      '投过的不用再投',
    ],
    shortest: {
      topicNumber: 1,
      closes: '1月2日（周日）8:00',
      poll: SHORT_BALLOT,
      voted: 1,
      quorum: 0,
      unit: '人',
    },
    longest: {
      topicNumber: 9999,
      closes: '12月20日（周五）18:00',
      poll: LONG_BALLOT,
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
      againLine(data.poll, cut),
      '投过的不用再投',
    ],
    shortest: {
      topicNumber: 1,
      closes: '1月2日（周日）8:00',
      poll: SHORT_BALLOT,
      voted: 1,
      quorum: 0,
      unit: '人',
    },
    longest: {
      topicNumber: 99999,
      closes: '12月20日（周五）18:00',
      poll: LONG_BALLOT,
      voted: 1,
      quorum: 99999,
      unit: '户',
    },
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
} as const;

function missingWords({ voted, quorum, unit }: Reminder): string {
  return quorum > voted ? `，还差${quorum - voted}${unit}` : '';
}

/** What to send for whoever has not voted: the numbers, or an example where one number is not enough. */
function againLine(poll: Ballot, cut: Cut): string {
  const { kind } = poll.method;
  return kind === 'forAgainst' || kind === 'single'
    ? `没投的回复：${optionsOnLine(poll.options, cut, 24)}`
    : `没投的回复，例如「${ballotExample(poll)}」`;
}
