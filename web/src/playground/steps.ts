import { dateAfter } from './moments.ts';
import { numbersIn, offeredWords } from './numbers.ts';
import type { Message, PhoneKind, StepName } from './types.ts';

/** Words for one phone. */
export interface Line {
  readonly phone: PhoneKind;
  readonly words: string;
}

export interface GuideStep {
  readonly name: StepName;
  readonly title: string;
  readonly how: string;
  /** What to say now; absent where the clock or somebody else has to come first. */
  readonly line?: (secretaries: readonly Message[], nowMs: number) => Line;
}

/** What the bot has just offered to confirm, or else these words. */
function confirmOr(secretaries: readonly Message[], what: RegExp, words: string): Line {
  const offered = offeredWords(secretaries).find((offer) => what.test(offer));
  return { phone: 'secretaries', words: offered ?? words };
}

const topicIn = (messages: readonly Message[]) => numbersIn(messages).topic ?? 1;

/** The main job in nine steps, all of them by words; the console does the same by buttons. */
export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    name: 'concern',
    title: '反映一件事',
    how: '居民群里说出来，助手登记编号',
    line: () => ({ phone: 'residents', words: '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清' }),
  },
  {
    name: 'topic',
    title: '立成议题',
    how: '工作群里发「立题」，或在工作台点',
    line: (messages) => ({
      phone: 'secretaries',
      words: `立题 ${numbersIn(messages).concern ?? 1} 3号楼路灯怎么修`,
    }),
  },
  {
    name: 'poll',
    title: '发起表决',
    how: '先看预览，再发「确认表决」',
    line: (messages, nowMs) =>
      confirmOr(
        messages,
        /^确认 ?表决/u,
        `表决 ${topicIn(messages)} 至${dateAfter(nowMs, 3)}18:00 满3户 选项：换新灯、修旧灯`,
      ),
  },
  {
    name: 'result',
    title: '投票，到点出结果',
    how: '换几位居民投，再点「到下一个期限」',
    line: () => ({ phone: 'residents', words: '投 1' }),
  },
  {
    name: 'meeting',
    title: '开协商会',
    how: '先看预览，再发「确认开会」',
    line: (messages, nowMs) =>
      confirmOr(
        messages,
        /^确认 ?开会/u,
        `开会 ${topicIn(messages)} ${dateAfter(nowMs, 7)}19:00 社区议事室 请：居民代表、物业 议程：灯装在哪`,
      ),
  },
  {
    name: 'publicity',
    title: '公示商量好的事',
    how: '一行一件事，再发「确认公示」',
    line: (messages, nowMs) =>
      confirmOr(
        messages,
        /^确认 ?公示/u,
        `公示 ${topicIn(messages)}\n一、装两盏新灯，物业 刘建国，${dateAfter(nowMs, 20)}前`,
      ),
  },
  { name: 'assignment', title: '交办', how: '公示期里没人异议，期满自动交办：点「到下一个期限」' },
  {
    name: 'answer',
    title: '办结，答复每个人',
    how: '物业办结，工作群核实后答复；提的人打分',
    line: (messages) => {
      const { concern, assignment } = numbersIn(messages);
      const isReported = messages.some((message) => message.from.bot && /办结/u.test(message.text));
      if (isReported) return { phone: 'secretaries', words: `答复 ${concern ?? 1} 办好了：装了两盏新灯` };
      return { phone: 'department', words: `办结 T${assignment ?? 1} 两盏灯装好了，晚上试过` };
    },
  },
  {
    name: 'notice',
    title: '发通知',
    how: '先看预览，再发「确认」，看每个群送到没有',
    line: (messages, nowMs) =>
      confirmOr(messages, /^确认 ?\d/u, `通知 ${dateAfter(nowMs, 1)}8点到12点停水，请提前存水`),
  },
];
