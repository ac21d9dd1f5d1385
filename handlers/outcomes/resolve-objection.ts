import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { joinDecisions, NOTHING, type Decision, type Dispatch } from '#core/decision';
import { UserError } from '#core/errors';
import type { Objection, Outcome } from '#core/outcome';
import { cleanUserText } from '#language/clean-text';
import { formatMoment } from '#language/dates';
import { toGroups } from '#procedure/broadcast';
import { atHour } from '#procedure/local-time';
import { movedTo } from '#procedure/stages';
import { followUpTexts } from '#texts/follow-up-texts';
import { outcomeTexts } from '#texts/outcome-texts';
import { systemTexts } from '#texts/system-texts';
import { OUTCOME_STATE_WORDS } from '#texts/words';
import type { OutcomeDeps } from './outcome-deps.ts';
import { PUBLICITY_END_HOUR } from './plan-outcome.ts';
import { publicityEnd, publicMessage } from './show-outcome.ts';

export interface ResolveObjection {
  readonly outcomeId: string;
  /** The revision the secretary saw; when it has changed since, UserError. */
  readonly revision?: number;
  readonly decision: 'continue' | 'withdraw';
  /** What everyone who objected is told, and for a withdrawal the groups too. */
  readonly answer: string;
}

/**
 * Answers the objections that stopped a publicity: it goes on with a whole new period, or the outcome is withdrawn
 * and the topic goes back to consultation. Everyone who objected is answered one-to-one where they can be reached;
 * never in a group, for names stay private.
 */
export function createResolveObjection(deps: OutcomeDeps) {
  return async (actor: Actor, input: ResolveObjection): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '答复异议' }));
    const found = await deps.outcomes.byId(input.outcomeId);
    const outcome = requirePlace(actor, found, followUpTexts.outcomeUnknown());
    requireStopped(outcome, input.revision);
    const answer = answerOf(outcome, input.answer);
    const ending = input.decision === 'continue' ? 'continued' : 'withdrawn';
    const objections = (await deps.outcomes.objectionsTo(outcome.id)).filter(
      (one) => one.round === outcome.round,
    );
    const answers = await answerObjectors(deps, outcome, objections, { ending, answer });
    const step = ending === 'continued' ? resume : withdraw;
    return joinDecisions(await step(deps, actor, outcome, answer, answers), {
      ...NOTHING,
      dispatches: answers.dispatches,
    });
  };
}

async function resume(
  deps: OutcomeDeps,
  actor: Actor,
  stopped: Outcome,
  answer: string,
  { told, unreachable }: Answers,
): Promise<Decision> {
  const { place, now } = actor;
  const fields = {
    state: 'publicity' as const,
    publicFrom: now,
    publicUntil: atHour(now, place.timeZone, place.rules.publicityDays, PUBLICITY_END_HOUR),
    round: stopped.round + 1,
    resolution: answer,
  };
  const groups = await deps.groups.byIds(stopped.groupIds);
  const until = formatMoment(fields.publicUntil, now, place.timeZone);
  const topicNumber = stopped.topicNumber;
  const text = outcomeTexts.continued({ topicNumber, resolution: answer, until });
  const resumed = { ...stopped, ...fields };
  return {
    writes: [
      deps.outcomes.update(stopped.id, fields, stopped.revision),
      deps.deadlines.set(publicityEnd(resumed)),
    ],
    dispatches: publicMessage(resumed, groups, text),
    audit: [auditOf(actor, stopped, 'outcome.resumed')],
    guarded: true,
    summary: followUpTexts.resumed({ topicNumber, until, told, unreachable }),
    event: 'outcome.resumed',
  };
}

async function withdraw(
  deps: OutcomeDeps,
  actor: Actor,
  stopped: Outcome,
  reason: string,
  { told, unreachable }: Answers,
): Promise<Decision> {
  const { now, place, person } = actor;
  const topic = await deps.topics.byId(stopped.topicId);
  const moved = topic && movedTo(topic, 'consult', { at: now, byId: person.id, note: reason });
  const groups = await deps.groups.byIds(stopped.groupIds);
  const topicNumber = stopped.topicNumber;
  const text = outcomeTexts.withdrawn({ topicNumber, resolution: reason });
  return {
    writes: [
      deps.outcomes.update(stopped.id, { state: 'withdrawn', resolution: reason }, stopped.revision),
      ...(topic && moved ? [deps.topics.update(topic.id, moved, topic.revision)] : []),
    ],
    dispatches: toGroups(
      groups,
      `outcome-withdrawn:${stopped.id}`,
      { text },
      {
        subjectId: stopped.id,
        quietZone: place.timeZone,
      },
    ),
    audit: [auditOf(actor, stopped, 'outcome.withdrawn')],
    guarded: true,
    summary: followUpTexts.withdrawn({ topicNumber, told, unreachable }),
    event: 'outcome.withdrawn',
  };
}

interface Answers {
  readonly dispatches: readonly Dispatch[];
  readonly told: number;
  /** Nobody can write to them one-to-one, and in a group their names would be known: somebody calls. */
  readonly unreachable: number;
}

async function answerObjectors(
  deps: OutcomeDeps,
  outcome: Outcome,
  objections: readonly Objection[],
  { ending, answer }: { readonly ending: 'continued' | 'withdrawn' | 'noted'; readonly answer: string },
): Promise<Answers> {
  const personIds = [...new Set(objections.map((one) => one.personId))];
  const direct = await deps.people.directOf(personIds);
  const text = outcomeTexts.objectionAnswered({
    topicNumber: outcome.topicNumber,
    resolution: answer,
    ending,
  });
  const dispatches = personIds.flatMap((personId): Dispatch[] => {
    const to = direct.get(personId);
    const key = `objection-answer:${outcome.id}:${outcome.round}:${ending}:${personId}`;
    return to ? [{ key, to, body: { text }, subjectId: outcome.id }] : [];
  });
  return { dispatches, told: dispatches.length, unreachable: personIds.length - dispatches.length };
}

export interface AnswerLateObjections {
  readonly outcomeId: string;
  readonly answer: string;
}

/** Answers those who objected when the period was over: nothing is stopped, but nobody is left without an answer. */
export function createAnswerLateObjections(deps: OutcomeDeps) {
  return async (actor: Actor, input: AnswerLateObjections): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '答复异议' }));
    const outcome = requirePlace(
      actor,
      await deps.outcomes.byId(input.outcomeId),
      followUpTexts.outcomeUnknown(),
    );
    const { topicNumber, state } = outcome;
    const answer = answerOf(outcome, input.answer);
    const late = (await deps.outcomes.objectionsTo(outcome.id)).filter(
      (one) => !one.inTime || state === 'assigned',
    );
    if (late.length === 0)
      throw new UserError('objection.noneLate', followUpTexts.noLateObjection({ topicNumber }));
    const { dispatches, told, unreachable } = await answerObjectors(deps, outcome, late, {
      ending: 'noted',
      answer,
    });
    return {
      writes: [],
      dispatches,
      audit: [auditOf(actor, outcome, 'objection.lateAnswered')],
      guarded: true,
      summary: followUpTexts.lateAnswered({ topicNumber, told, unreachable }),
      event: 'objection.lateAnswered',
    };
  };
}

function requireStopped({ topicNumber: number, state, revision }: Outcome, seen: number | undefined): void {
  if (state !== 'stopped') {
    const words = { number, state: OUTCOME_STATE_WORDS[state], command: '答复异议' };
    throw new UserError('outcome.notStopped', systemTexts.notNow({ kind: 'topic', ...words }));
  }
  if (seen !== undefined && seen !== revision)
    throw new UserError('revision.old', systemTexts.changedMeanwhile());
}

function answerOf({ topicNumber }: Outcome, given: string): string {
  const { text } = cleanUserText(given, { maxChars: 300 });
  if (text === '') throw new UserError('outcome.answerMissing', followUpTexts.answerMissing({ topicNumber }));
  return text;
}

function auditOf(actor: Actor, outcome: Outcome, action: string) {
  return { placeId: outcome.placeId, action, actorId: actor.person.id, subjectId: outcome.id, at: actor.now };
}
