import type { StepInput } from '../../../../src/http/contract.ts';
import type { Errors } from '../data/use-form.ts';
import { instantOf } from '../data/wall-time.ts';

export interface NoticeValues {
  readonly text: string;
  readonly groupIds: readonly string[];
  readonly when: 'now' | 'later';
  /** Wall time in the place's zone; counts only for `later`. */
  readonly sendAt: string;
  readonly urgent: boolean;
}

export function checkNotice({ text, groupIds, when, sendAt }: NoticeValues, now: Date): Errors {
  const isPast = !(Date.parse(instantOf(sendAt) ?? '') > now.getTime());
  return {
    ...(text.trim() === '' && { text: '还没写内容' }),
    ...(text.includes('__') && { text: '模板里还有空格（__）没填' }),
    ...(groupIds.length === 0 && { groupIds: '还没选群' }),
    ...(when === 'later' && isPast && { sendAt: '选一个还没到的时间' }),
  };
}

export function noticeInput({
  text,
  groupIds,
  when,
  sendAt,
  urgent,
}: NoticeValues): StepInput<'notice.prepare'> {
  const at = when === 'later' ? instantOf(sendAt) : undefined;
  return {
    text: text.trim(),
    groupIds: [...groupIds],
    ...(urgent && { urgent }),
    ...(at !== undefined && { sendAt: at }),
  };
}
