import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Assignment } from '#core/outcome';
import type { Group } from '#core/people';
import { cleanUserText } from '#language/clean-text';
import { formatDay } from '#language/dates';
import { isBlankOrEmoji } from '#language/message-frame';
import { localDayOf } from '#procedure/lights';
import { assignmentTexts } from '#texts/assignment-texts';
import { followUpTexts } from '#texts/follow-up-texts';
import { outcomeTexts } from '#texts/outcome-texts';
import { systemTexts } from '#texts/system-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import {
  findAssignment,
  findOwnAssignment,
  requireRevision,
  requireState,
  type AssignmentName,
} from './find-assignment.ts';
import { auditOf, nextCheck, toHandlers, toSecretaries } from './tell.ts';

export type HandBack = AssignmentName & { readonly reason: string };

/** 退回: the unit says that it is not theirs. The secretaries hand it to somebody else; reminders rest until then. */
export function createHandBack(deps: AssignmentDeps) {
  return async (actor: Actor, input: HandBack): Promise<Decision> => {
    const assignment = await findOwnAssignment(deps, actor, input);
    const { number, action, unit, ownerName: name } = assignment;
    requireState(assignment, 'open', '退回');
    if (isBlankOrEmoji(input.reason))
      throw new UserError('reason.missing', assignmentTexts.returnReasonMissing({ number }));
    const { text: reason } = cleanUserText(input.reason, { maxChars: 200 });
    const text = assignmentTexts.returnedToSecretary({ number, action, responsible: { unit, name }, reason });
    return {
      writes: [
        deps.assignments.update(
          assignment.id,
          { state: 'returned', returnedReason: reason },
          assignment.revision,
        ),
      ],
      dispatches: await toSecretaries(deps, assignment, 'returned', actor, text),
      audit: [auditOf(actor, assignment, 'assignment.returned')],
      guarded: true,
      summary: assignmentTexts.returned({ number }),
      event: 'assignment.returned',
    };
  };
}

export type Reassign = AssignmentName & {
  readonly revision?: number;
  readonly groupId: string;
  readonly ownerName: string;
  readonly unit: string;
  readonly ownerId?: string;
  readonly dueAt: Date;
};

/** Hands an assignment to another group, person or date. The new group is told as for a new one, the old one that it left. */
export function createReassign(deps: AssignmentDeps) {
  return async (actor: Actor, input: Reassign): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '交办' }));
    const assignment = await findAssignment(deps, actor, input);
    const { number } = assignment;
    if (assignment.state !== 'returned') requireState(assignment, 'open', '改派');
    requireRevision(assignment, input.revision);
    if (input.ownerName.trim() === '')
      throw new UserError('owner.missing', followUpTexts.ownerMissing({ number }));
    if (input.dueAt <= actor.now) throw new UserError('due.past', followUpTexts.duePast({ number }));
    const group = await workingGroup(deps, actor, input);
    const moved = movedAssignment(actor, assignment, input, group);
    const former = assignment.groupId === group.id ? undefined : await deps.groups.byId(assignment.groupId);
    const responsible = { unit: moved.unit, name: moved.ownerName };
    const gone = assignmentTexts.reassignedAway({ number, responsible });
    return {
      writes: [
        deps.assignments.update(assignment.id, moved, assignment.revision),
        deps.deadlines.set(nextCheck(assignment, input.dueAt, actor)),
      ],
      dispatches: [
        ...toHandlers(
          group,
          assignment,
          `new:${assignment.revision}`,
          handedText(actor, assignment, moved),
          actor,
        ),
        ...toHandlers(former, assignment, `gone:${assignment.revision}`, gone, actor),
      ],
      audit: [auditOf(actor, assignment, 'assignment.reassigned', { groupId: group.id })],
      guarded: true,
      summary: followUpTexts.reassigned({ number, responsible }),
      event: 'assignment.reassigned',
    };
  };
}

/** A fresh start for the new owner; that it was overdue before stays on record. */
function movedAssignment(actor: Actor, assignment: Assignment, input: Reassign, group: Group) {
  return {
    state: 'open' as const,
    groupId: group.id,
    ownerName: input.ownerName.trim(),
    unit: input.unit.trim() === '' ? (group.unit ?? '') : input.unit.trim(),
    ownerId: input.ownerId,
    dueAt: input.dueAt,
    wasRed: assignment.wasRed || actor.now > assignment.dueAt,
    returnedReason: undefined,
    extension: undefined,
    remindedOn: localDayOf(actor.now, actor.place.timeZone),
  };
}

function handedText(
  actor: Actor,
  { number, action, topicNumber }: Assignment,
  { unit, ownerName: name, dueAt }: Pick<Assignment, 'unit' | 'ownerName' | 'dueAt'>,
): string {
  const due = formatDay(dueAt, actor.now, actor.place.timeZone);
  return assignmentTexts.new({ number, action, responsible: { unit, name }, due, topicNumber });
}

async function workingGroup(deps: AssignmentDeps, actor: Actor, { groupId, unit }: Reassign): Promise<Group> {
  const group = await deps.groups.byId(groupId);
  const { id, ancestorIds } = actor.place;
  const reach = new Set([id, ...ancestorIds, ...(await deps.places.subtreeIds(id))]);
  if (!group || group.kind === 'residents' || !reach.has(group.placeId)) {
    throw new UserError('group.unknown', outcomeTexts.unitUnknown({ unit }));
  }
  return group;
}
