import { GROUP_LIMITS, fixedText, lineUnits, text } from './catalogue.ts';
import {
  PREVIEW_IS_WHOLE,
  PREVIEW_LONGEST,
  PREVIEW_SHORTEST,
  previewLines,
  type Preview,
} from './preview.ts';
import { joinWithin } from './units.ts';

const LONG_MOMENT = '2027年12月8日（周三）7:00';

/** A group that a message did not reach, with what helps. */
export interface FailedGroup {
  readonly group: string;
  readonly cause: string;
}

interface Summary {
  readonly number: number;
  readonly groups: number;
  readonly delivered: number;
  /** Taken by the vendor, who says no more. */
  readonly handedOver: number;
  readonly needsTap: number;
  /** Who must release those. */
  readonly tapBy: string;
  readonly uncertain: number;
  readonly failed: readonly FailedGroup[];
  readonly link?: string | undefined;
}

const FAILED_LONG: FailedGroup = { group: '幸福里三号楼四号楼业主交流群', cause: '助手已不在群里' };

/** On one line, or on two when everything that can happen has happened. */
function summaryCounts(data: Summary): string[] {
  const parts: [string, number][] = [
    ['送达', data.delivered],
    ['已交给微信', data.handedOver],
    [`等${data.tapBy}点发`, data.needsTap],
    ['不确定', data.uncertain],
    ['没送到', data.failed.length],
  ];
  const said = parts.filter(([, count]) => count > 0).map(([word, count]) => `${word}${count}`);
  const head = `通知#${data.number}：${data.groups}个群`;
  const whole = `${head}，${said.join('，')}。`;
  return lineUnits(whole) <= GROUP_LIMITS.unitsPerLine ? [whole] : [`${head}。`, `${said.join('，')}。`];
}

/** The leading tag, unless the secretary began with one: a broadcast has only one. */
export function noticeBody(words: string): string {
  return words.startsWith('【') ? words : `【通知】${words}`;
}

export const noticeTexts = {
  /** What the groups get. */
  broadcast: text({
    key: 'notice.broadcast',
    to: ['B'],
    whole: 'The secretary wrote it and saw it in the preview.',
    render: ({ text: words }: { text: string }) => [noticeBody(words)],
    shortest: { text: '停水' },
    longest: { text: PREVIEW_LONGEST.body },
  }),
  /** `body` is what `broadcast` renders. */
  preview: text({
    key: 'notice.preview',
    to: ['S'],
    whole: PREVIEW_IS_WHOLE,
    render: (data: Preview) => previewLines(data),
    shortest: PREVIEW_SHORTEST,
    longest: PREVIEW_LONGEST,
  }),
  summary: text({
    key: 'notice.summary',
    to: ['S'],
    render: (data: Summary, cut) => [
      ...summaryCounts({ ...data, tapBy: cut(data.tapBy, 2, 5) }),
      ...(data.failed.length === 0
        ? []
        : [
            `没送到：${joinWithin(
              data.failed.map(({ group, cause }) => `${cut(group, 5, 9)}，${cut(cause, 6, 12)}`),
              '；',
              26,
              (total) => `等${total}个`,
            )}`,
          ]),
      ...(data.link === undefined || data.failed.length + data.uncertain + data.needsTap === 0
        ? []
        : [`处理：${data.link}`]),
    ],
    shortest: {
      number: 8,
      groups: 6,
      delivered: 6,
      handedOver: 0,
      needsTap: 0,
      tapBy: '',
      uncertain: 0,
      failed: [],
    },
    longest: {
      number: 9999,
      groups: 999,
      delivered: 99,
      handedOver: 99,
      needsTap: 99,
      tapBy: '欧阳王强国富强',
      uncertain: 99,
      failed: Array.from({ length: 99 }, () => FAILED_LONG),
      link: 'https://yishi.example.cn/notices/9999',
    },
  }),
  /** Everything arrived. */
  summaryFine: text({
    key: 'notice.summary.fine',
    to: ['S'],
    render: ({ number, groups }: { number: number; groups: number }) => [
      `通知#${number}：${groups}个群全部送达。`,
    ],
    shortest: { number: 1, groups: 1 },
    longest: { number: 99999, groups: 9999 },
  }),
  quiet: text({
    key: 'notice.quiet',
    to: ['S'],
    render: ({ number, sendAt }: { number: number; sendAt: string }) => [
      `现在是休息时间，通知#${number}改在${sendAt}发。`,
      `必须马上发，回复「急发 ${number}」。`,
    ],
    shortest: { number: 1, sendAt: '1月8日（周二）7:00' },
    longest: { number: 9999, sendAt: '12月18日（周二）7:00' },
  }),
  sending: text({
    key: 'notice.sending',
    to: ['S'],
    render: ({ number, groups }: { number: number; groups: number }) => [
      `开始发：通知#${number}，${groups}个群。`,
      '发完告诉各群到没到。',
    ],
    shortest: { number: 1, groups: 1 },
    longest: { number: 99999, groups: 9999 },
  }),
  scheduled: text({
    key: 'notice.scheduled',
    to: ['S'],
    render: ({ number, sendAt, groups }: { number: number; sendAt: string; groups: number }) => [
      `已定好：通知#${number}，${sendAt}发到${groups}个群。`,
      `不发了，回复「取消通知 ${number}」。`,
    ],
    shortest: { number: 1, sendAt: '1月8日（周二）7:00', groups: 1 },
    longest: { number: 9999, sendAt: '12月18日（周二）18:00', groups: 999 },
  }),
  cancelled: text({
    key: 'notice.cancelled',
    to: ['S'],
    render: ({ number }: { number: number }) => [`已取消：通知#${number}，没有发出。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  sentAlready: text({
    key: 'notice.sentAlready',
    to: ['S'],
    render: ({ number, sent }: { number: number; sent: string }) => [
      `通知#${number}在${sent}已经发出，收不回来了。`,
      '写错了，再发一条更正。',
    ],
    shortest: { number: 1, sent: '1月8日（周二）7:00' },
    longest: { number: 9999, sent: '12月18日（周二）7:00' },
  }),
  /** Nothing waits for this code. */
  codeUnknown: text({
    key: 'notice.codeUnknown',
    to: ['S'],
    render: ({ code }: { code: string }) => [
      `没有等「确认 ${code}」的消息，什么也没发。`,
      '看一下预览里的四位数，或重新预览。',
    ],
    shortest: { code: '1' },
    longest: { code: '88428842' },
  }),
  /** The confirmation came after the time was up. */
  expired: text({
    key: 'notice.expired',
    to: ['S'],
    render: ({ number, minutes }: { number?: number | undefined; minutes: number }) => [
      `${number === undefined ? '预览' : `通知#${number}`}过了${minutes}分钟没确认，已作废，没有发出。`,
      '要发，重新发一次，内容还在上面。',
    ],
    shortest: { minutes: 10 },
    longest: { number: 9999, minutes: 120 },
  }),
  empty: fixedText(
    'notice.empty',
    ['S'],
    '还差内容：要通知什么。',
    '例如：「通知 明天9:00到17:00停水，请存水」',
  ),
  noGroups: fixedText('notice.noGroups', ['S'], '没有可以发的群。', '先在后台「群」里连一个群。'),
  groupUnknown: text({
    key: 'notice.groupUnknown',
    to: ['S'],
    render: ({ name }: { name: string }, cut) => [
      `没有找到「${cut(name, 6, 12)}」这个群，什么也没发。`,
      '不写群名，就发到所有居民群。',
    ],
    shortest: { name: '3号楼群' },
    longest: { name: FAILED_LONG.group },
  }),
  pastDate: text({
    key: 'notice.pastDate',
    to: ['S'],
    render: ({ at }: { at: string }) => [`${at}已经过了，什么也没发。`, '改成以后的时间，或不写时间马上发。'],
    shortest: { at: '1月8日（周二）7:00' },
    longest: { at: LONG_MOMENT },
  }),
} as const;
