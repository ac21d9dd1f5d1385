import type { DeadlineKind } from '#core/deadline';
import type { AnswerKind, ConcernState, RatingValue } from '#core/concern';
import type { NoticeState } from '#core/notice';
import type { DeliveryWord } from '#core/outbox';
import type { MeetingState } from '#core/meeting';
import type { AssignmentState, Light, OutcomeState } from '#core/outcome';
import type { GroupKind, Place, Role } from '#core/people';
import type { PollState } from '#core/poll';
import type { Stage, TopicSource } from '#core/topic';

export const STAGE_WORDS = {
  collect: '征题',
  settle: '定题',
  consult: '协商',
  outcome: '成果',
  assign: '交办',
  supervise: '督办',
  feedback: '反馈',
  evaluate: '评议',
  closed: '结束',
} as const satisfies Record<Stage, string>;

export const SOURCE_WORDS = {
  residents: '群众出题',
  members: '委员荐题',
  council: '政协选题',
  party: '党委点题',
  government: '政府交题',
} as const satisfies Record<TopicSource, string>;

export const CONCERN_STATE_WORDS = {
  waiting: '等提的人回话',
  unsure: '等提的人确认',
  endorsedInstead: '算作附议',
  open: '社区在看',
  merged: '并到别的诉求',
  inTopic: '已列入议题',
  answered: '已答复',
  reopened: '重新在办',
} as const satisfies Record<ConcernState, string>;

export const ANSWER_WORDS = {
  done: '办好了',
  partly: '能办一部分',
  refused: '这次办不了',
  redirected: '转给负责的单位',
} as const satisfies Record<AnswerKind, string>;

export const RATING_WORDS = {
  satisfied: '满意',
  basically: '基本满意',
  dissatisfied: '不满意',
} as const satisfies Record<RatingValue, string>;

export const POLL_STATE_WORDS = {
  open: '进行中',
  closed: '已截止',
  annulled: '已作废',
} as const satisfies Record<PollState, string>;

export const MEETING_STATE_WORDS = {
  called: '已通知',
  held: '开过了',
  cancelled: '已取消',
} as const satisfies Record<MeetingState, string>;

export const OUTCOME_STATE_WORDS = {
  publicity: '公示中',
  stopped: '有异议，先停下',
  assigned: '已交办',
  withdrawn: '已撤回',
} as const satisfies Record<OutcomeState, string>;

export const ASSIGNMENT_STATE_WORDS = {
  open: '在办',
  claimed: '等核实',
  done: '已办结',
  returned: '被退回',
} as const satisfies Record<AssignmentState, string>;

export const NOTICE_STATE_WORDS = {
  prepared: '等确认',
  scheduled: '到时自动发',
  sent: '已发出',
  expired: '已作废',
  cancelled: '已取消',
} as const satisfies Record<NoticeState, string>;

/** Shape and word carry the meaning, colour only repeats it. */
export const LIGHT_WORDS = {
  green: { shape: '●', word: '正常' },
  yellow: { shape: '▲', word: '临期' },
  red: { shape: '■', word: '逾期' },
} as const satisfies Record<Light, { shape: string; word: string }>;

/** Was overdue and has caught up. */
export const WAS_RED_WORDS = { shape: '□', word: '曾逾期' } as const;

export const ROLE_WORDS = {
  resident: '居民',
  department: '承办单位',
  liaison: '联络组',
  secretary: '社区工作人员',
  admin: '管理员',
} as const satisfies Record<Role, string>;

export const GROUP_KIND_WORDS = {
  residents: '居民群',
  secretaries: '工作群',
  liaison: '联络组群',
  department: '承办单位群',
} as const satisfies Record<GroupKind, string>;

/** How a message to a group stands, in the only words there are. `tapper` is who must release it on a phone. */
export function deliveryWord(word: DeliveryWord, tapper = '群主'): string {
  const words: Record<DeliveryWord, string> = {
    waiting: '等待发送',
    handedOver: '已交给微信',
    delivered: '已送达',
    needsTap: `等${tapper}点发`,
    uncertain: '不确定（要重发吗）',
    failed: '没送到',
  };
  return words[word];
}

/** Why a message did not arrive, and what helps. */
export interface CauseAndCure {
  readonly cause: string;
  readonly cure: string;
}

/** By the reason that a channel's outcome carries. */
export const DELIVERY_CAUSES = {
  removed: { cause: '助手已不在群里', cure: '重新拉进群' },
  quota: { cause: '今天已发过1条', cure: '明天7:00自动发' },
  offline: { cause: '助手没有登录', cure: '在「群」里扫码登录' },
  tooLong: { cause: '内容太长', cure: '改短再发' },
  refused: { cause: '微信没有收', cure: '看内容里有没有不让发的词，改了再发' },
  tap: { cause: '要群主在手机上点一下才发出', cure: '提醒群主点发' },
  expired: { cause: '过了时候还没发出', cure: '要发就重新发一次' },
  tries: { cause: '试了多次没有发出', cure: '在「群」里发一条测试消息' },
} as const satisfies Record<string, CauseAndCure>;

const OTHER_CAUSE: CauseAndCure = { cause: '原因不明', cure: '在「群」里发一条测试消息' };

/** The cause and cure for a reason; an unknown reason gets one that says so. */
export function deliveryCause(reason: string | undefined): CauseAndCure {
  const causes: Readonly<Record<string, CauseAndCure>> = DELIVERY_CAUSES;
  return (reason !== undefined && Object.hasOwn(causes, reason) && causes[reason]) || OTHER_CAUSE;
}

/** Somebody in charge, with the unit they work for. */
export interface Staff {
  readonly unit: string;
  readonly name: string;
}

export type Contact = Place['dutyContact'];

/** 物业 王强 */
export function staffWords(staff: Staff): string {
  return staff.unit === '' ? staff.name : `${staff.unit} ${staff.name}`;
}

/** 社区 刘敏，0576-8888 1234 */
export function contactWords(contact: Contact): string {
  return contact.phone === '' ? staffWords(contact) : `${staffWords(contact)}，${contact.phone}`;
}

/** A contact for a narrow line: unit and name may be cut, the telephone number never. */
export function shortContact(
  contact: Contact,
  cut: (text: string, least: number, most: number) => string,
): Contact {
  return { ...contact, unit: cut(contact.unit, 2, 6), name: cut(contact.name, 3, 5) };
}

/** What decides polls: nobody reads 75.0% where three quarters were missed by a hair. */
const BOUNDS = [
  [1, 2],
  [2, 3],
  [3, 4],
  [1, 1],
] as const;

/**
 * 81.7%, one decimal; 0% of nothing. Rounded, but never over a half, two thirds, three quarters or all: 74.96% is 74.9%,
 * and the least bit more than a half 50.1%.
 */
export function percentWords(part: number, whole: number): string {
  if (whole === 0) return '0%';
  let tenths = Math.round((part * 1_000) / whole);
  for (const [numerator, denominator] of BOUNDS) {
    const isBelow = part * denominator < whole * numerator;
    if (isBelow && tenths * denominator >= 1_000 * numerator) tenths -= 1;
  }
  if (part * 2 > whole && tenths === 500) tenths = 501;
  return `${(tenths / 10).toFixed(1)}%`;
}

const LIST_NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** 一、 二、 … for lists that nobody shall answer with a digit; from the eleventh on a dot. */
export function listMark(index: number): string {
  const numeral = LIST_NUMERALS[index];
  return numeral === undefined ? '·' : `${numeral}、`;
}

/** What happens by itself at a deadline, for whoever waits for it. */
export function deadlineWords(kind: DeadlineKind): string {
  const words: Record<DeadlineKind, string> = {
    'concern.similarWait': '像一件事的诉求单独登记',
    'poll.gather': '报一次投票进度',
    'poll.remind': '提醒投票',
    'poll.close': '表决截止',
    'meeting.remindDay': '前一天提醒开会',
    'meeting.remindHour': '会前一小时提醒',
    'publicity.end': '公示期满',
    'assignment.check': '看交办的期限',
    'notice.send': '定时发通知',
    'notice.expire': '没确认的通知作废',
    'notice.summary': '报通知送到没有',
  };
  return words[kind];
}
