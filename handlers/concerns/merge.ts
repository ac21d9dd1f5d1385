import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { type BulkDecision, type BulkRow, type Concern, type ConcernStore, UNANSWERED } from '#core/concern';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import { UserError } from '#core/errors';
import type { PeopleStore } from '#core/people';
import { concernTexts } from '#texts/concern-texts';
import { concernStepTexts, type RowProblem } from '#texts/concern-step-texts';
import { queueTexts } from '#texts/queue-texts';
import { systemTexts } from '#texts/system-texts';
import { concernById, type NumberedConcern, targetOf } from './lookup.ts';

export interface MergeConcerns {
  readonly concernIds: readonly string[];
  readonly intoId: string;
}

/**
 * Lets concerns be handled together with another one. Every author keeps their number and is told; what was merged
 * into them before goes along. One result for each; throws only when the target itself cannot take any.
 */
export function createMergeConcerns(deps: {
  concerns: ConcernStore;
  people: PeopleStore;
}): (actor: Actor, input: MergeConcerns) => Promise<BulkDecision> {
  return async (actor, input) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '合并' }));
    const target = await targetOf(deps.concerns, await concernById(deps.concerns, actor, input.intoId));
    if (![...UNANSWERED, 'inTopic'].includes(target.state)) {
      throw new UserError(
        'concern.merge.target',
        concernStepTexts.mergeTargetClosed({ number: target.number }),
      );
    }
    const found = new Map(
      (await deps.concerns.byIds(input.concernIds)).map((concern) => [concern.id, concern]),
    );
    const steps = await Promise.all(
      [...new Set(input.concernIds)].map((id) => mergeOne(deps, actor, found.get(id), id, target)),
    );
    const done = steps.flatMap(({ row, number }) => (row.ok && number !== undefined ? [number] : []));
    const last = { recountConcernIds: [target.id, ...input.concernIds], guarded: true };
    return {
      ...joinDecisions(...steps.map(({ decision }) => decision)),
      ...(done.length > 0 && last),
      rows: steps.map(({ row }) => row),
      ...(done.length > 0 && { summary: queueTexts.merged({ numbers: done, into: target.number }) }),
    };
  };
}

interface Step {
  readonly decision: Decision;
  readonly row: BulkRow;
  readonly number?: number;
}

function problemOf(actor: Actor, concern: Concern | undefined, target: Concern): RowProblem | undefined {
  if (concern?.number === undefined || concern.placeId !== actor.place.id) return 'unknown';
  if (concern.id === target.id) return 'itself';
  if (concern.state === 'merged') return 'merged';
  if (concern.state === 'inTopic') return 'inTopic';
  return UNANSWERED.includes(concern.state) ? undefined : 'answered';
}

async function mergeOne(
  deps: { concerns: ConcernStore; people: PeopleStore },
  actor: Actor,
  concern: Concern | undefined,
  concernId: string,
  target: NumberedConcern,
): Promise<Step> {
  const problem = problemOf(actor, concern, target);
  if (problem || concern?.number === undefined) {
    const words = concernStepTexts.rowProblem({ number: concern?.number, problem: problem ?? 'unknown' });
    return { decision: NOTHING, row: { concernId, ok: false, problem: words } };
  }
  const { number } = concern;
  const followers = await deps.concerns.mergedInto(concern.id);
  const moved = [{ ...concern, number }, ...followers].map((one) => moveTo(deps.concerns, one, target));
  return {
    decision: {
      writes: moved.map(({ write }) => write),
      undo: moved.map(({ back }) => back),
      dispatches: await tellAuthor(deps.people, { ...concern, number }, target),
      audit: [
        {
          placeId: concern.placeId,
          action: 'concern.merged',
          actorId: actor.person.id,
          subjectId: concern.id,
          at: actor.now,
          facts: { number, into: target.number },
        },
      ],
    },
    row: { concernId, ok: true },
    number,
  };
}

function moveTo(concerns: ConcernStore, concern: Concern, target: Concern) {
  const { id, revision, state, mergedIntoId } = concern;
  const write = concerns.update(id, { state: 'merged', mergedIntoId: target.id }, revision);
  const back =
    mergedIntoId === undefined
      ? concerns.update(id, { state }, revision + 1, ['mergedIntoId'])
      : concerns.update(id, { state, mergedIntoId }, revision + 1);
  return { write, back };
}

/** One-to-one where that is possible, else where it was raised: the text holds no name and no complaint. */
async function tellAuthor(people: PeopleStore, concern: NumberedConcern, target: NumberedConcern) {
  if (concern.enteredById !== undefined) return [];
  const direct = (await people.directOf([concern.authorId])).get(concern.authorId);
  return [
    {
      key: `concern-merged:${concern.id}:${concern.revision}`,
      to: direct ?? concern.raisedIn,
      body: { text: concernTexts.merged({ number: concern.number, into: target.number }) },
    },
  ];
}
