import type { Actor } from '#core/command';
import type { AnswerKind, ConcernAnswer } from '#core/concern';
import { definedFields } from '#core/decision';
import { UserError } from '#core/errors';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { normalizeCommandText } from '#language/normalize';
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
const DONE_WITHIN =
  /(?:已经?|都|刚|今天|昨天|上午|下午).{0,12}(?:好|完|了|过)|(?:修|换|装|清|通|补|弄|处理|解决)(?:好|完|掉|干净)?了|办好|解决了/u;
const MARK = /^[\s:：,，。.;；、]+/u;

/**
 * Reads 办好了：…, 办一部分：… 原因 …, 办不了 原因 … 可以 …. Undefined when the words do not say which of the three it is: the
 * secretary is asked, for "done" must never be said of what is not.
 */
export function readAnswer(original: string): GivenAnswer | undefined {
  const words = original.trim();
  const plain = normalizeCommandText(words);
  const { main, reason, instead } = partsOf(words);
  const extra = definedFields({ reason, instead });
  if (REFUSED.test(plain))
    return {
      kind: 'refused',
      text: '',
      ...definedFields({ reason: reason ?? after(main, REFUSED), instead }),
    };
  if (PARTLY.test(plain)) return { kind: 'partly', text: after(main, PARTLY) ?? '', ...extra };
  if (DONE.test(plain))
    return { kind: 'done', text: after(main, /^(?:已经)?(?:办好|办完|办结)了?/u) ?? main, ...extra };
  return DONE_WITHIN.test(plain) ? { kind: 'done', text: words } : undefined;
}

/** What stands before 原因, behind it, and behind 可以 or 建议. */
function partsOf(words: string): { main: string; reason?: string; instead?: string } {
  const [beforeInstead = '', instead] = words.split(
    /[,，。;；\s]+(?:可以这样|可以改|可以|建议)[:：,，\s]*/u,
    2,
  );
  const [main = '', reason] = beforeInstead.split(/[,，。;；\s]*(?:原因是?|因为)[:：,，\s]*/u, 2);
  return {
    main: main.replace(/[,，。;；\s]+$/u, ''),
    ...definedFields({ reason: given(reason), instead: given(instead) }),
  };
}

function given(part: string | undefined): string | undefined {
  const words = part?.replace(/[,，。;；\s]+$/u, '');
  return words === '' ? undefined : words;
}

function after(words: string, head: RegExp): string | undefined {
  const rest = words.replace(head, '').replace(/^了/u, '').replace(MARK, '');
  return rest === '' ? undefined : rest;
}
