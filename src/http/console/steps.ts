import { Router, type Request } from 'express';

import type { Actor } from '#core/command';
import type { RequestAnswer, RequestCommits } from '#core/commit';
import type { Decision } from '#core/decision';
import { ConflictError } from '#core/errors';
import { takeNumberForRequest, type NumberStore } from '#core/numbers';

import {
  previewSchemas,
  stepEnvelope,
  stepSchemas,
  undoSchema,
  type PreviewAnswerOf,
  type PreviewInput,
  type PreviewName,
  type StepAnswer,
  type StepInput,
  type StepName,
} from '../contract.ts';
import { HttpProblem, notFound, parseInput } from '../problems.ts';
import type { Viewer } from './viewer.ts';

/** A use case for each step; `src/app.ts` fills the table, so that a step without one does not compile. */
export type StepTable = {
  readonly [Name in StepName]: (actor: Actor, input: StepInput<Name>) => Promise<Decision>;
};

export type PreviewTable = {
  readonly [Name in PreviewName]: (actor: Actor, input: PreviewInput<Name>) => Promise<PreviewAnswerOf<Name>>;
};

export interface StepDeps {
  readonly steps: StepTable;
  readonly previews: PreviewTable;
  readonly commits: RequestCommits;
  readonly numbers: NumberStore;
  readonly now: () => Date;
  readonly viewer: (request: Request) => Promise<Viewer>;
  /** After a commit: the outbox has something to do. */
  readonly nudge: () => void;
}

/** Somebody else changed the same thing meanwhile: decided anew this often before the person is told. */
const MOST_RACES = 3;

/** Steps change something, previews show what a step would send, undo takes a step back. */
export function stepRoutes(deps: StepDeps): Router {
  const router = Router();

  router.post('/steps/:name', async (request, response) => {
    const viewer = await deps.viewer(request);
    const { requestId, input } = parseInput(stepEnvelope, request.body);
    const name = knownName(stepSchemas, request.params.name);
    const parsed = parseInput(stepSchemas[name], input);
    const decide = deps.steps[name] as (actor: Actor, input: unknown) => Promise<Decision>;
    const answer = await takeStep(deps, viewer, requestId, (actor) => decide(actor, parsed));
    deps.nudge();
    response.json(stepAnswer(answer));
  });

  router.post('/previews/:name', async (request, response) => {
    const viewer = await deps.viewer(request);
    const name = knownName(previewSchemas, request.params.name);
    const parsed = parseInput(previewSchemas[name], request.body);
    const preview = deps.previews[name] as (actor: Actor, input: unknown) => Promise<object>;
    response.json(await preview(actorOf(deps, viewer, 'preview'), parsed));
  });

  router.post('/undo', async (request, response) => {
    const viewer = await deps.viewer(request);
    const { requestId } = parseInput(undoSchema, request.body);
    const outcome = await deps.commits.undo(scopedId(viewer, requestId), viewer.person.id, deps.now());
    if (outcome !== 'undone') throw undoProblem(outcome);
    response.json({ summary: '已撤销' });
  });
  return router;
}

async function takeStep(
  deps: StepDeps,
  viewer: Viewer,
  requestId: string,
  decide: (actor: Actor) => Promise<Decision>,
): Promise<RequestAnswer> {
  const id = scopedId(viewer, requestId);
  const known = await deps.commits.answerOf(id, viewer.person.id);
  if (known) return known;
  for (let race = 0; ; race += 1) {
    try {
      const actor = actorOf(deps, viewer, id);
      const decision = await decide(actor);
      const request = { requestId: id, personId: viewer.person.id, placeId: viewer.place.id, at: actor.now };
      return await deps.commits.commit(decision, request);
    } catch (error) {
      if (!(error instanceof ConflictError) || race >= MOST_RACES) throw error;
    }
  }
}

/** A request id belongs to the person who sent it: nobody can take another's. */
function scopedId(viewer: Viewer, requestId: string): string {
  return `${viewer.person.id}|${requestId}`;
}

function actorOf(deps: Pick<StepDeps, 'numbers' | 'now'>, viewer: Viewer, requestId: string): Actor {
  const { person, place, roles } = viewer;
  return {
    person,
    place,
    roles,
    now: deps.now(),
    requestId,
    takeNumber: takeNumberForRequest(deps.numbers, place.id, requestId),
  };
}

function stepAnswer({ summary, created, undoUntil }: RequestAnswer): StepAnswer {
  return {
    summary: summary ?? '已保存',
    ...(created && { created }),
    ...(undoUntil && { undoUntil: undoUntil.toISOString() }),
  };
}

function knownName<Table extends object>(table: Table, name: string): keyof Table & string {
  if (!Object.hasOwn(table, name)) throw notFound();
  return name as keyof Table & string;
}

function undoProblem(outcome: 'tooLate' | 'unknown' | 'changed'): HttpProblem {
  const messages = {
    tooLate: '过了10秒，撤不回了。',
    unknown: '没有找到要撤销的这一步。',
    changed: '别人已经改过，撤不回了，看一下最新内容。',
  };
  return new HttpProblem(409, { code: `undo.${outcome}`, message: messages[outcome] });
}
