import type { Actor } from '#core/command';
import type { Concern } from '#core/concern';
import { UNANSWERED } from '#core/concern';
import type { Assignment } from '#core/outcome';
import { formatDay } from '#language/dates';
import { concernStatus } from '#texts/concern-step-texts';
import type { ConcernDeps } from './deps.ts';
import { targetOf, type NumberedConcern } from './lookup.ts';
import { promisedDay } from './register.ts';

/** How far a concern is, in words and names for its author. */
export interface ConcernProgress {
  readonly number: number;
  readonly title: string;
  readonly status: string;
  readonly responsible?: { readonly unit: string; readonly name: string };
  readonly due?: string;
  readonly answerBy?: string;
  readonly finished?: boolean;
}

/** Reads how far a concern is: its own state, or that of what it is merged into, its topic and its assignments. */
export async function progressOf(
  deps: ConcernDeps,
  actor: Actor,
  concern: NumberedConcern,
): Promise<ConcernProgress> {
  const { number, title } = concern;
  const target = await targetOf(deps.concerns, concern);
  const into = target.id === concern.id ? undefined : target.number;
  const base = { number, title };
  if (target.state === 'answered')
    return { ...base, status: concernStatus(target, { into }), finished: true };
  const topic = target.topicId === undefined ? undefined : await deps.topics.byId(target.topicId);
  const status = concernStatus(target, { into, topic });
  const assignment = topic && target.state === 'inTopic' ? await nextDue(deps, topic.id) : undefined;
  if (assignment) {
    const { unit, ownerName: name, dueAt } = assignment;
    const due = formatDay(dueAt, actor.now, actor.place.timeZone);
    return { ...base, status, responsible: { unit, name }, due };
  }
  return isPromised(target)
    ? { ...base, status, answerBy: promisedDay(actor.place, target, actor.now) }
    : { ...base, status };
}

function isPromised({ state }: Concern): boolean {
  return UNANSWERED.includes(state);
}

async function nextDue({ assignments }: ConcernDeps, topicId: string): Promise<Assignment | undefined> {
  const open = (await assignments.ofTopic(topicId)).filter(
    ({ state }) => state === 'open' || state === 'claimed',
  );
  return open.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())[0];
}
