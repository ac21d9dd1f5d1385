import { requirePlace } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Concern, ConcernStore } from '#core/concern';
import { systemTexts } from '#texts/system-texts';

/** A concern that has a number. */
export type NumberedConcern = Concern & { readonly number: number };

/** The concern people call by this number in the actor's place. Throws `number.unknown`. */
export async function concernByNumber(
  concerns: ConcernStore,
  actor: Actor,
  number: number,
): Promise<NumberedConcern> {
  return numbered(
    requirePlace(actor, await concerns.byNumber(actor.place.id, number), unknown(number)),
    number,
  );
}

/** The concern with this id in the actor's place. Throws `number.unknown`. */
export async function concernById(
  concerns: ConcernStore,
  actor: Actor,
  id: string,
): Promise<NumberedConcern> {
  const concern = requirePlace(actor, await concerns.byId(id), unknown(0));
  return numbered(concern, concern.number ?? 0);
}

/** The concern itself, or the one it is handled with. */
export async function targetOf(concerns: ConcernStore, concern: NumberedConcern): Promise<NumberedConcern> {
  const target = concern.mergedIntoId === undefined ? undefined : await concerns.byId(concern.mergedIntoId);
  return target?.number === undefined ? concern : numbered(target, target.number);
}

function numbered(concern: Concern, number: number): NumberedConcern {
  return { ...concern, number: concern.number ?? number };
}

function unknown(number: number): string {
  return systemTexts.numberUnknown({ kind: 'concern', number });
}
