import { dateAfter } from './moments.ts';
import { numbersIn, offeredWords, type Numbers } from './numbers.ts';
import type { Message, PhoneKind } from './types.ts';

const MOST = 7;

/** Words with the numbers of now; those whose number nobody has named yet are left out. */
type Words = (numbers: Numbers, nowMs: number) => readonly (string | undefined)[];

const withNumber = (number: number | undefined, words: (number: number) => string) =>
  number === undefined ? undefined : words(number);

const BY_KIND: Readonly<Record<PhoneKind, Words>> = {
  residents: ({ concern, poll, meeting }) => [
    withNumber(poll, () => '投 1'),
    '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清',
    withNumber(concern, (number) => `附议 ${number}`),
    withNumber(concern, (number) => `补充 ${number} 晚上8点以后全黑`),
    withNumber(meeting, (number) => `报名 ${number}`),
    withNumber(concern, (number) => `进度 ${number}`),
    '帮助',
  ],
  secretaries: ({ concern, topic, assignment }, nowMs) => [
    '待办',
    withNumber(assignment, (number) => `核实 T${number}`),
    withNumber(topic, (number) => `表决 ${number} 至${dateAfter(nowMs, 3)}18:00 满3户 选项：换新灯、修旧灯`),
    withNumber(
      topic,
      (number) => `开会 ${number} ${dateAfter(nowMs, 7)}19:00 社区议事室 请：居民代表、物业 议程：灯装在哪`,
    ),
    withNumber(concern, (number) => `立题 ${number} 3号楼路灯怎么修`),
    withNumber(concern, (number) => `答复 ${number} 办好了：换了新灯`),
    `通知 ${dateAfter(nowMs, 1)}8点到12点停水，请提前存水`,
    '帮助',
  ],
  liaison: ({ assignment }) => [
    '交办',
    withNumber(assignment, (number) => `办结 T${number} 已现场看过`),
    '帮助',
  ],
  department: ({ assignment }, nowMs) => [
    '交办',
    withNumber(assignment, (number) => `办结 T${number} 换了新灯`),
    withNumber(assignment, (number) => `延期 T${number} 至${dateAfter(nowMs, 40)} 缺配件`),
    '帮助',
  ],
  direct: ({ concern, topic }) => [
    '进度',
    withNumber(topic, (number) => `回执 ${number}`),
    '反映 3号楼楼道灯不亮',
    withNumber(concern, (number) => `评价 ${number} 满意`),
    withNumber(topic, (number) => `异议 ${number} 分摊不合理`),
    '帮助',
  ],
};

/** Words to try in this chat: they are pasted, never sent. What the bot has just offered comes first. */
export function suggestionsFor(
  kind: PhoneKind,
  messages: readonly Message[],
  nowMs: number,
): readonly string[] {
  const fitting = BY_KIND[kind](numbersIn(messages), nowMs).filter((words) => words !== undefined);
  return [...new Set([...offeredWords(messages), ...fitting])].slice(0, MOST);
}
