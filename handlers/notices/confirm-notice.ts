import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { joinDecisions, NOTHING, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Notice } from '#core/notice';
import { formatMoment } from '#language/dates';
import { isQuiet } from '#procedure/quiet-hours';
import { followUpTexts } from '#texts/follow-up-texts';
import { noticeTexts } from '#texts/notice-texts';
import { systemTexts } from '#texts/system-texts';
import { NOTICE_STATE_WORDS } from '#texts/words';
import type { NoticeDeps } from './notice-deps.ts';
import { sendingTime } from './plan-notice.ts';
import { broadcast, cancelExpiry, schedule, sendId } from './send-notice.ts';

/** A notice as a secretary names it: by its code or number in chat, by id in the console. */
export type NoticeName =
  { readonly code: string } | { readonly number: number } | { readonly noticeId: string };

async function findNotice(deps: NoticeDeps, actor: Actor, name: NoticeName): Promise<Notice> {
  const placeId = actor.place.id;
  if ('code' in name)
    return requirePlace(
      actor,
      await deps.notices.withCode(placeId, name.code),
      noticeTexts.codeUnknown({ code: name.code }),
    );
  if ('noticeId' in name) {
    return requirePlace(actor, await deps.notices.byId(name.noticeId), followUpTexts.noticeUnknown());
  }
  const { number } = name;
  return requirePlace(
    actor,
    await deps.notices.byNumber(placeId, number),
    systemTexts.numberUnknownStaff({ kind: 'notice', number }),
  );
}

/** 确认: sends a prepared notice now, at its time, or in the morning when it is night. A code works once. */
export function createConfirmNotice(deps: NoticeDeps) {
  return async (actor: Actor, name: NoticeName): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '通知' }));
    const notice = await findNotice(deps, actor, name);
    const { number, groupIds } = notice;
    refuseUnprepared(notice, actor);
    const zone = actor.place.timeZone;
    const sendAt = sendingTime(notice, actor.now, zone);
    const when = formatMoment(sendAt, actor.now, zone);
    const audit = [auditOf(actor, notice, 'notice.confirmed')];
    const confirmed = { ...NOTHING, writes: [cancelExpiry(deps.deadlines, notice.id)], audit };
    if (sendAt <= actor.now) {
      const summary = noticeTexts.sending({ number, groups: groupIds.length });
      return joinDecisions(
        confirmed,
        await broadcast(deps, notice, { now: actor.now, urgent: notice.urgent, zone }),
        {
          ...NOTHING,
          summary,
          event: 'notice.sent',
        },
      );
    }
    const wasNight = isQuiet(notice.sendAt ?? actor.now, zone) && !notice.urgent;
    const summary = wasNight
      ? noticeTexts.quiet({ number, sendAt: when })
      : noticeTexts.scheduled({ number, sendAt: when, groups: groupIds.length });
    return joinDecisions(confirmed, schedule(deps, notice, sendAt), {
      ...NOTHING,
      summary,
      event: 'notice.scheduled',
    });
  };
}

function refuseUnprepared(notice: Notice, { now, place }: Actor): void {
  const { number, state } = notice;
  if (state === 'expired' || (state === 'prepared' && now >= notice.expiresAt)) {
    const minutes = place.rules.confirmWithinMinutes;
    throw new UserError('notice.expired', noticeTexts.expired({ number, minutes }));
  }
  if (state !== 'prepared') throw new UserError(`notice.${state}`, notNow(notice, '确认', { now, place }));
}

/** Why a step on this notice is not possible: it is out already, or in another state. */
function notNow(notice: Notice, command: string, { now, place }: Pick<Actor, 'now' | 'place'>): string {
  const { number, state, sentAt } = notice;
  if (state === 'sent' && sentAt) {
    return noticeTexts.sentAlready({ number, sent: formatMoment(sentAt, now, place.timeZone) });
  }
  return systemTexts.notNow({ kind: 'notice', number, state: NOTICE_STATE_WORDS[state], command });
}

/** 急发: sends at once what was confirmed and waits, in the night too. */
export function createSendUrgently(deps: NoticeDeps) {
  return async (actor: Actor, name: NoticeName): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '通知' }));
    const notice = await findNotice(deps, actor, name);
    const { number, groupIds } = notice;
    if (notice.state !== 'scheduled')
      throw new UserError(`notice.${notice.state}`, notNow(notice, '急发', actor));
    const summary = noticeTexts.sending({ number, groups: groupIds.length });
    return joinDecisions(
      {
        ...NOTHING,
        writes: [deps.deadlines.cancel(sendId(notice.id))],
        audit: [auditOf(actor, notice, 'notice.sentUrgently')],
      },
      await broadcast(deps, notice, { now: actor.now, urgent: true, zone: actor.place.timeZone }),
      { ...NOTHING, summary, event: 'notice.sent' },
    );
  };
}

/** Takes back a notice that has not gone out. */
export function createCancelNotice(deps: NoticeDeps) {
  return async (actor: Actor, name: NoticeName): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '通知' }));
    const notice = await findNotice(deps, actor, name);
    const { id, number, state } = notice;
    if (state !== 'prepared' && state !== 'scheduled') {
      throw new UserError(`notice.${state}`, notNow(notice, '取消', actor));
    }
    return {
      writes: [
        deps.notices.update(id, { state: 'cancelled' }, notice.revision),
        cancelExpiry(deps.deadlines, id),
        deps.deadlines.cancel(sendId(id)),
      ],
      dispatches: [],
      audit: [auditOf(actor, notice, 'notice.cancelled')],
      guarded: true,
      summary: noticeTexts.cancelled({ number }),
      event: 'notice.cancelled',
    };
  };
}

function auditOf(actor: Actor, notice: Notice, action: string) {
  const facts = { number: notice.number, groups: notice.groupIds.length };
  return {
    placeId: notice.placeId,
    action,
    actorId: actor.person.id,
    subjectId: notice.id,
    at: actor.now,
    facts,
  };
}
