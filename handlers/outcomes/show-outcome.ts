import type { Deadline } from '#core/deadline';
import type { Dispatch } from '#core/decision';
import type { Outcome } from '#core/outcome';
import type { Group } from '#core/people';
import { toGroups } from '#procedure/broadcast';

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

/** What begins a period for the groups: at once, for a secretary has seen it and pressed the button. */
export function publicMessage(outcome: Outcome, groups: readonly Group[], text: string): Dispatch[] {
  return toGroups(
    groups,
    `outcome-public:${outcome.id}:${outcome.round}`,
    { text },
    { subjectId: outcome.id },
  );
}
