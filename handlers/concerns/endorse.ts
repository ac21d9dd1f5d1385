import type { Actor } from '#core/command';
import type { Concern, ConcernStore } from '#core/concern';
import type { DeadlineWrites } from '#core/deadline';
import { type Decision, definedFields, NOTHING } from '#core/decision';
import type { ConversationRef } from '#core/message';
import { concernByNumber, type NumberedConcern, targetOf } from './lookup.ts';
import { similarWaitId } from './register.ts';

export interface EndorseConcern {
  readonly number: number;
  readonly conversation: ConversationRef;
  readonly groupId?: string;
  readonly name: string;
  readonly at: Date;
}

export interface EndorsedConcern extends Decision {
  readonly outcome: 'endorsed' | 'already' | 'own' | 'answered';
  /** What the endorsement counts for: the concern named, or the one it is handled with. */
  readonly target: NumberedConcern;
  /** Persons who stand behind it now, its author among them. */
  readonly count: number;
}

/**
 * Counts one more person behind a concern, each once; it counts for the concern that the named one is merged into. A
 * concern of the sender that waits because it looks like this one is settled by it, and its words and photos are
 * kept with the other. Throws `number.unknown`.
 */
export function createEndorseConcern(deps: {
  concerns: ConcernStore;
  deadlines: DeadlineWrites;
}): (actor: Actor, input: EndorseConcern) => Promise<EndorsedConcern> {
  return async (actor, input) => {
    const [named, waiting] = await Promise.all([
      concernByNumber(deps.concerns, actor, input.number),
      deps.concerns.waitingOf(actor.person.id, input.conversation),
    ]);
    const target = await targetOf(deps.concerns, named);
    const people = await peopleBehind(deps.concerns, target);
    const me = actor.person.id;
    if (target.state === 'answered') return { ...NOTHING, outcome: 'answered', target, count: people.size };
    const outcome = me === target.authorId ? 'own' : people.has(me) ? 'already' : 'endorsed';
    const folded = foldWaiting(deps, actor, input, waiting, [named.id, target.id]);
    const endorsement = outcome === 'endorsed' ? [endorse(deps.concerns, actor, input, target)] : [];
    return {
      writes: [...endorsement, ...folded],
      dispatches: [],
      guarded: folded.length > 0,
      ...(outcome === 'endorsed' && { recountConcernIds: [target.id] }),
      outcome,
      target,
      count: people.add(me).size,
    };
  };
}

/** Its author, the authors of what is merged into it, and all endorsers; each once. */
async function peopleBehind(concerns: ConcernStore, target: Concern): Promise<Set<string>> {
  const [merged, own] = await Promise.all([
    concerns.mergedInto(target.id),
    concerns.endorsersOf([target.id]),
  ]);
  const others = merged.length > 0 ? await concerns.endorsersOf(merged.map(({ id }) => id)) : [];
  const authors = [target, ...merged].map(({ authorId }) => authorId);
  return new Set([...authors, ...[...own, ...others].map(({ personId }) => personId)]);
}

function endorse(concerns: ConcernStore, actor: Actor, input: EndorseConcern, target: Concern) {
  return concerns.endorse({
    id: `${target.id}|${actor.person.id}`,
    concernId: target.id,
    placeId: target.placeId,
    personId: actor.person.id,
    personName: input.name,
    conversation: input.conversation,
    ...definedFields({ groupId: input.groupId }),
    at: input.at,
  });
}

function foldWaiting(
  deps: { concerns: ConcernStore; deadlines: DeadlineWrites },
  actor: Actor,
  input: EndorseConcern,
  waiting: Concern | undefined,
  [namedId, targetId]: readonly [string, string],
): Decision['writes'] {
  const meant = waiting?.similarTo?.concernId;
  if (!waiting || waiting.state !== 'waiting' || (meant !== namedId && meant !== targetId)) return [];
  const { id, placeId, revision, text, attachments } = waiting;
  return [
    deps.concerns.update(id, { state: 'endorsedInstead' }, revision),
    deps.concerns.supplement({
      id: `supplement:${id}`,
      concernId: targetId,
      placeId,
      personId: actor.person.id,
      personName: input.name,
      text,
      attachments,
      at: waiting.raisedAt,
    }),
    deps.deadlines.cancel(similarWaitId(id)),
  ];
}
