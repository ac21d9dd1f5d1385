import type { Cut } from './catalogue.ts';
import { fixedText, text } from './catalogue.ts';
import {
  PREVIEW_IS_WHOLE,
  PREVIEW_LONGEST,
  PREVIEW_SHORTEST,
  previewLines,
  type Preview,
} from './preview.ts';
import { listMark } from './words.ts';

const LONG_DAY = '2027年12月30日（周四）';
const LONG_REASON = '分摊办法没有考虑一楼住户用不着电梯，也没有说清以后坏了谁来修、钱从哪里出';

/** One thing agreed, for a line: what, who, until when. */
export interface ItemLine {
  readonly action: string;
  readonly ownerName: string;
  /** 12月30日, without the weekday. */
  readonly due: string;
}

interface Public {
  readonly topicNumber: number;
  /** 12月23日至27日 */
  readonly range: string;
  readonly items: readonly ItemLine[];
  readonly link?: string | undefined;
}

const LONG_ITEM: ItemLine = {
  action: '选定电梯安装位置并请设计单位出图上墙公示',
  ownerName: '欧阳建国富强',
  due: '2027年12月30日',
};

function itemLine(item: ItemLine, index: number, cut: Cut): string {
  return `${listMark(index)}${cut(item.action, 4, 13)}，${cut(item.ownerName, 3, 5)}办，${item.due}前`;
}

/** Two lines at most: two items, or the first and how many there are. */
function itemLines(items: readonly ItemLine[], cut: Cut): string[] {
  const [first] = items;
  if (items.length <= 2 || !first) return items.map((item, index) => itemLine(item, index, cut));
  return [itemLine(first, 0, cut), `一共${items.length}件，其余见全文`];
}

export const outcomeTexts = {
  public: text({
    key: 'outcome.public',
    to: ['B'],
    render: (data: Public, cut) => [
      `【公示】议题#${data.topicNumber}商量好的事，${data.range}`,
      ...itemLines(data.items, cut),
      `不同意，回复「异议 ${data.topicNumber}」加理由${data.link === undefined ? '' : `；全文 ${data.link}`}`,
    ],
    shortest: {
      topicNumber: 1,
      range: '1月2日',
      items: [{ action: '选址', ownerName: '李', due: '1月9日' }],
    },
    longest: {
      topicNumber: 99999,
      range: '2027年12月23日至2028年1月27日',
      items: [LONG_ITEM, LONG_ITEM],
      link: 'https://yishi.example.cn/outcome/9999',
    },
  }),
  /** The whole, one-to-one or on request: every item. */
  full: text({
    key: 'outcome.full',
    to: ['P'],
    whole: 'Every item of what was agreed, for whoever asks.',
    render: (data: Public, cut) => [
      `议题#${data.topicNumber}商量好的事，公示${data.range}。`,
      ...data.items.map(
        (item, index) =>
          `${listMark(index)}${cut(item.action, 60, 60)}，${cut(item.ownerName, 10, 10)}办，${item.due}前`,
      ),
      `不同意，回复「异议 ${data.topicNumber}」加理由。`,
    ],
    shortest: {
      topicNumber: 1,
      range: '1月2日',
      items: [{ action: '选址', ownerName: '李', due: '1月9日' }],
    },
    longest: {
      topicNumber: 99999,
      range: '2027年12月23日至2028年1月27日',
      items: Array.from({ length: 12 }, () => LONG_ITEM),
    },
  }),
  objectionTaken: text({
    key: 'objection',
    to: ['P'],
    render: ({ topicNumber, answerBy }: { topicNumber: number; answerBy: string }) => [
      `您的异议已收到：议题#${topicNumber}，公示先停下。`,
      `${answerBy}前答复您，名字不公开。`,
    ],
    shortest: { topicNumber: 1, answerBy: '1月2日（周一）' },
    longest: { topicNumber: 99999, answerBy: LONG_DAY },
  }),
  objectionReasonMissing: text({
    key: 'objection.reasonMissing',
    to: ['G', 'P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      '还差一句理由，写上才算。',
      `例如：「异议 ${topicNumber} 分摊不合理」`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** In the group, when the person cannot be written to one-to-one. */
  objectionTakenInGroup: text({
    key: 'objection.group',
    to: ['G'],
    render: ({ topicNumber, answerBy }: { topicNumber: number; answerBy: string }) => [
      `议题#${topicNumber}收到异议，公示先停下。`,
      `社区${answerBy}前答复。`,
    ],
    shortest: { topicNumber: 1, answerBy: '1月2日（周一）' },
    longest: { topicNumber: 99999, answerBy: LONG_DAY },
  }),
  /** Sent after the period: kept and answered, stops nothing. */
  objectionLate: text({
    key: 'objection.late',
    to: ['P'],
    render: ({ topicNumber, ended, answerBy }: { topicNumber: number; ended: string; answerBy: string }) => [
      `您的意见已收到：议题#${topicNumber}。`,
      `公示在${ended}结束了，事情照常办，您的话会转给社区。`,
      `${answerBy}前答复您，名字不公开。`,
    ],
    shortest: { topicNumber: 1, ended: '1月2日（周一）', answerBy: '1月5日（周四）' },
    longest: { topicNumber: 99999, ended: LONG_DAY, answerBy: LONG_DAY },
  }),
  objectionNothing: text({
    key: 'objection.nothing',
    to: ['G', 'P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}现在没有公示。`,
      '有话要说，发「反映」加内容。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** Without the name of whoever objected. */
  objectionArrived: text({
    key: 'objection.arrived',
    to: ['S'],
    render: ({ topicNumber, reason, answerBy, late }: Arrived, cut) => [
      late === true
        ? `议题#${topicNumber}公示结束后收到1条异议，不停办。`
        : `议题#${topicNumber}收到1条异议，公示已停下。`,
      `理由：${cut(reason, 14, 27)}`,
      `${answerBy}前在后台「议题」里答复、续公示或撤回。`,
    ],
    shortest: { topicNumber: 1, reason: '太吵', answerBy: '1月2日（周一）' },
    longest: { topicNumber: 99999, reason: LONG_REASON, answerBy: '12月30日（周四）', late: true },
  }),
  /** To each who objected. */
  objectionAnswered: text({
    key: 'objection.answered',
    to: ['P'],
    render: ({ topicNumber, resolution, ending }: Answered, cut) => [
      `您的异议有答复了：议题#${topicNumber}。`,
      cut(resolution, 400, 400),
      {
        continued: '公示接着做，到期后交办。',
        withdrawn: '公示已撤回，重新商量。',
        noted: '事情照常办，意见已记下。',
      }[ending],
    ],
    shortest: { topicNumber: 1, resolution: '已改', ending: 'continued' },
    longest: { topicNumber: 99999, resolution: LONG_REASON.repeat(8), ending: 'withdrawn' },
  }),
  stopped: text({
    key: 'outcome.stopped',
    to: ['B'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `【公示】议题#${topicNumber}：收到异议，先停下`,
      '社区答复以后，会在群里说明',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  continued: text({
    key: 'outcome.continued',
    to: ['B'],
    render: (
      { topicNumber, resolution, until }: { topicNumber: number; resolution: string; until: string },
      cut,
    ) => [
      `【公示】议题#${topicNumber}：异议已答复，接着公示到${until}`,
      `答复：${cut(resolution, 12, 26)}`,
      `还不同意，回复「异议 ${topicNumber}」加理由`,
    ],
    shortest: { topicNumber: 1, resolution: '已改', until: '1月2日' },
    longest: { topicNumber: 99999, resolution: LONG_REASON, until: '12月30日' },
  }),
  withdrawn: text({
    key: 'outcome.withdrawn',
    to: ['B'],
    render: ({ topicNumber, resolution }: { topicNumber: number; resolution: string }, cut) => [
      `【公示】议题#${topicNumber}：撤回，重新商量`,
      `原因：${cut(resolution, 12, 26)}`,
      '商量好了，再公示',
    ],
    shortest: { topicNumber: 1, resolution: '要改' },
    longest: { topicNumber: 99999, resolution: LONG_REASON },
  }),
  /** Nobody objected: the items became assignments. */
  assigned: text({
    key: 'outcome.assigned',
    to: ['S'],
    render: ({ topicNumber, numbers }: { topicNumber: number; numbers: readonly number[] }) => [
      `议题#${topicNumber}公示到期，没有异议，已交办${numbers.length}件：`,
      `${assignmentNumbers(numbers)}。`,
      '到期前会提醒，过期天天提醒。',
    ],
    shortest: { topicNumber: 1, numbers: [1] },
    longest: { topicNumber: 99999, numbers: Array.from({ length: 20 }, (_, index) => 99900 + index) },
  }),
  preview: text({
    key: 'outcome.preview',
    to: ['S'],
    whole: PREVIEW_IS_WHOLE,
    render: (data: Preview & { topicNumber: number }) => previewLines(data, `议题#${data.topicNumber}的公示`),
    shortest: { ...PREVIEW_SHORTEST, topicNumber: 1 },
    longest: { ...PREVIEW_LONGEST, topicNumber: 99999 },
  }),
  published: text({
    key: 'outcome.published',
    to: ['S'],
    render: ({ topicNumber, groups, until }: { topicNumber: number; groups: number; until: string }) => [
      `已公示：议题#${topicNumber}，发到${groups}个群。`,
      `到${until}没有异议，自动交办。`,
    ],
    shortest: { topicNumber: 1, groups: 1, until: '1月2日（周一）' },
    longest: { topicNumber: 99999, groups: 9999, until: LONG_DAY },
  }),
  /** What an item has not got: 谁办, 什么时候办好, 办什么. `index` counts from 0. */
  itemMissing: text({
    key: 'outcome.itemMissing',
    to: ['S'],
    render: ({ index, missing }: { index: number; missing: readonly string[] }) => [
      `第${listMark(index)
        .replace('、', '')
        .replace('·', String(index + 1))}件还差：${missing.join('、')}。`,
      '每件写一行：「办什么，单位 谁办，12月30日前」',
    ],
    shortest: { index: 0, missing: ['谁办'] },
    longest: { index: 19, missing: ['办什么', '哪个单位', '谁办', '什么时候办好'] },
  }),
  itemsMissing: text({
    key: 'outcome.itemsMissing',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `还差商量好的事：议题#${topicNumber}。每件一行，例如：`,
      `公示 ${topicNumber}`,
      '选定电梯位置，物业 刘建国，12月30日前',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** The unit of an item has no group that could be reminded. */
  unitUnknown: text({
    key: 'outcome.unitUnknown',
    to: ['S'],
    render: ({ unit }: { unit: string }, cut) => [
      `没有找到「${cut(unit, 6, 12)}」的群，提醒发不出去。`,
      '先在后台「群」里连上，或换一个单位。',
    ],
    shortest: { unit: '物业' },
    longest: { unit: '幸福里小区物业服务中心有限公司' },
  }),
  alreadyPublic: text({
    key: 'outcome.alreadyPublic',
    to: ['S'],
    render: ({ topicNumber, until }: { topicNumber: number; until: string }) => [
      `议题#${topicNumber}正在公示，到${until}。`,
      '要改，先在后台撤回。',
    ],
    shortest: { topicNumber: 1, until: '1月2日（周一）' },
    longest: { topicNumber: 99999, until: LONG_DAY },
  }),
  privateOnly: fixedText(
    'objection.privateOnly',
    ['G'],
    '异议的答复只发给本人。',
    '跟议事助手私聊一句，就能收到。',
  ),
} as const;

/** T5、T6 … at most six, then how many there are. */
function assignmentNumbers(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 6).map((number) => `T${number}`);
  return shown.join('、') + (numbers.length > shown.length ? '等' : '');
}

interface Arrived {
  readonly topicNumber: number;
  readonly reason: string;
  readonly answerBy: string;
  readonly late?: boolean | undefined;
}

interface Answered {
  readonly topicNumber: number;
  readonly resolution: string;
  /** `noted`: a late one that stopped nothing. */
  readonly ending: 'continued' | 'withdrawn' | 'noted';
}
