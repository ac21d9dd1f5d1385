import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import { rosterTexts } from '#texts/roster-texts';
import { systemTexts } from '#texts/system-texts';
import { closedVotes } from './open-votes.ts';
import { planImport, type Absent, type ImportPlan } from './plan-import.ts';
import type { RosterDeps } from './roster-deps.ts';

export interface RosterFile {
  readonly rows: readonly (readonly string[])[];
  readonly absent: Absent;
}

/** What importing the file would do to the roster of the actor's place; writes nothing. Throws for a file without columns. */
export function createPreviewImport(deps: RosterDeps) {
  return async (actor: Actor, file: RosterFile): Promise<ImportPlan> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '导入名册' }));
    const plan = planImport(
      actor.place.id,
      file.rows,
      await deps.roster.ofPlace(actor.place.id),
      file.absent,
    );
    if (!plan) throw new UserError('roster.noColumns', rosterTexts.noColumns());
    return plan;
  };
}

/** Does what the preview showed, all good rows together; when the file or a household that it changes is not the one that
 * was shown, nothing. Other households may change meanwhile. */
export function createImportRoster(deps: RosterDeps) {
  const preview = createPreviewImport(deps);
  return async (actor: Actor, { basis, ...file }: RosterFile & { basis: string }): Promise<Decision> => {
    const plan = await preview(actor, file);
    if (plan.basis !== basis) throw new UserError('roster.changed', rosterTexts.changedMeanwhile());
    if (plan.changes.length === 0) throw new UserError('roster.nothing', rosterTexts.nothingToImport());
    const { save, remove, problems } = plan;
    return {
      writes: [
        ...save.map((household) => deps.roster.save(household)),
        ...remove.map((household) => deps.roster.remove(household)),
        ...(await closedVotes(deps, actor.place.id, plan.unknown)),
      ],
      dispatches: [],
      audit: [
        {
          placeId: actor.place.id,
          action: 'roster.imported',
          actorId: actor.person.id,
          subjectId: `roster:${actor.place.id}`,
          at: actor.now,
          facts: { saved: save.length, removed: remove.length, problems: problems.length, basis },
        },
      ],
      guarded: true,
      summary: rosterTexts.imported({
        saved: save.length,
        removed: remove.length,
        problems: problems.length,
      }),
      event: 'roster.imported',
    };
  };
}
