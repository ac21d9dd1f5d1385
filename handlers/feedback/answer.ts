import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import {
  type BulkDecision,
  type BulkRow,
  type Concern,
  type ConcernAnswer,
  type ConcernStore,
  UNANSWERED,
} from '#core/concern';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import type { PeopleStore } from '#core/people';
import { concernStepTexts } from '#texts/concern-step-texts';
import { systemTexts } from '#texts/system-texts';
import { checkedAnswer, type GivenAnswer } from './given-answer.ts';
import { familyOf, personalAnswers } from './personal-answers.ts';

export interface AnswerConcerns extends GivenAnswer {
  readonly concernIds: readonly string[];
}

export interface RedirectConcerns {
  readonly concernIds: readonly string[];
  /** Who is in charge: 街道城管办. */
  readonly to: string;
  /** How to reach them. */
  readonly how: string;
}

interface AnswerDeps {
  readonly concerns: ConcernStore;
  readonly people: PeopleStore;
}

/**
 * Answers concerns: everybody who raised or endorsed them gets the answer and is asked to rate it. A merged one is
 * answered with what it is merged into. One result for each. Throws when a refusal gives no reason.
 */
export function createAnswerConcerns(
  deps: AnswerDeps,
): (actor: Actor, input: AnswerConcerns) => Promise<BulkDecision> {
  return async (actor, { concernIds, ...given }) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '答复' }));
    return answerEach(deps, actor, concernIds, checkedAnswer(given, actor));
  };
}

/** Tells everybody concerned who is in charge and how to reach them: an honest ending, too. */
export function createRedirectConcerns(
  deps: AnswerDeps,
): (actor: Actor, input: RedirectConcerns) => Promise<BulkDecision> {
  return async (actor, { concernIds, to, how }) => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '转办' }));
    const given = { kind: 'redirected', text: to, instead: how } as const;
    return answerEach(deps, actor, concernIds, checkedAnswer(given, actor));
  };
}

function summaryOf(
  done: { numbers: readonly number[]; kind: ConcernAnswer['kind']; people: number },
  unreachable: readonly string[],
): string {
  const line = concernStepTexts.answeredMany(done);
  return unreachable.length === 0 ? line : `${line}\n${concernStepTexts.callThem({ names: unreachable })}`;
}

interface Step {
  readonly decision: Decision;
  readonly row: BulkRow;
  readonly number?: number;
  readonly told?: number;
  readonly unreachable?: readonly string[];
}

async function answerEach(
  deps: AnswerDeps,
  actor: Actor,
  concernIds: readonly string[],
  answer: ConcernAnswer,
): Promise<BulkDecision> {
  const named = new Map((await deps.concerns.byIds(concernIds)).map((concern) => [concern.id, concern]));
  const targetIds = [...named.values()].flatMap(({ mergedIntoId }) => mergedIntoId ?? []);
  const targets = new Map((await deps.concerns.byIds(targetIds)).map((concern) => [concern.id, concern]));
  const seen = new Set<string>();
  const steps: Step[] = [];
  for (const id of new Set(concernIds)) {
    const concern = named.get(id);
    const root = concern?.mergedIntoId === undefined ? concern : targets.get(concern.mergedIntoId);
    if (root && seen.has(root.id)) steps.push({ decision: NOTHING, row: { concernId: id, ok: true } });
    else steps.push(await answerOne(deps, actor, id, root, answer));
    if (root) seen.add(root.id);
  }
  const numbers = steps.flatMap(({ number }) => number ?? []);
  const told = steps.reduce((sum, step) => sum + (step.told ?? 0), 0);
  const unreachable = steps.flatMap((step) => step.unreachable ?? []);
  return {
    ...joinDecisions(...steps.map(({ decision }) => decision)),
    guarded: true,
    rows: steps.map(({ row }) => row),
    ...(numbers.length > 0 && {
      summary: summaryOf({ numbers, kind: answer.kind, people: told }, unreachable),
    }),
  };
}

async function answerOne(
  deps: AnswerDeps,
  actor: Actor,
  concernId: string,
  root: Concern | undefined,
  answer: ConcernAnswer,
): Promise<Step> {
  const problem = problemOf(actor, root);
  if (problem || root?.number === undefined) {
    const words = concernStepTexts.rowProblem({ number: root?.number, problem: problem ?? 'unknown' });
    return { decision: NOTHING, row: { concernId, ok: false, problem: words } };
  }
  const { id, number, placeId } = root;
  const answers = await personalAnswers(deps, actor.place, [await familyOf(deps.concerns, root)], answer);
  const facts = { number, kind: answer.kind, told: answers.told, unreachable: answers.unreachable.length };
  return {
    decision: {
      ...answerWrites(deps.concerns, root, answer, answers),
      dispatches: answers.dispatches,
      audit: [
        {
          placeId,
          action: 'concern.answered',
          actorId: actor.person.id,
          subjectId: id,
          at: actor.now,
          facts,
        },
      ],
    },
    row: { concernId, ok: true },
    number,
    told: answers.told,
    unreachable: answers.unreachable,
  };
}

function problemOf(actor: Actor, root: Concern | undefined) {
  if (root?.number === undefined || root.placeId !== actor.place.id) return 'unknown' as const;
  if (root.state === 'inTopic') return 'inTopic' as const;
  return UNANSWERED.includes(root.state) ? undefined : ('answered' as const);
}

/** The concern becomes answered, and back when the step is undone. */
export function answerWrites(
  concerns: ConcernStore,
  root: Concern,
  answer: ConcernAnswer,
  answers: Pick<Decision, 'writes' | 'undo'>,
): Pick<Decision, 'writes' | 'undo'> {
  const { id, revision, state } = root;
  const back = root.answer
    ? concerns.update(id, { state, answer: root.answer }, revision + 1)
    : concerns.update(id, { state }, revision + 1, ['answer']);
  return {
    writes: [
      concerns.update(id, { state: 'answered', answer }, revision, ['snoozedUntil']),
      ...answers.writes,
    ],
    undo: [back, ...(answers.undo ?? [])],
  };
}
