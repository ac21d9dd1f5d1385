import { requireRole } from '#core/authorise';
import { DAY_MS } from '#core/clock';
import type { Actor } from '#core/command';
import { definedFields } from '#core/decision';
import { UserError } from '#core/errors';
import type { Group } from '#core/people';
import { cleanUserText } from '#language/clean-text';
import { formatMoment } from '#language/dates';
import { isBlankOrEmoji } from '#language/message-frame';
import { reachNote, type BroadcastPreview } from '#procedure/broadcast';
import { afterQuietHours } from '#procedure/quiet-hours';
import { followUpTexts } from '#texts/follow-up-texts';
import { noticeTexts } from '#texts/notice-texts';
import { systemTexts } from '#texts/system-texts';
import type { NoticeDeps } from './notice-deps.ts';

/** Longer ones no resident reads to the end; a channel's own limit is higher. */
export const MAX_NOTICE_CHARS = 500;
const MAX_AHEAD_DAYS = 90;

export interface NoticeInput {
  readonly text: string;
  readonly groupIds: readonly string[];
  readonly sendAt?: Date;
  /** In quiet hours (22:00–7:00) too. */
  readonly urgent?: boolean;
}

export interface NoticePlan {
  /** What each group reads, byte for byte. */
  readonly body: string;
  /** What was written, cleaned. */
  readonly text: string;
  readonly groups: readonly Group[];
}

type PlanDeps = Pick<NoticeDeps, 'groups' | 'places'>;

/** Checks a notice; throws UserError for an empty or too long text, unknown groups or an impossible time. */
export async function planNotice(deps: PlanDeps, actor: Actor, input: NoticeInput): Promise<NoticePlan> {
  requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '通知' }));
  if (isBlankOrEmoji(input.text)) throw new UserError('notice.empty', noticeTexts.empty());
  const { text, cut, original } = cleanUserText(input.text, { maxChars: MAX_NOTICE_CHARS });
  if (cut) {
    throw new UserError(
      'notice.long',
      followUpTexts.noticeTooLong({ most: MAX_NOTICE_CHARS, length: [...original].length }),
    );
  }
  checkTime(actor, input.sendAt);
  return {
    text,
    body: noticeTexts.broadcast({ text }),
    groups: await groupsWithin(deps, actor, input.groupIds),
  };
}

function checkTime({ now, place }: Actor, sendAt: Date | undefined): void {
  if (!sendAt) return;
  if (sendAt <= now)
    throw new UserError(
      'notice.past',
      noticeTexts.pastDate({ at: formatMoment(sendAt, now, place.timeZone) }),
    );
  if (sendAt.getTime() - now.getTime() > MAX_AHEAD_DAYS * DAY_MS) {
    throw new UserError('notice.far', followUpTexts.noticeTooFar({ days: MAX_AHEAD_DAYS }));
  }
}

async function groupsWithin(deps: PlanDeps, actor: Actor, ids: readonly string[]): Promise<readonly Group[]> {
  const wanted = [...new Set(ids)];
  const within = new Set([actor.place.id, ...(await deps.places.subtreeIds(actor.place.id))]);
  const found = (await deps.groups.byIds(wanted)).filter((group) => within.has(group.placeId));
  if (wanted.length === 0 || found.length < wanted.length) {
    throw new UserError('notice.groups', noticeTexts.noGroups());
  }
  return found;
}

/** When a notice goes out that is confirmed at `now`: not at night, unless it is urgent. */
export function sendingTime(
  { sendAt, urgent }: { readonly sendAt?: Date | undefined; readonly urgent: boolean },
  now: Date,
  zone: string,
): Date {
  const wanted = sendAt !== undefined && sendAt > now ? sendAt : now;
  return urgent ? wanted : afterQuietHours(wanted, zone);
}

/** What the groups would read, who is in them, and when; nothing is written. */
export function createPreviewNotice(deps: NoticeDeps) {
  return async (actor: Actor, input: NoticeInput): Promise<BroadcastPreview> =>
    previewOf(deps, actor, input, await planNotice(deps, actor, input));
}

export async function previewOf(
  deps: Pick<NoticeDeps, 'groups' | 'channelFacts'>,
  actor: Actor,
  input: NoticeInput,
  { body, groups }: NoticePlan,
): Promise<BroadcastPreview> {
  const members = await Promise.all(groups.map((group) => deps.groups.memberIds([group.id])));
  const sendAt = sendingTime(
    { sendAt: input.sendAt, urgent: input.urgent ?? false },
    actor.now,
    actor.place.timeZone,
  );
  return {
    text: body,
    groups: groups.map((group, index) => ({
      id: group.id,
      name: group.name,
      people: members[index]?.length ?? 0,
      ...definedFields({ note: reachNote(group, deps.channelFacts) }),
    })),
    people: new Set(members.flat()).size,
    ...(sendAt > actor.now && { sendAt }),
  };
}
