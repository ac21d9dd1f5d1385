import type { LeaseKind } from '#core/leases';
import type { ScheduleKind } from '#core/schedule';

/** What a process does, in words. */
export const WORK_WORDS = {
  inbox: '收消息',
  outbox: '发消息',
  schedule: '到点办事',
} as const satisfies Record<LeaseKind, string>;

/** Recurring jobs, in words. */
export const SCHEDULE_WORDS = {
  'digest.morning': '早上的【今天】',
  'check.hourly': '每小时对数',
} as const satisfies Record<ScheduleKind, string>;

interface FindingWords {
  /** What is so, with the number in front: 3条消息…. */
  readonly what: string;
  /** What to do. */
  readonly cure: string;
}

/** By the finding's code; the number stands in front of `what`. */
export const FINDING_WORDS = {
  'inbox.late': { what: '条消息超过1分钟没处理', cure: '消息都在，没有丢。请运维看程序是不是在运行' },
  'inbox.dead': { what: '条消息试了多次没处理成', cure: '请运维看日志里的原因' },
  'outbox.late': { what: '条消息该发没发，超过15分钟', cure: '看这个登录是不是在线' },
  'outbox.senderResting': { what: '条消息等着，这个登录在歇', cure: '微信要它慢一点，到时自动接着发' },
  'outbox.held': {
    what: '条消息不确定发出没有',
    cure: '在上面「没送到」里看：到了点「不用发了」，没到点「重发」',
  },
  'outbox.dead': { what: '条消息没送到', cure: '在上面「没送到」里看原因，改好再点「重发」' },
  'deadlines.late': { what: '件到点的事没办', cure: '请运维看程序是不是在运行' },
  'schedules.late': { what: '件定时的事在等', cure: '过几分钟还在，请运维看日志' },
  'figures.differ': {
    what: '处数字对不上',
    cure: '程序没有自己改。请运维按名称查：左边是存着的，右边是重新数的',
  },
  'leases.free': { what: '份活没人做', cure: '请运维再开一个程序，或看程序是不是停了' },
} as const satisfies Record<string, FindingWords>;
