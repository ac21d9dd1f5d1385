import { MINUTE_MS, type Chance } from '#core/clock';
import type { Actor } from '#core/command';
import { definedFields, type Decision } from '#core/decision';
import type { Notice, NoticeStore } from '#core/notice';
import { formatMoment } from '#language/dates';
import type { BroadcastPreview } from '#procedure/broadcast';
import { noticeTexts } from '#texts/notice-texts';
import type { NoticeDeps } from './notice-deps.ts';
import { planNotice, previewOf, type NoticeInput } from './plan-notice.ts';

const CODES_TRIED = 20;

/**
 * Keeps a notice and gives it a code; nothing goes to any group before it is confirmed with the code or in the
 * console. It expires after the place's `confirmWithinMinutes`. The summary is the preview.
 */
export function createPrepareNotice(deps: NoticeDeps) {
  return async (actor: Actor, input: NoticeInput): Promise<Decision> => {
    const plan = await planNotice(deps, actor, input);
    const { place, now } = actor;
    const minutes = place.rules.confirmWithinMinutes;
    const notice: Notice = {
      id: `notice:${actor.requestId}`,
      placeId: place.id,
      number: await actor.takeNumber('notice'),
      text: plan.text,
      groupIds: plan.groups.map((group) => group.id),
      state: 'prepared',
      confirmCode: await freeCode(deps, place.id),
      expiresAt: new Date(now.getTime() + minutes * MINUTE_MS),
      ...definedFields({ sendAt: input.sendAt }),
      urgent: input.urgent ?? false,
      createdAt: now,
      createdById: actor.person.id,
      revision: 1,
    };
    const preview = await previewOf(deps, actor, input, plan);
    return {
      writes: [
        deps.notices.insert(notice),
        deps.deadlines.set({
          id: `notice.expire:${notice.id}`,
          kind: 'notice.expire',
          placeId: place.id,
          subjectId: notice.id,
          dueAt: notice.expiresAt,
          step: 0,
        }),
      ],
      dispatches: [],
      guarded: true,
      created: { kind: 'notice', id: notice.id, number: notice.number },
      summary: previewText(actor, notice, preview),
      event: 'notice.prepared',
    };
  };
}

function previewText(actor: Actor, notice: Notice, preview: BroadcastPreview): string {
  const taps = preview.groups.filter((group) => group.note === 'needsTap').length;
  return noticeTexts.preview({
    groups: preview.groups.length,
    people: preview.people,
    body: preview.text,
    code: notice.confirmCode,
    minutes: actor.place.rules.confirmWithinMinutes,
    ...(taps > 0 && { tap: { groups: taps, by: '群主' } }),
    ...(preview.sendAt && { sendAt: formatMoment(preview.sendAt, actor.now, actor.place.timeZone) }),
  });
}

/** Four digits that no other notice of the place waits for. */
async function freeCode(
  { notices, chance }: { notices: NoticeStore; chance: Chance },
  placeId: string,
): Promise<string> {
  let code = '';
  for (let tried = 0; tried < CODES_TRIED; tried += 1) {
    code = String(1_000 + Math.floor(chance.fraction() * 9_000));
    if ((await notices.withCode(placeId, code))?.state !== 'prepared') return code;
  }
  throw new Error('no free confirmation code');
}
