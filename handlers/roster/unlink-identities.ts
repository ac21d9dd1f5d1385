import { requirePlace, requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import { householdIdOfResident } from '#core/roster';
import { identityTexts } from '#texts/identity-texts';
import { systemTexts } from '#texts/system-texts';
import { concernsTouched, handedOver } from './link-identities.ts';
import type { RosterDeps } from './roster-deps.ts';

/** Takes a link of two identities back: each gets what was theirs. Ballots that were cast meanwhile stand. */
export function createUnlinkIdentities(deps: RosterDeps) {
  return async (actor: Actor, { linkId }: { readonly linkId: string }): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '核对' }));
    const link = requirePlace(actor, await deps.identityLinks.byId(linkId), identityTexts.linkUnknown());
    if (link.undoneAt) throw new UserError('identity.undone', identityTexts.linkUnknown());
    const { keptId, goneId, moved } = link;
    const ids = [...new Set(moved.residentIds.map(householdIdOfResident))];
    const households = await deps.roster.byIds(ids);
    return {
      writes: [
        deps.identityLinks.save({ ...link, undoneAt: actor.now }, link.revision),
        deps.identityLinks.hide(goneId, undefined),
        ...deps.identityLinks.move({ ...moved, groupIds: [] }, keptId, goneId, actor.now),
        ...households.map((one) => deps.roster.save(handedOver(one, moved.residentIds, keptId, goneId))),
        ...moved.votes.map(({ pollId, voterId }) => deps.polls.mayCast(pollId, voterId, keptId, false)),
      ],
      dispatches: [],
      recountConcernIds: concernsTouched(moved),
      audit: [
        {
          placeId: actor.place.id,
          action: 'identity.unlinked',
          actorId: actor.person.id,
          subjectId: link.id,
          at: actor.now,
        },
      ],
      guarded: true,
      summary: identityTexts.unlinked({ name: link.goneName }),
    };
  };
}
