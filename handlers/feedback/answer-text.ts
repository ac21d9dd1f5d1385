import type { ConcernAnswer } from '#core/concern';
import type { Place } from '#core/people';
import { feedbackTexts } from '#texts/feedback-texts';

export interface Answered {
  readonly number: number;
  readonly role: 'author' | 'endorser';
}

/** The answer as one person reads it, one-to-one. */
export function answerText(answer: ConcernAnswer, reader: Answered, contact: Place['dutyContact']): string {
  const { kind, text, reason = '', instead } = answer;
  switch (kind) {
    case 'done':
      return feedbackTexts.done.private({ ...reader, text });
    case 'partly':
      return feedbackTexts.partly.private({ ...reader, text, reason });
    case 'refused':
      return feedbackTexts.refused.private({ ...reader, reason, instead, contact });
    case 'redirected':
      return feedbackTexts.redirected.private({ ...reader, inCharge: text, text: instead });
  }
}

/** The answer in one clause, for a group. */
export function answerInBrief({ kind, text, reason, instead }: ConcernAnswer): string {
  switch (kind) {
    case 'done':
    case 'partly':
      return text;
    case 'refused':
      return reason ?? text;
    case 'redirected':
      return instead === undefined ? text : `${text}，${instead}`;
  }
}
