import { MINUTE_MS } from '#core/clock';
import type { DeadlineWrites } from '#core/deadline';
import { definedFields, NOTHING, type Decision } from '#core/decision';
import type { Notice } from '#core/notice';
import type { Group } from '#core/people';
import { toGroups } from '#procedure/broadcast';
import { noticeTexts } from '#texts/notice-texts';
import type { NoticeDeps } from './notice-deps.ts';

/** Until the proof of the groups is worth reading. */
export const SUMMARY_AFTER_MS = 5 * MINUTE_MS;

type SendDeps = Pick<NoticeDeps, 'notices' | 'groups' | 'deadlines'>;

/** When and how urgently a notice goes out; unless it is urgent it keeps the quiet hours of the place. */
export interface Sending {
  readonly now: Date;
  readonly urgent: boolean;
  readonly zone: string | undefined;
}

/** The broadcast itself: one message a group under its own key, so that no group ever gets it twice. */
export async function broadcast(deps: SendDeps, notice: Notice, sending: Sending): Promise<Decision> {
  const { now, urgent } = sending;
  const groups = await deps.groups.byIds(notice.groupIds);
  return {
    writes: [
      deps.notices.update(notice.id, { state: 'sent', sentAt: now, urgent }, notice.revision),
      deps.deadlines.set({
        id: `notice.summary:${notice.id}`,
        kind: 'notice.summary',
        placeId: notice.placeId,
        subjectId: notice.id,
        dueAt: new Date(now.getTime() + SUMMARY_AFTER_MS),
        step: 0,
      }),
    ],
    dispatches: noticeDispatches(notice, groups, sending),
    guarded: true,
  };
}

function noticeDispatches(notice: Notice, groups: readonly Group[], { urgent, zone }: Sending) {
  const body = { text: noticeTexts.broadcast({ text: notice.text }) };
  const when = urgent ? { urgent } : definedFields({ quietZone: zone });
  return toGroups(groups, `notice:${notice.id}`, body, { subjectId: notice.id, ...when });
}

/** Keeps a confirmed notice until its time. */
export function schedule(deps: SendDeps, notice: Notice, sendAt: Date): Decision {
  return {
    ...NOTHING,
    writes: [
      deps.notices.update(notice.id, { state: 'scheduled', sendAt }, notice.revision),
      deps.deadlines.set({
        id: sendId(notice.id),
        kind: 'notice.send',
        placeId: notice.placeId,
        subjectId: notice.id,
        dueAt: sendAt,
        step: 0,
      }),
    ],
    guarded: true,
  };
}

export function sendId(noticeId: string): string {
  return `notice.send:${noticeId}`;
}

export function cancelExpiry(deadlines: DeadlineWrites, noticeId: string) {
  return deadlines.cancel(`notice.expire:${noticeId}`);
}
