import type { Contact } from './words.ts';
import type { RatingValue } from '#core/concern';
import type { Cut } from './catalogue.ts';
import { text } from './catalogue.ts';
import { nickname } from './units.ts';
import { RATING_WORDS, contactWords, staffWords, type Staff } from './words.ts';

const LONG_TEXT = '十二月三日物业请师傅把门口到车棚一路的灯全部换成新的，晚上去看过都亮了，照片在下面';
const LONG_REASON = '楼道宽只有一米一，加装以后会挡住消防通道，消防队来看过不同意';
const CONTACT_SHORT: Contact = { unit: '社区', name: '刘敏', phone: '110' };
const CONTACT_LONG: Contact = { unit: '幸福里社区居民委员会', name: '欧阳刘敏', phone: '0576-88881234-01' };

/** Whose concern it is to the reader: they raised it or stood behind it. */
export interface Answered {
  readonly number: number;
  readonly role: 'author' | 'endorser';
}

const MINE: Answered = { number: 1, role: 'author' };
const THEIRS: Answered = { number: 99999, role: 'endorser' };
const WORDS_MOST = 300;

function headOf({ number, role }: Answered): string {
  return `您${role === 'author' ? '提' : '附议'}的诉求#${number}有结果了。`;
}

function askRating(number: number): string {
  return `您看怎么样？回复「评价 ${number} 满意」，或「基本满意」「不满意」。`;
}

const whole = (text: string, cut: Cut): string => withoutStop(cut(text, WORDS_MOST, WORDS_MOST));

/** A sentence as it goes on in ours: its own stop is dropped. */
function withoutStop(text: string): string {
  return text.replace(/[。.；;]+$/u, '');
}

export const feedbackTexts = {
  done: text({
    key: 'feedback.done',
    to: ['P'],
    render: (data: Answered & { text: string }, cut) => [
      headOf(data),
      `办好了：${whole(data.text, cut)}。`,
      askRating(data.number),
    ],
    shortest: { ...MINE, text: '换了' },
    longest: { ...THEIRS, text: LONG_TEXT.repeat(9) },
  }),
  partly: text({
    key: 'feedback.partly',
    to: ['P'],
    /** `text`: what is done; `left`: what is not, when that is known apart from the reason. */
    render: (data: Answered & { text: string; left?: string | undefined; reason: string }, cut) => [
      headOf(data),
      `能办：${whole(data.text, cut)}`,
      `${data.left === undefined ? '其余这次办不了' : `这次办不了：${whole(data.left, cut)}`}。原因：${whole(data.reason, cut)}`,
      askRating(data.number),
    ],
    shortest: { ...MINE, text: '加灯', reason: '没钱' },
    longest: { ...THEIRS, text: LONG_TEXT, left: LONG_TEXT, reason: LONG_REASON.repeat(9) },
  }),
  refused: text({
    key: 'feedback.refused',
    to: ['P'],
    render: (data: Answered & { reason: string; instead?: string | undefined; contact: Contact }, cut) => [
      headOf(data),
      `这次办不了。原因：${whole(data.reason, cut)}`,
      `${data.instead === undefined ? '' : `可以这样：${whole(data.instead, cut)}。`}想再问，找${contactWords(data.contact)}。`,
      askRating(data.number),
    ],
    shortest: { ...MINE, reason: '太窄', contact: CONTACT_SHORT },
    longest: { ...THEIRS, reason: LONG_REASON.repeat(9), instead: LONG_TEXT, contact: CONTACT_LONG },
  }),
  /** Handed to whoever is in charge; `incharge` says who and how to reach them. */
  redirected: text({
    key: 'feedback.redirected',
    to: ['P'],
    render: (data: Answered & { inCharge: string; text?: string | undefined }, cut) => [
      headOf(data),
      `这件事归${whole(data.inCharge, cut)}管，已经转过去。`,
      ...(data.text === undefined || data.text === '' ? [] : [`${whole(data.text, cut)}。`]),
      askRating(data.number),
    ],
    shortest: { ...MINE, inCharge: '街道' },
    longest: { ...THEIRS, inCharge: '街道城管办 陈芳，0576-88881234', text: LONG_TEXT.repeat(9) },
  }),
  /** For somebody without a one-to-one chat, in the group they spoke in, named as they are shown there. */
  inGroup: text({
    key: 'feedback.group',
    to: ['G'],
    render: ({ names, number, ending, text: words }: GroupAnswer, cut) => [
      `${names
        .slice(0, 2)
        .map((name) => cut(nickname(name), 2, 8))
        .join('、')}${names.length > 2 ? '等' : ''}：诉求#${number}有结果了。`,
      `${ENDING_WORDS[ending]}：${withoutStop(cut(words, 8, 20))}。`,
      `回复「评价 ${number} 满意」，或「基本满意」「不满意」。`,
    ],
    shortest: { names: ['李'], number: 1, ending: 'done', text: '换了' },
    longest: {
      names: Array.from({ length: 3 }, () => '幸福里三号楼热心肠的张桂兰'),
      number: 99999,
      ending: 'redirected',
      text: LONG_TEXT,
    },
  }),
  /** Persons that the bot cannot reach: a secretary calls them. */
  unreachable: text({
    key: 'feedback.unreachable',
    to: ['S'],
    render: ({ number, people }: { number: number; people: number }) => [
      `诉求#${number}的答复，有${people}人发不到。`,
      '打电话或上门告诉他们，名单在后台「诉求」里。',
    ],
    shortest: { number: 1, people: 1 },
    longest: { number: 99999, people: 99999 },
  }),
  ratingThanks: text({
    key: 'rating.thanks',
    to: ['G', 'P'],
    render: ({ number, value }: { number: number; value: Exclude<RatingValue, 'dissatisfied'> }) => [
      `谢谢，已记下：诉求#${number}，${RATING_WORDS[value]}。`,
    ],
    shortest: { number: 1, value: 'satisfied' },
    longest: { number: 99999, value: 'basically' },
  }),
  ratingReopens: text({
    key: 'rating.thanks.reopened',
    to: ['G', 'P'],
    render: ({ number, staff }: { number: number; staff: string }, cut) => [
      `已记下：诉求#${number}，不满意。重新打开，${cut(staff, 3, 5)}再办。`,
      `哪里没办好，发「补充 ${number}」加内容。`,
    ],
    shortest: { number: 1, staff: '刘敏' },
    longest: { number: 99999, staff: '欧阳刘敏国强' },
  }),
  ratingEscalates: text({
    key: 'rating.thanks.escalated',
    to: ['G', 'P'],
    render: ({ number, to, answerBy }: { number: number; to: Staff; answerBy: string }, cut) => [
      `已记下。诉求#${number}重办过一次，这次转${cut(staffWords(to), 5, 8)}。`,
      `${answerBy}前答复您。`,
    ],
    shortest: { number: 1, to: { unit: '街道', name: '陈芳' }, answerBy: '1月5日（周二）' },
    longest: {
      number: 99999,
      to: { unit: '幸福里街道党工委', name: '欧阳陈芳' },
      answerBy: '2027年12月15日（周二）',
    },
  }),
  /** Not satisfied again, after it went up already, or said twice: kept, nothing new happens. */
  ratingKept: text({
    key: 'rating.kept',
    to: ['G', 'P'],
    render: ({ number, value }: { number: number; value: RatingValue }) => [
      `已记下：诉求#${number}，${RATING_WORDS[value]}。`,
      '还有没办好的，发「反映」加内容，单独登记。',
    ],
    shortest: { number: 1, value: 'satisfied' },
    longest: { number: 99999, value: 'dissatisfied' },
  }),
  ratingChanged: text({
    key: 'rating.changed',
    to: ['G', 'P'],
    render: ({ number, value }: { number: number; value: RatingValue }) => [
      `已改：诉求#${number}，现在是${RATING_WORDS[value]}，原来的不算了。`,
    ],
    shortest: { number: 1, value: 'satisfied' },
    longest: { number: 99999, value: 'dissatisfied' },
  }),
  ratingNotAsked: text({
    key: 'rating.notAsked',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}由提的人和附议的人评价。`,
      '您有话要说，发「反映」加内容。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  ratingTooEarly: text({
    key: 'rating.tooEarly',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}还没有答复，等有了结果再评价。`,
      `办到哪了，发「进度 ${number}」。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  ratingUnclear: text({
    key: 'rating.unclear',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `还差评价：诉求#${number}。`,
      `回复「评价 ${number} 满意」，或「基本满意」「不满意」。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  reopened: text({
    key: 'rating.reopened',
    to: ['S'],
    render: ({ number, title, answerBy }: { number: number; title: string; answerBy: string }, cut) => [
      `诉求#${number}有人不满意，重新打开了。`,
      `${cut(title, 10, 26)}`,
      `${answerBy}前再答复，发「答复 ${number}」加内容。`,
    ],
    shortest: { number: 1, title: '路灯', answerBy: '1月5日（周二）' },
    longest: { number: 99999, title: LONG_TEXT, answerBy: '12月15日（周二）' },
  }),
  escalated: text({
    key: 'rating.escalated',
    to: ['S'],
    render: (
      { number, title, to, answerBy }: { number: number; title: string; to: Staff; answerBy: string },
      cut,
    ) => [
      `诉求#${number}重办后还有人不满意，转${cut(staffWords(to), 5, 9)}。`,
      `${cut(title, 10, 26)}`,
      `${answerBy}前答复。`,
    ],
    shortest: { number: 1, title: '路灯', to: { unit: '街道', name: '陈芳' }, answerBy: '1月5日（周二）' },
    longest: {
      number: 9999,
      title: LONG_TEXT,
      to: { unit: '幸福里街道党工委', name: '欧阳陈芳' },
      answerBy: '2027年12月15日（周二）',
    },
  }),
} as const;

const ENDING_WORDS = {
  done: '办好了',
  partly: '能办',
  refused: '这次办不了',
  redirected: '归别处管',
} as const;

interface GroupAnswer {
  /** As they are shown in this group. */
  readonly names: readonly string[];
  readonly number: number;
  readonly ending: keyof typeof ENDING_WORDS;
  readonly text: string;
}
