import type { AuditEntry } from '#core/audit';
import type { Actor } from '#core/command';
import type { Deadline } from '#core/deadline';
import type { Dispatch } from '#core/decision';
import type { Assignment } from '#core/outcome';
import type { Group, Place } from '#core/people';
import { workingCalendarOf } from '#language/working-calendar';
import { toGroups } from '#procedure/broadcast';
import { nextCheckAt } from '#procedure/lights';
import type { AssignmentDeps } from './assignment-deps.ts';

/** A line for the secretaries' groups of the assignment's place. `what` and the request make it once. */
export async function toSecretaries(
  { groups }: Pick<AssignmentDeps, 'groups'>,
  assignment: Assignment,
  what: string,
  actor: Actor,
  text: string,
): Promise<Dispatch[]> {
  const secretaries = await groups.inPlace(assignment.placeId, 'secretaries');
  const key = `assignment-${what}:${assignment.id}:${actor.requestId}`;
  return toGroups(secretaries, key, { text }, { subjectId: assignment.id });
}

/** A message for the group that does the work; in the morning when it is night. */
export function toHandlers(
  group: Group | undefined,
  assignment: Assignment,
  key: string,
  text: string,
  { place }: { readonly place: Place },
): Dispatch[] {
  return toGroups(
    group ? [group] : [],
    `assignment-${key}:${assignment.id}`,
    { text },
    {
      subjectId: assignment.id,
      quietZone: place.timeZone,
    },
  );
}

export function auditOf(
  actor: Actor,
  assignment: Assignment,
  action: string,
  facts: AuditEntry['facts'] = {},
): AuditEntry {
  return {
    placeId: assignment.placeId,
    action,
    actorId: actor.person.id,
    subjectId: assignment.id,
    at: actor.now,
    facts: { number: assignment.number, ...facts },
  };
}

/** Id of the one row that looks at an assignment until it is done. */
export function checkId(assignmentId: string): string {
  return `assignment.check:${assignmentId}`;
}

/** When the assignment is looked at next, for a due date that was set or moved now. */
export function nextCheck(
  assignment: Pick<Assignment, 'id' | 'placeId'>,
  dueAt: Date,
  { now, place }: { readonly now: Date; readonly place: Place },
): Deadline {
  const calendar = workingCalendarOf(place.timeZone);
  return {
    id: checkId(assignment.id),
    kind: 'assignment.check',
    placeId: assignment.placeId,
    subjectId: assignment.id,
    dueAt: nextCheckAt(now, dueAt, place.rules.yellowWithinWorkingDays, calendar),
    step: 0,
  };
}
