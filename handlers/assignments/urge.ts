import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import { formatDay } from '#language/dates';
import { localDayOf } from '#procedure/lights';
import { assignmentTexts } from '#texts/assignment-texts';
import { followUpTexts } from '#texts/follow-up-texts';
import { standingWords } from '#texts/light-words';
import { systemTexts } from '#texts/system-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { findAssignment, requireState, type AssignmentName } from './find-assignment.ts';
import { lit } from './list-assignments.ts';
import { auditOf, toHandlers } from './tell.ts';

/** 催一下: the group is asked how it stands, at most once a day (procedure.md C); its own reminder of the day is spared. */
export function createUrge(deps: AssignmentDeps) {
  return async (actor: Actor, input: AssignmentName): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '交办' }));
    const assignment = await findAssignment(deps, actor, input);
    const { number, action, ownerName, lastUrgedAt } = assignment;
    requireState(assignment, 'open', '催办');
    const zone = actor.place.timeZone;
    const today = localDayOf(actor.now, zone);
    if (lastUrgedAt && localDayOf(lastUrgedAt, zone) === today) {
      throw new UserError('assignment.urgedToday', assignmentTexts.urgedToday({ number }));
    }
    const group = await deps.groups.byId(assignment.groupId);
    const due = formatDay(assignment.dueAt, actor.now, zone);
    const standing = standingWords(lit(assignment, actor).reading.reason);
    const text = assignmentTexts.urged({ number, action, ownerName, due, standing });
    const fields = { lastUrgedAt: actor.now, remindedOn: today };
    return {
      writes: [deps.assignments.update(assignment.id, fields, assignment.revision)],
      dispatches: toHandlers(group, assignment, `urged:${today}`, text, actor),
      audit: [auditOf(actor, assignment, 'assignment.urged')],
      guarded: true,
      summary: followUpTexts.urged({ number, ownerName }),
      event: 'assignment.urged',
    };
  };
}
