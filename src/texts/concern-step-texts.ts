import type { AnswerKind, Concern } from '#core/concern';
import type { Topic } from '#core/topic';
import { fixedText, text } from './catalogue.ts';
import { NUMBER_WORDS } from './system-texts.ts';
import { ANSWER_WORDS, CONCERN_STATE_WORDS, STAGE_WORDS } from './words.ts';

const MANY = Array.from({ length: 50 }, (_, index) => 99_900 + index);

function numbersInBrief(numbers: readonly number[]): string {
  const named = numbers.slice(0, numbers.length > 4 ? 2 : 4).map((number) => `#${number}`);
  return `${named.join('、')}${numbers.length > 4 ? `等${numbers.length}件` : ''}`;
}

/** Why a step leaves one concern out. */
export type RowProblem = 'unknown' | 'itself' | 'merged' | 'answered' | 'inTopic';

const PROBLEM_WORDS: Readonly<Record<RowProblem, string>> = {
  unknown: '没有找到',
  itself: '不能并到它自己',
  merged: '已经并到别的诉求',
  answered: '已经答复过了',
  inTopic: '在议题里办，跟议题一起答复',
};

/** How far a concern is, in a few words; `into` is the number of what it is merged into. */
export function concernStatus(
  target: Pick<Concern, 'state' | 'answer'>,
  { into, topic }: { into?: number | undefined; topic?: Pick<Topic, 'number' | 'stage'> | undefined } = {},
): string {
  const { state, answer } = target;
  if (state === 'answered' && answer) return `${ANSWER_WORDS[answer.kind]}，${brief(answer)}`;
  if (state === 'inTopic' && topic) return `已列入议题#${topic.number}，在${STAGE_WORDS[topic.stage]}`;
  return into === undefined ? CONCERN_STATE_WORDS[state] : `和#${into}一起办`;
}

function brief({ kind, text: words, reason }: NonNullable<Concern['answer']>): string {
  return kind === 'refused' ? (reason ?? words) : words;
}

/** 诉求#12 */
export function concernName(number: number): string {
  return `${NUMBER_WORDS.concern}${number}`;
}

/** 12月4日（周五）前答复，附议7 */
export function queueStanding({
  isLate,
  due,
  endorsements,
}: {
  isLate: boolean;
  due: string;
  endorsements: number;
}): string {
  const promise = isLate ? '已过期' : `${due.replace(/（.*$/u, '')}前`;
  return endorsements === 0 ? promise : `${promise}，附议${endorsements}`;
}

/** 照片2张, 说明1段、照片2张 */
export function addedWords({
  hasWords,
  photos,
  files,
}: {
  hasWords: boolean;
  photos: number;
  files: number;
}): string {
  const parts = [hasWords && '说明1段', photos > 0 && `照片${photos}张`, files > 0 && `文件${files}份`];
  return parts.filter((part) => part !== false).join('、');
}

/** 换新灯：12月3日换好；清理楼道 */
export function itemsDoneWords(items: readonly { action: string; report?: string | undefined }[]): string {
  return items
    .map(({ action, report }) => (report === undefined || report === '' ? action : `${action}：${report}`))
    .join('；');
}

/** What secretaries read when they work through the concerns, beside `queueTexts`. */
export const concernStepTexts = {
  answeredMany: text({
    key: 'concern.answeredMany',
    to: ['S'],
    render: ({ numbers, kind, people }: { numbers: readonly number[]; kind: AnswerKind; people: number }) => [
      `已答复 ${numbersInBrief(numbers)}（${ANSWER_WORDS[kind]}），告诉${people}人`,
    ],
    shortest: { numbers: [1], kind: 'done', people: 1 },
    longest: { numbers: MANY, kind: 'redirected', people: 99_999 },
  }),
  /** Told to call whom no message reaches. */
  callThem: text({
    key: 'concern.callThem',
    to: ['S'],
    render: ({ names }: { names: readonly string[] }, cut) => [
      `有${names.length}人发不到，要打电话或上门：`,
      `${names
        .slice(0, 3)
        .map((name) => cut(name, 3, 6))
        .join('、')}${names.length > 3 ? '等' : ''}`,
    ],
    shortest: { names: ['李'] },
    longest: { names: Array.from({ length: 30 }, () => '幸福里三号楼热心肠的张桂兰') },
  }),
  snoozedMany: text({
    key: 'concern.snoozedMany',
    to: ['S'],
    render: ({ numbers, until }: { numbers: readonly number[]; until: string }) => [
      `${numbersInBrief(numbers)}先放一放，${until}再提醒`,
    ],
    shortest: { numbers: [1], until: '1月2日（周一）' },
    longest: { numbers: MANY, until: '12月30日（周四）8:00' },
  }),
  rowProblem: text({
    key: 'concern.rowProblem',
    to: ['S'],
    render: ({ number, problem }: { number?: number | undefined; problem: RowProblem }) => [
      `${number === undefined ? '有一件' : `#${number}`}${PROBLEM_WORDS[problem]}`,
    ],
    shortest: { problem: 'unknown' },
    longest: { number: 99_999, problem: 'inTopic' },
  }),
  mergeTargetClosed: text({
    key: 'concern.mergeTargetClosed',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}已经答复过了，不能再并进去。`,
      '并到还在办的一件。',
    ],
    shortest: { number: 1 },
    longest: { number: 99_999 },
  }),
  /** The words do not say which of the three endings it is. */
  answerHow: text({
    key: 'concern.answerHow',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      '还差结果：办好了、办一部分、办不了，是哪一种。',
      `「答复 ${number} 办好了：换了新灯」`,
      `「答复 ${number} 办一部分：先加1盏 原因：没钱」`,
      `「答复 ${number} 办不了 原因：会挡消防通道」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99_999 },
  }),
  answerIncomplete: text({
    key: 'concern.answerIncomplete',
    to: ['S'],
    render: ({ kind }: { kind: AnswerKind }) => [
      {
        done: '还差一句：办了什么。',
        partly: '还差一句：办了什么，没办的是什么原因。',
        refused: '还差原因：为什么办不了。',
        redirected: '还差一句：归谁管，怎么找。',
      }[kind],
      '写上再发一次。',
    ],
    shortest: { kind: 'done' },
    longest: { kind: 'partly' },
  }),
  mergeHow: fixedText('concern.mergeHow', ['S'], '还差并哪几件、并到哪一件。', '例如：「合并 15、16 到 9」'),
  snoozeHow: fixedText(
    'concern.snoozeHow',
    ['S'],
    '还差哪一件、放到哪一天。',
    '例如：「缓办 12 到 12月5日」',
  ),
  redirectHow: fixedText(
    'concern.redirectHow',
    ['S'],
    '还差转给谁、怎么找。',
    '例如：「转办 12 给 街道城管办 电话88881234」',
  ),
  enterForHow: fixedText(
    'concern.enterForHow',
    ['S'],
    '还差谁说的、什么事。',
    '例如：「代录 王大爷：3号楼1单元漏水」',
  ),
  groupNotFound: fixedText(
    'concern.groupNotFound',
    ['S'],
    '没有找到这个群。',
    '在后台「群」里看已连上的群。',
  ),
  addedToTopic: text({
    key: 'concern.addedToTopic',
    to: ['G', 'P'],
    render: ({ number, what }: { number: number; what: string }, cut) => [
      `已补充到议题#${number}：${cut(what, 8, 12)}。`,
      '开会时会说到。',
    ],
    shortest: { number: 1, what: '说明1段' },
    longest: { number: 99_999, what: '说明1段、照片99张、文件99份' },
  }),
} as const;
