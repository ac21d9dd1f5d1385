import type { Actor } from '#core/command';
import type { AnswerKind, ConcernAnswer } from '#core/concern';
import { definedFields } from '#core/decision';
import { UserError } from '#core/errors';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { toSimplified } from '#language/normalize';
import { concernStepTexts } from '#texts/concern-step-texts';

/** An answer as a secretary gives it. */
export interface GivenAnswer {
  readonly kind: AnswerKind;
  readonly text: string;
  readonly reason?: string;
  readonly instead?: string;
}

const MAX_ANSWER_CHARS = 500;
const MAX_REASON_CHARS = 300;

/** Whose answer it is. */
export type Answerer = Pick<Actor, 'now'> & { readonly person: Pick<Actor['person'], 'id'> };

/**
 * Cleans an answer. Throws when it is empty, when a refusal or half an answer gives no reason, and when a hand-over
 * does not say how to reach who is in charge: three honest endings, never a brush-off.
 */
export function checkedAnswer(given: GivenAnswer, { now, person }: Answerer): ConcernAnswer {
  const text = cleaned(given.text, MAX_ANSWER_CHARS);
  const reason = cleaned(given.reason, MAX_REASON_CHARS);
  const instead = cleaned(given.instead, MAX_REASON_CHARS);
  const hasReason = reason !== undefined || given.kind === 'done' || given.kind === 'redirected';
  const isReachable = instead !== undefined || given.kind !== 'redirected';
  if ((text === undefined && given.kind !== 'refused') || !hasReason || !isReachable) {
    throw new UserError('answer.incomplete', concernStepTexts.answerIncomplete({ kind: given.kind }));
  }
  return {
    kind: given.kind,
    text: text ?? '',
    ...definedFields({ reason, instead }),
    answeredAt: now,
    answeredById: person.id,
  };
}

function cleaned(text: string | undefined, maxChars: number): string | undefined {
  if (text === undefined || isBlankOrEmoji(text)) return undefined;
  return cleanUserText(text, { maxChars }).text;
}

const REFUSED =
  /^(?:这次|暂时|现在|目前|确实|实在)?(?:办不了|不能办|做不了|办不到|无法办|没法办|不予|不好办)/u;
const PARTLY = /^(?:部分|一部分|办(?:了)?一部分|能办一部分|先办一部分|部分办)/u;
const DONE =
  /^(?:已经|已|都|全|刚)?(?:办好|办完|办结|解决|修好|完成|处理好|弄好|搞定|换好|装好|清理?好|好了)/u;
const DONE_HEAD = /^(?:已经)?(?:办好|办完|办结)了?/u;
const DONE_WITHIN =
  /(?:已经?|都|刚|今天|昨天|上午|下午).{0,12}(?:好|完|了|过)|(?:修|换|装|清|通|补|弄|处理|解决)(?:好|完|掉|干净)?了/u;
/** Not yet, or not at all: 还没换好, 明天修好了再说. */
const NOT_DONE = /不|没|未|明天|后天|下周|下个?月|准备|打算|计划|正在|等/u;
const REASON = /[,，。;；\s]*(?:原因是?|因为)[:：,，\s]*/u;
const INSTEAD = /[,，。;；\s]+(?:可以这样|可以改|可以|建议)[:：,，\s]*/u;

/**
 * Reads 办好了：…, 办一部分：… 原因 …, 办不了 原因 … 可以 …. Undefined when the words do not say which of the three it is: the
 * secretary is asked, for "done" must never be said of what is not.
 */
export function readAnswer(original: string): GivenAnswer | undefined {
  const simplified = toSimplified(original.trim());
  // Matched in simplified characters and cut out of what was written, where both are as long.
  const words = simplified.length === original.trim().length ? original.trim() : simplified;
  const { main, reason, instead } = partsOf(words, simplified);
  const extra = definedFields({ reason, instead });
  if (REFUSED.test(simplified)) {
    const why = reason ?? restOf(main, simplified, REFUSED);
    return { kind: 'refused', text: '', ...definedFields({ reason: why, instead }) };
  }
  if (PARTLY.test(simplified))
    return { kind: 'partly', text: restOf(main, simplified, PARTLY) ?? '', ...extra };
  if (DONE.test(simplified)) return { kind: 'done', text: restOf(words, simplified, DONE_HEAD) ?? words };
  const isDone = DONE_WITHIN.test(simplified) && !NOT_DONE.test(simplified);
  return isDone ? { kind: 'done', text: words } : undefined;
}

/** What stands before 原因, behind it, and behind 可以 or 建议. */
function partsOf(words: string, simplified: string): { main: string; reason?: string; instead?: string } {
  const instead = INSTEAD.exec(simplified);
  const reason = REASON.exec(simplified.slice(0, instead?.index));
  const insteadAt = instead?.index ?? words.length;
  const reasonAt = reason?.index ?? insteadAt;
  return {
    main: trimmed(words.slice(0, reasonAt)),
    ...definedFields({
      reason: reason ? trimmed(words.slice(reasonAt + reason[0].length, insteadAt)) || undefined : undefined,
      instead: instead ? trimmed(words.slice(insteadAt + instead[0].length)) || undefined : undefined,
    }),
  };
}

function trimmed(part: string): string {
  return part.replace(/^[\s:：,，。.;；、]+|[\s,，。;；]+$/gu, '');
}

/** What follows the head, which is matched in simplified characters; undefined when nothing does. */
function restOf(words: string, simplified: string, head: RegExp): string | undefined {
  const length = head.exec(simplified)?.[0].length ?? 0;
  const rest = trimmed(words.slice(length).replace(/^了/u, ''));
  return rest === '' ? undefined : rest;
}
