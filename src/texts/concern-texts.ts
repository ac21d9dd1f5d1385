import type { Staff } from './words.ts';
import { fixedText, text } from './catalogue.ts';
import { quoted } from './units.ts';
import { staffWords } from './words.ts';

const LONG_TITLE =
  '三号楼和四号楼之间的人行道路灯全都不亮老人晚上出门看不清楚已经摔了两个人请尽快派人来看看到底是线路还是灯的问题谢谢';
const LONG_DAY = '2027年12月24日（周五）';

interface Titled {
  readonly number: number;
  readonly title: string;
}

interface Registered extends Titled {
  readonly answerBy: string;
  /** Set when the text was cut: how many characters are shown; the whole is kept. */
  readonly cutAt?: number | undefined;
}

const registeredRest = (data: Registered): string[] => [
  `社区${data.answerBy}前答复您。`,
  `要补照片或情况，回复「补充 ${data.number}」。`,
  ...(data.cutAt === undefined ? [] : [`内容长，先看前${data.cutAt}字，原文都存着。`]),
];

interface Similar extends Titled {
  readonly minutes: number;
}

const similarRest = ({ number, minutes }: Similar): string[] => [
  `是同一件，回复「附议 ${number}」；不是，回复「另记」。`,
  `不回复也行，${minutes}分钟后单独登记。`,
];

interface Progress extends Titled {
  /** Where it stands, in words: 物业正在修. */
  readonly status: string;
  readonly responsible?: Staff | undefined;
  /** The responsible's due day. */
  readonly due?: string | undefined;
  /** The promised answer, when nobody is named yet. */
  readonly answerBy?: string | undefined;
  readonly finished?: boolean | undefined;
}

function progressRest(data: Progress): string[] {
  const { responsible, due, answerBy } = data;
  const who = responsible && `${staffWords(responsible)}负责${due === undefined ? '。' : `，${due}前办好。`}`;
  const promise = answerBy === undefined ? undefined : `社区${answerBy}前答复您。`;
  const line = who ?? promise;
  return [...(line === undefined ? [] : [line]), ...(data.finished === true ? [] : ['有变化会告诉您。'])];
}

export const concernTexts = {
  registered: text({
    key: 'concern.registered',
    to: ['G', 'P'],
    render: (data: Registered, cut) => [
      `已登记：诉求#${data.number}${quoted(cut(data.title, 6, 14))}。`,
      ...registeredRest(data),
    ],
    private: (data, cut) => [
      `已登记：诉求#${data.number}。`,
      quoted(cut(data.title, 14, 24)),
      ...registeredRest(data),
    ],
    shortest: { number: 1, title: '路灯', answerBy: '1月4日（周五）' },
    longest: { number: 99999, title: LONG_TITLE, answerBy: LONG_DAY, cutAt: 2000 },
  }),
  similar: text({
    key: 'concern.similar',
    to: ['G', 'P'],
    render: (data: Similar, cut) => [
      `已收下。和诉求#${data.number}${quoted(cut(data.title, 6, 12))}像是一件事。`,
      ...similarRest(data),
    ],
    private: (data, cut) => [
      `已收下。和诉求#${data.number}像是一件事。`,
      quoted(cut(data.title, 14, 24)),
      ...similarRest(data),
    ],
    shortest: { number: 1, title: '路灯', minutes: 5 },
    longest: { number: 99999, title: LONG_TITLE, minutes: 120 },
  }),
  unsure: fixedText(
    'concern.unsure',
    ['G', 'P'],
    '您是要把这件事登记下来吗？',
    '是，回复「登记」；不是，不用回复。',
  ),
  empty: fixedText(
    'concern.empty',
    ['G', 'P'],
    '还差内容：哪里、什么事。',
    '例如：「反映 3号楼门口路灯坏了」',
  ),
  endorsed: text({
    key: 'concern.endorsed',
    to: ['G', 'P'],
    render: ({ number, count }: { number: number; count: number }) => [
      `已附议：诉求#${number}，连您一共${count}人。`,
      '有了答复，会告诉每一位。',
    ],
    shortest: { number: 1, count: 2 },
    longest: { number: 99999, count: 99999 },
  }),
  endorsedAlready: text({
    key: 'concern.endorsed.already',
    to: ['G', 'P'],
    render: ({ number, count }: { number: number; count: number }) => [
      `诉求#${number}您附议过了，一人算一次，现在${count}人。`,
    ],
    shortest: { number: 1, count: 2 },
    longest: { number: 99999, count: 99999 },
  }),
  endorsedOwn: text({
    key: 'concern.endorsed.own',
    to: ['G', 'P'],
    render: ({ number, count }: { number: number; count: number }) => [
      `诉求#${number}是您提的，已经算您一个，现在${count}人。`,
      `要补照片或情况，回复「补充 ${number}」。`,
    ],
    shortest: { number: 1, count: 1 },
    longest: { number: 99999, count: 99999 },
  }),
  /** The endorsement went to the concern that this one was merged into. */
  endorsedMerged: text({
    key: 'concern.endorsed.merged',
    to: ['G', 'P'],
    render: ({ number, into, count }: { number: number; into: number; count: number }) => [
      `诉求#${number}和#${into}并在一起办，您的附议算在#${into}。`,
      `连您一共${count}人。有了答复，会告诉每一位。`,
    ],
    shortest: { number: 2, into: 1, count: 2 },
    longest: { number: 99999, into: 99998, count: 99999 },
  }),
  endorsedAnswered: text({
    key: 'concern.endorsed.answered',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}已经答复过了。`,
      `看结果，发「进度 ${number}」；又坏了，发「反映」加内容。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  added: text({
    key: 'concern.added',
    to: ['G', 'P'],
    /** `what` in words: 照片2张, 说明1段. */
    render: ({ number, what }: { number: number; what: string }, cut) => [
      `已补充到诉求#${number}：${cut(what, 8, 12)}。社区看得到。`,
    ],
    shortest: { number: 1, what: '照片1张' },
    longest: { number: 99999, what: '说明1段、照片99张、文件99份' },
  }),
  addNothing: text({
    key: 'concern.added.nothing',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `还差要补充的话或照片：诉求#${number}。`,
      `例如：「补充 ${number} 晚上8点以后全黑」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  photoAdded: text({
    key: 'concern.added.photo',
    to: ['G', 'P'],
    render: ({ number, photos }: { number: number; photos: number }) => [
      `照片${photos}张已放进诉求#${number}。社区看得到。`,
    ],
    shortest: { number: 1, photos: 1 },
    longest: { number: 99999, photos: 99 },
  }),
  /** A photo without words, and no concern it could belong to. */
  photoAlone: fixedText(
    'concern.photo.alone',
    ['G', 'P'],
    '照片收到了，还不知道是哪件事。',
    '新的事，发「反映」加一句话；已有编号，发「补充」加编号。',
  ),
  progress: text({
    key: 'concern.progress',
    to: ['G', 'P'],
    render: (data: Progress, cut) => [
      `诉求#${data.number}${quoted(cut(data.title, 5, 13))}：${cut(data.status, 5, 12)}。`,
      ...progressRest({ ...data, ...cutStaff(data, cut) }),
    ],
    private: (data, cut) => [
      `诉求#${data.number}办到哪了：`,
      `${quoted(cut(data.title, 14, 24))}：${cut(data.status, 20, 40)}。`,
      ...progressRest(data),
    ],
    shortest: { number: 1, title: '路灯', status: '社区在看', finished: true },
    longest: {
      number: 99999,
      title: LONG_TITLE,
      status: '物业正在联系厂家订配件等配件到了马上安排师傅来换',
      responsible: { unit: '幸福里小区物业服务中心', name: '欧阳王强国' },
      due: LONG_DAY,
    },
  }),
  progressOther: text({
    key: 'concern.progress.other',
    to: ['G', 'P'],
    render: ({ number, status }: { number: number; status: string }, cut) => [
      `诉求#${number}：${cut(status, 10, 20)}。`,
      '是邻居提的，详细情况只告诉提的人。',
      `您也碰到了，回复「附议 ${number}」。`,
    ],
    shortest: { number: 1, status: '社区在看' },
    longest: { number: 99999, status: '物业正在联系厂家订配件等配件到了马上安排师傅来换' },
  }),
  /** One's own concerns, latest first; at most three are named. */
  progressList: text({
    key: 'concern.progress.list',
    to: ['G', 'P'],
    render: ({ items, total }: { items: readonly OwnItem[]; total: number }, cut) => [
      `您提过${total}件${total > items.length ? `，最近${Math.min(items.length, 3)}件` : ''}：`,
      ...items
        .slice(0, 3)
        .map((item) => `诉求#${item.number}${quoted(cut(item.title, 5, 10))}：${cut(item.status, 5, 9)}`),
    ],
    shortest: { items: [{ number: 1, title: '路灯', status: '社区在看' }], total: 1 },
    longest: {
      items: [99999, 99998, 99997].map((number) => ({
        number,
        title: LONG_TITLE,
        status: '已列入议题#99999等开会',
      })),
      total: 99999,
    },
  }),
  noneYet: fixedText(
    'concern.progress.none',
    ['G', 'P'],
    '您还没有提过诉求。',
    '有事，发「反映」加内容，例如：「反映 3号楼门口路灯坏了」',
  ),
  merged: text({
    key: 'concern.merged',
    to: ['P'],
    render: ({ number, into }: { number: number; into: number }) => [
      `诉求#${number}和#${into}是一件事，并在一起办。`,
      '您的编号还在，有结果照样告诉您。',
      `不是一件事，回复「拆开 ${number}」。`,
    ],
    shortest: { number: 2, into: 1 },
    longest: { number: 99999, into: 99998 },
  }),
  split: text({
    key: 'concern.split',
    to: ['G', 'P'],
    render: ({ number, answerBy }: { number: number; answerBy: string }) => [
      `已拆开：诉求#${number}单独办。`,
      `社区${answerBy}前答复您。`,
    ],
    shortest: { number: 1, answerBy: '1月4日（周五）' },
    longest: { number: 99999, answerBy: LONG_DAY },
  }),
  splitNotMerged: text({
    key: 'concern.split.notMerged',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}本来就是单独办的，不用拆。`,
      `办到哪了，发「进度 ${number}」。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  splitTooLate: text({
    key: 'concern.split.answered',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}已经答复，拆不开了。`,
      '还有没办的，发「反映」加内容，单独登记。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  splitNotYours: text({
    key: 'concern.split.notYours',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}是邻居提的，要由提的人来拆。`,
      '您有别的事，发「反映」加内容。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  /** 另记 or 登记 although nothing waits. */
  nothingWaits: fixedText(
    'concern.nothingWaits',
    ['G', 'P'],
    '没有等您回话的诉求，都登记好了。',
    '有新的事，发「反映」加内容。',
  ),
  /** To the author: the concern became part of a topic. */
  inTopic: text({
    key: 'concern.inTopic',
    to: ['P'],
    render: (
      { number, topicNumber, topicTitle }: { number: number; topicNumber: number; topicTitle: string },
      cut,
    ) => [
      `诉求#${number}已列入议题#${topicNumber}，大家一起商量。`,
      `议题：${quoted(cut(topicTitle, 14, 30))}`,
      '表决、开会、有结果，都会告诉您。',
    ],
    shortest: { number: 1, topicNumber: 1, topicTitle: '电梯' },
    longest: { number: 99999, topicNumber: 99999, topicTitle: LONG_TITLE },
  }),
  /** Only a sticker or emoji, said to the bot. */
  wordless: fixedText(
    'concern.wordless',
    ['G', 'P'],
    '收到了，但没有看到文字。',
    '有事，用一句话说，例如：「反映 3号楼门口路灯坏了」',
  ),
  /** The concern cannot be registered for this group's place by this person: it is somebody else's to change. */
  notYours: text({
    key: 'concern.notYours',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}是邻居提的，这一步要由提的人来做。`,
      `您也碰到了，回复「附议 ${number}」。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
} as const;

interface OwnItem {
  readonly number: number;
  readonly title: string;
  readonly status: string;
}

function cutStaff(
  data: Progress,
  cut: (text: string, least: number, most: number) => string,
): Partial<Progress> {
  const { responsible } = data;
  return responsible
    ? { responsible: { unit: cut(responsible.unit, 4, 8), name: cut(responsible.name, 4, 5) } }
    : {};
}
