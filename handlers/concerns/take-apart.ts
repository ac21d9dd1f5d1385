import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Concern, ConcernStore } from '#core/concern';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import { concernTexts } from '#texts/concern-texts';
import { queueTexts } from '#texts/queue-texts';
import { systemTexts } from '#texts/system-texts';
import { concernById, concernByNumber, type NumberedConcern } from './lookup.ts';
import { answerDueAt } from './register.ts';

export interface TakenApart extends Decision {
  readonly concern: Concern;
}

/**
 * Lets a merged concern stand on its own again: 拆开 by its author. Throws `number.unknown`, and with a reply of its
 * own when it is a neighbour's, was never merged, or was answered together with the other.
 */
export function createSplitConcern(deps: {
  concerns: ConcernStore;
}): (actor: Actor, input: { number: number }) => Promise<TakenApart> {
  return async (actor, { number }) => {
    const concern = await concernByNumber(deps.concerns, actor, number);
    if (concern.authorId !== actor.person.id && !actor.roles.includes('secretary')) {
      throw new UserError('concern.split.notYours', concernTexts.splitNotYours({ number }));
    }
    return takenApart(deps.concerns, actor, concern);
  };
}

/** The same step by a secretary in the console, who can take it back. */
export function createUnmergeConcern(deps: {
  concerns: ConcernStore;
}): (actor: Actor, input: { concernId: string }) => Promise<Decision> {
  return async (actor, { concernId }) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '拆开' }));
    const concern = await concernById(deps.concerns, actor, concernId);
    const decision = await takenApart(deps.concerns, actor, concern);
    const { state, answerDueAt: dueAt, mergedIntoId, revision, number } = concern;
    const back = { state, answerDueAt: dueAt, ...(mergedIntoId !== undefined && { mergedIntoId }) };
    return {
      ...decision,
      undo: [deps.concerns.update(concernId, back, revision + 1)],
      summary: queueTexts.unmerged({ number }),
    };
  };
}

async function takenApart(
  concerns: ConcernStore,
  actor: Actor,
  concern: NumberedConcern,
): Promise<TakenApart> {
  const { id, number, mergedIntoId, placeId, revision } = concern;
  if (concern.state !== 'merged' || mergedIntoId === undefined) {
    throw new UserError('concern.split.notMerged', concernTexts.splitNotMerged({ number }));
  }
  const target = await concerns.byId(mergedIntoId);
  if (target?.state === 'answered') {
    throw new UserError('concern.split.answered', concernTexts.splitTooLate({ number }));
  }
  const fields = { state: 'open', answerDueAt: answerDueAt(actor.place, actor.now) } as const;
  return {
    writes: [concerns.update(id, fields, revision, ['mergedIntoId'])],
    dispatches: [],
    guarded: true,
    recountConcernIds: [id, mergedIntoId],
    audit: [
      {
        placeId,
        action: 'concern.unmerged',
        actorId: actor.person.id,
        subjectId: id,
        at: actor.now,
        facts: { number },
      },
    ],
    concern: { ...concern, ...fields },
  };
}
