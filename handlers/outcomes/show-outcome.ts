import type { Actor } from '#core/command';
import type { Deadline } from '#core/deadline';
import type { Dispatch } from '#core/decision';
import type { Outcome } from '#core/outcome';
import type { Group } from '#core/people';
import { toGroups } from '#procedure/broadcast';
import { afterQuietHours } from '#procedure/quiet-hours';

/** The deadline of a period; each round has its own row, for a fired one is never set again. */
export function publicityEnd({ id, placeId, round, publicUntil }: Outcome): Deadline {
  return {
    id: `publicity.end:${id}:${round}`,
    kind: 'publicity.end',
    placeId,
    subjectId: id,
    dueAt: publicUntil,
    step: round,
  };
}

/** What begins a period for the groups; in the morning when it is night. */
export function publicMessage(
  actor: Actor,
  outcome: Outcome,
  groups: readonly Group[],
  text: string,
): Dispatch[] {
  return toGroups(
    groups,
    `outcome-public:${outcome.id}:${outcome.round}`,
    { text },
    {
      subjectId: outcome.id,
      notBefore: afterQuietHours(actor.now, actor.place.timeZone),
    },
  );
}
