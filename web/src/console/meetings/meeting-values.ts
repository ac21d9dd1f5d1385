import type { StepInput } from '../../../../src/http/contract.ts';
import type { Errors } from '../data/use-form.ts';
import { instantOf } from '../data/wall-time.ts';

export interface MeetingValues {
  readonly title: string;
  readonly agenda: string;
  /** Wall time in the place's zone. */
  readonly startsAt: string;
  readonly room: string;
  readonly invited: string;
  readonly groupIds: readonly string[];
}

/** What is missing, in the order of the page. */
export function checkMeeting(values: MeetingValues, now: Date): Errors {
  const { title, room, invited, agenda, groupIds, startsAt } = values;
  return {
    ...(title.trim() === '' && { title: '还没写商量什么' }),
    ...startProblem(startsAt, now),
    ...(room.trim() === '' && { room: '还没写地点' }),
    ...(invited.trim() === '' && { invited: '还没写请谁来' }),
    ...(agenda.trim() === '' && { agenda: '还没写议程，一行也可以' }),
    ...(groupIds.length === 0 && { groupIds: '还没选群' }),
  };
}

/** A meeting lies ahead. */
export function startProblem(startsAt: string, now: Date): Errors {
  const at = instantOf(startsAt);
  if (at === undefined) return { startsAt: '还没定时间' };
  return Date.parse(at) <= now.getTime() ? { startsAt: '这个时间已经过了，选晚一点' } : {};
}

export function meetingInput(
  values: MeetingValues,
  topicId: string | undefined,
): StepInput<'meeting.call'> | undefined {
  const startsAt = instantOf(values.startsAt);
  if (startsAt === undefined) return undefined;
  return {
    title: values.title.trim(),
    agenda: values.agenda.trim(),
    room: values.room.trim(),
    invited: values.invited.trim(),
    groupIds: [...values.groupIds],
    startsAt,
    ...(topicId !== undefined && { topicId }),
  };
}
