import { fixedText, text } from './catalogue.ts';
import {
  PREVIEW_IS_WHOLE,
  PREVIEW_LONGEST,
  PREVIEW_SHORTEST,
  previewLines,
  type Preview,
} from './preview.ts';

const LONG_MOMENT = '2027年12月22日（周三）19:00';
const LONG_TITLE = '电梯装在哪一边、钱由谁来出、以后谁来管理维护这三件事一起商量';
const LONG_ROOM = '幸福里社区党群服务中心二楼东侧大会议室（2号楼1层旁边）';

interface Called {
  readonly number: number;
  readonly title: string;
  readonly starts: string;
  readonly room: string;
  readonly invited: string;
}

interface Rsvp {
  readonly number: number;
  readonly starts: string;
  readonly room: string;
}

const CALLED_SHORTEST: Called = {
  number: 1,
  title: '电梯',
  starts: '1月2日（周二）9:00',
  room: '社区',
  invited: '居民',
};
const CALLED_LONGEST: Called = {
  number: 99999,
  title: LONG_TITLE,
  starts: LONG_MOMENT,
  room: LONG_ROOM,
  invited: '3号楼居民代表、物业、设计单位、街道城管办、区住建局、电梯公司',
};

export const meetingTexts = {
  notice: text({
    key: 'meeting.notice',
    to: ['B'],
    render: (data: Called, cut) => [
      `【协商会#${data.number}】${cut(data.title, 8, 22)}`,
      `${data.starts}，${cut(data.room, 8, 14)}`,
      `请了${cut(data.invited, 8, 27)}`,
      `能来，回复「报名 ${data.number}」；来不了，「请假 ${data.number}」`,
    ],
    shortest: CALLED_SHORTEST,
    longest: CALLED_LONGEST,
  }),
  coming: text({
    key: 'meeting.rsvp',
    to: ['G', 'P'],
    render: (data: Rsvp, cut) => [
      `已报名：协商会#${data.number}，${data.starts}，${cut(data.room, 3, 12)}。`,
      `来不了，回复「请假 ${data.number}」。`,
    ],
    shortest: { number: 1, starts: '1月2日（周二）9:00', room: '社区' },
    longest: { number: 99999, starts: LONG_MOMENT, room: LONG_ROOM },
  }),
  away: text({
    key: 'meeting.rsvp.away',
    to: ['G', 'P'],
    render: ({ number, topicNumber }: { number: number; topicNumber?: number | undefined }) => [
      `已请假：协商会#${number}。`,
      topicNumber === undefined
        ? `改主意了，回复「报名 ${number}」。`
        : `有话要带到会上，发「补充 议题${topicNumber}」加内容。`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999, topicNumber: 99999 },
  }),
  /** The day before. */
  reminder: text({
    key: 'meeting.reminder',
    to: ['B'],
    render: (data: Rsvp & { coming: number }, cut) => [
      `【提醒】协商会#${data.number}：明天${data.starts}，${cut(data.room, 3, 12)}`,
      `已报名${data.coming}人。还想来，回复「报名 ${data.number}」`,
    ],
    shortest: { number: 1, starts: '1月2日（周二）9:00', room: '社区', coming: 0 },
    longest: { number: 9999, starts: '12月22日（周三）19:00', room: LONG_ROOM, coming: 9999 },
  }),
  /** The hour before. */
  reminderHour: text({
    key: 'meeting.reminder.hour',
    to: ['B'],
    render: (data: Rsvp & { coming: number }, cut) => [
      `【提醒】协商会#${data.number}今天开：${data.starts}`,
      `${cut(data.room, 8, 28)}`,
      `已报名${data.coming}人。来不了，回复「请假 ${data.number}」`,
    ],
    shortest: { number: 1, starts: '1月2日（周二）9:00', room: '社区', coming: 0 },
    longest: { number: 9999, starts: '12月22日（周三）19:00', room: LONG_ROOM, coming: 9999 },
  }),
  moved: text({
    key: 'meeting.moved',
    to: ['B'],
    render: (data: Rsvp & { title: string }, cut) => [
      `【协商会#${data.number}】改时间地点：${cut(data.title, 6, 14)}`,
      `改到${data.starts}，${cut(data.room, 5, 12)}`,
      `报过名的不用再报；来不了，回复「请假 ${data.number}」`,
    ],
    shortest: { number: 1, starts: '1月2日（周二）9:00', room: '社区', title: '电梯' },
    longest: { number: 99999, starts: LONG_MOMENT, room: LONG_ROOM, title: LONG_TITLE },
  }),
  cancelled: text({
    key: 'meeting.cancelled',
    to: ['B'],
    render: (data: { number: number; title: string; starts: string; reason: string }, cut) => [
      `【协商会#${data.number}】不开了：${cut(data.title, 6, 16)}`,
      `原定${data.starts}`,
      `原因：${cut(data.reason, 10, 26)}`,
    ],
    shortest: { number: 1, title: '电梯', starts: '1月2日（周二）9:00', reason: '停电' },
    longest: { number: 99999, title: LONG_TITLE, starts: LONG_MOMENT, reason: LONG_TITLE },
  }),
  /** RSVP to a meeting that was held. */
  past: text({
    key: 'meeting.past',
    to: ['G', 'P'],
    render: ({ number, started }: { number: number; started: string }) => [
      `协商会#${number}在${started}开过了。`,
      '商量的结果会公示在群里。',
    ],
    shortest: { number: 1, started: '1月2日（周二）9:00' },
    longest: { number: 99999, started: LONG_MOMENT },
  }),
  cancelledAlready: text({
    key: 'meeting.cancelled.already',
    to: ['G', 'P'],
    render: ({ number }: { number: number }) => [
      `协商会#${number}不开了，不用报名。`,
      '再开会，会发到群里。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  /** 报名 without a number, and no meeting ahead. */
  noneAhead: fixedText('meeting.noneAhead', ['G', 'P'], '近期没有要开的协商会。', '再开会，会发到群里。'),
  /** 报名 without a number, and several meetings ahead. */
  whichOne: text({
    key: 'meeting.whichOne',
    to: ['G', 'P'],
    render: ({
      command,
      meetings,
    }: {
      command: string;
      meetings: readonly { number: number; starts: string }[];
    }) => [
      `近期有${meetings.length}次协商会，要写上编号。`,
      ...meetings.slice(0, 3).map(({ number, starts }) => `${starts}的，回复「${command} ${number}」`),
    ],
    shortest: {
      command: '报名',
      meetings: [1, 2].map((number) => ({ number, starts: '1月2日（周二）9:00' })),
    },
    longest: {
      command: '报名',
      meetings: [1, 2, 3, 4].map((number) => ({ number: 9990 + number, starts: '12月22日（周三）19:00' })),
    },
  }),
  preview: text({
    key: 'meeting.preview',
    to: ['S'],
    whole: PREVIEW_IS_WHOLE,
    render: (data: Preview) => previewLines(data, '开会通知'),
    shortest: PREVIEW_SHORTEST,
    longest: PREVIEW_LONGEST,
  }),
  called: text({
    key: 'meeting.called',
    to: ['S'],
    render: ({ number, groups }: { number: number; groups: number }) => [
      `已发通知：协商会#${number}，发到${groups}个群。`,
      '前一天和前一小时各提醒一次。',
    ],
    shortest: { number: 1, groups: 1 },
    longest: { number: 99999, groups: 9999 },
  }),
  minutesSaved: text({
    key: 'meeting.minutes',
    to: ['S'],
    render: ({ number, topicNumber }: { number: number; topicNumber?: number | undefined }) => [
      `纪要已保存：协商会#${number}。`,
      ...(topicNumber === undefined ? [] : [`商量好的事，发「公示 ${topicNumber}」给大家看。`]),
    ],
    shortest: { number: 1 },
    longest: { number: 99999, topicNumber: 99999 },
  }),
  minutesTooEarly: text({
    key: 'meeting.minutes.tooEarly',
    to: ['S'],
    render: ({ number, starts }: { number: number; starts: string }) => [
      `协商会#${number}还没开，${starts}开始。`,
      '开过以后再写纪要。',
    ],
    shortest: { number: 1, starts: '1月2日（周二）9:00' },
    longest: { number: 99999, starts: LONG_MOMENT },
  }),
  tooSoon: text({
    key: 'meeting.tooSoon',
    to: ['S'],
    /** `earliest` is the first day that the rule allows. */
    render: ({ days, earliest }: { days: number; earliest: string }) => [
      `开会要提前${days}天通知，最早${earliest}。`,
      '改一下时间再发。',
    ],
    shortest: { days: 1, earliest: '1月2日（周二）' },
    longest: { days: 30, earliest: '2027年12月22日（周三）' },
  }),
  pastDate: text({
    key: 'meeting.pastDate',
    to: ['S'],
    render: ({ starts }: { starts: string }) => [`${starts}已经过了。`, '改成以后的时间再发。'],
    shortest: { starts: '1月2日（周二）9:00' },
    longest: { starts: LONG_MOMENT },
  }),
  /** What a meeting needs and has not got: 时间, 地点, 请谁来. */
  missing: text({
    key: 'meeting.missing',
    to: ['S'],
    render: ({ topicNumber, missing }: { topicNumber: number; missing: readonly string[] }) => [
      `还差${missing.join('、')}。例如：`,
      `「开会 ${topicNumber} 12月22日19:00 社区议事室」`,
    ],
    shortest: { topicNumber: 1, missing: ['时间'] },
    longest: { topicNumber: 99999, missing: ['时间', '地点', '商量什么', '请谁来'] },
  }),
} as const;
