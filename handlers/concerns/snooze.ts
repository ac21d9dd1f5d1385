import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { type BulkDecision, type BulkRow, type Concern, type ConcernStore, UNANSWERED } from '#core/concern';
import type { Write } from '#core/decision';
import { UserError } from '#core/errors';
import { formatMoment } from '#language/dates';
import { concernStepTexts, type RowProblem } from '#texts/concern-step-texts';
import { systemTexts } from '#texts/system-texts';

export interface SnoozeConcerns {
  readonly concernIds: readonly string[];
  readonly until: Date;
}

/** Takes concerns out of the queue until a moment; the promise to their authors stays. One result for each. */
export function createSnoozeConcerns(deps: {
  concerns: ConcernStore;
}): (actor: Actor, input: SnoozeConcerns) => Promise<BulkDecision> {
  return async (actor, { concernIds, until }) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '稍后' }));
    if (until <= actor.now) throw new UserError('concern.snooze.past', concernStepTexts.snoozeHow());
    const found = new Map((await deps.concerns.byIds(concernIds)).map((concern) => [concern.id, concern]));
    const steps = [...new Set(concernIds)].map((id) =>
      snoozeOne(deps.concerns, actor, id, found.get(id), until),
    );
    const numbers = steps.flatMap(({ number }) => (number === undefined ? [] : [number]));
    const when = formatMoment(until, actor.now, actor.place.timeZone);
    return {
      writes: steps.flatMap(({ write }) => (write ? [write] : [])),
      undo: steps.flatMap(({ back }) => (back ? [back] : [])),
      dispatches: [],
      guarded: true,
      rows: steps.map(({ row }) => row),
      ...(numbers.length > 0 && { summary: concernStepTexts.snoozedMany({ numbers, until: when }) }),
    };
  };
}

function problemOf({ state }: Concern): RowProblem {
  return state === 'inTopic' || state === 'merged' ? state : 'answered';
}

interface Step {
  readonly row: BulkRow;
  readonly write?: Write;
  readonly back?: Write;
  readonly number?: number;
}

function snoozeOne(
  concerns: ConcernStore,
  actor: Actor,
  concernId: string,
  concern: Concern | undefined,
  until: Date,
): Step {
  if (concern?.number === undefined || concern.placeId !== actor.place.id) {
    return { row: { concernId, ok: false, problem: concernStepTexts.rowProblem({ problem: 'unknown' }) } };
  }
  if (!UNANSWERED.includes(concern.state)) {
    return {
      row: {
        concernId,
        ok: false,
        problem: concernStepTexts.rowProblem({ number: concern.number, problem: problemOf(concern) }),
      },
    };
  }
  const { id, revision, snoozedUntil, number } = concern;
  const back =
    snoozedUntil === undefined
      ? concerns.update(id, {}, revision + 1, ['snoozedUntil'])
      : concerns.update(id, { snoozedUntil }, revision + 1);
  return {
    row: { concernId, ok: true },
    write: concerns.update(id, { snoozedUntil: until }, revision),
    back,
    number,
  };
}
