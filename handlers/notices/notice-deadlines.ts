import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import { NOTHING } from '#core/decision';
import type { Notice } from '#core/notice';
import type { DeliveryWord } from '#core/outbox';
import type { Group } from '#core/people';
import { toGroups } from '#procedure/broadcast';
import { noticeTexts } from '#texts/notice-texts';
import { deliveryCause } from '#texts/words';
import type { NoticeDeps } from './notice-deps.ts';
import { sendingTime } from './plan-notice.ts';
import { broadcast, SUMMARY_AFTER_MS } from './send-notice.ts';

/** Who releases a message on a phone, where no name is known. */
const TAPPER = '群主';
/** How often the summary waits for rows that are still on their way. */
const SUMMARY_WAITS = 3;

/** What happens to notices by itself. */
export function createNoticeDeadlines(deps: NoticeDeps): Partial<Record<DeadlineKind, DeadlineHandler>> {
  return {
    'notice.send': createSendScheduled(deps),
    'notice.expire': createExpireNotice(deps),
    'notice.summary': createSummariseNotice(deps),
  };
}

/** Sends a scheduled notice; a program that stood still until the night waits for the morning. */
function createSendScheduled(deps: NoticeDeps): DeadlineHandler {
  return async (deadline, now) => {
    const notice = await deps.notices.byId(deadline.subjectId);
    if (notice?.state !== 'scheduled') return { ...NOTHING, event: 'notice.over' };
    const place = await deps.places.byId(notice.placeId);
    const sendAt = place ? sendingTime(notice, now, place.timeZone) : now;
    if (sendAt > now) {
      const again = deps.deadlines.again({ ...deadline, dueAt: sendAt });
      return { writes: [again], dispatches: [], guarded: true, event: 'notice.waits' };
    }
    const sending = { now, urgent: notice.urgent, zone: place?.timeZone };
    return { ...(await broadcast(deps, notice, sending)), event: 'notice.sent' };
  };
}

function createExpireNotice(deps: NoticeDeps): DeadlineHandler {
  return async (deadline) => {
    const notice = await deps.notices.byId(deadline.subjectId);
    if (notice?.state !== 'prepared') return { ...NOTHING, event: 'notice.over' };
    const writes = [deps.notices.update(notice.id, { state: 'expired' }, notice.revision)];
    return { writes, dispatches: [], guarded: true, event: 'notice.expired' };
  };
}

/** Tells the secretaries how the notice arrived, group by group; waits a little for what is still on its way. */
function createSummariseNotice(deps: NoticeDeps): DeadlineHandler {
  return async (deadline, now) => {
    const notice = await deps.notices.byId(deadline.subjectId);
    if (notice?.state !== 'sent') return { ...NOTHING, event: 'notice.over' };
    const rows = await deps.proof.bySubject(notice.id);
    const isUnderway = rows.some((row) => row.word === 'waiting') || rows.length < notice.groupIds.length;
    if (isUnderway && deadline.step < SUMMARY_WAITS) {
      const dueAt = new Date(now.getTime() + SUMMARY_AFTER_MS);
      const again = deps.deadlines.again({ ...deadline, dueAt, step: deadline.step + 1 });
      return { writes: [again], dispatches: [], guarded: true, event: 'notice.summaryWaits' };
    }
    const [groups, secretaries] = await Promise.all([
      deps.groups.byIds(notice.groupIds),
      deps.groups.inPlace(notice.placeId, 'secretaries'),
    ]);
    const text = summaryText(deps, notice, groups, rows);
    const dispatches = toGroups(
      secretaries,
      `notice-summary:${notice.id}`,
      { text },
      { subjectId: `summary:${notice.id}` },
    );
    return { writes: [], dispatches, guarded: true, event: 'notice.summarised' };
  };
}

type ProofRow = Awaited<ReturnType<NoticeDeps['proof']['bySubject']>>[number];

function summaryText(
  deps: NoticeDeps,
  notice: Notice,
  groups: readonly Group[],
  rows: readonly ProofRow[],
): string {
  const count = (...words: DeliveryWord[]) => rows.filter((row) => words.includes(row.word)).length;
  const nameOf = (id: string | undefined) => groups.find((group) => group.id === id)?.name ?? '';
  const failed = rows.filter((row) => row.word === 'failed');
  if (count('delivered') === notice.groupIds.length) {
    return noticeTexts.summaryFine({ number: notice.number, groups: notice.groupIds.length });
  }
  return noticeTexts.summary({
    number: notice.number,
    groups: notice.groupIds.length,
    delivered: count('delivered'),
    handedOver: count('handedOver'),
    needsTap: count('needsTap'),
    tapBy: TAPPER,
    uncertain: count('uncertain'),
    failed: failed.map((row) => ({ group: nameOf(row.groupId), cause: deliveryCause(row.reason).cause })),
    link: deps.consoleUrl(`/notices/${encodeURIComponent(notice.id)}`),
  });
}
