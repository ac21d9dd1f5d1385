import { requirePlace } from '#core/authorise';
import type { Actor } from '#core/command';
import { definedFields } from '#core/decision';
import type { Assignment, AssignmentState } from '#core/outcome';
import type { Place } from '#core/people';
import { workingCalendarOf } from '#language/working-calendar';
import { lightOf, type LightReading } from '#procedure/lights';
import { followUpTexts } from '#texts/follow-up-texts';
import type { AssignmentDeps } from './assignment-deps.ts';

/** An assignment with its light of this moment. */
export interface LitAssignment {
  readonly assignment: Assignment;
  readonly reading: LightReading;
}

export interface ListAssignments {
  readonly states?: readonly AssignmentState[];
  readonly limit: number;
  readonly after?: string;
}

export const ON_HAND: readonly AssignmentState[] = ['open', 'claimed', 'returned'];

/**
 * What the actor may see, the first due first: secretaries see the place and everything below it, officers what was
 * handed to their groups or to themselves, anybody else what was handed to them by name.
 */
export function createListAssignments(deps: AssignmentDeps) {
  return async (actor: Actor, input: ListAssignments) => {
    const { items, next } = await deps.assignments.list({
      ...(await reachOf(deps, actor)),
      ...definedFields(input),
      limit: input.limit,
    });
    return { items: items.map((assignment) => lit(assignment, actor)), ...definedFields({ next }) };
  };
}

/** One assignment, when the actor may see it; else as if it did not exist (UserError `number.unknown`). */
export function createSeeAssignment(deps: AssignmentDeps) {
  return async (actor: Actor, assignmentId: string): Promise<LitAssignment> => {
    const found = await deps.assignments.byId(assignmentId);
    const { placeIds, groupIds, ownerId } = await reachOf(deps, actor);
    const isNear = found !== undefined && placeIds.includes(found.placeId);
    const isOwn = isNear && (!groupIds || groupIds.includes(found.groupId) || found.ownerId === ownerId);
    const unknown = followUpTexts.assignmentUnknown();
    const assignment = isOwn ? found : requirePlace<Assignment>(actor, undefined, unknown);
    return lit(assignment, actor);
  };
}

/** The light of an assignment as the place of the actor judges it. */
export function lit(
  assignment: Assignment,
  { now, place }: { readonly now: Date; readonly place: Place },
): LitAssignment {
  const calendar = workingCalendarOf(place.timeZone);
  return { assignment, reading: lightOf(assignment, now, place.rules.yellowWithinWorkingDays, calendar) };
}

interface Reach {
  readonly placeIds: readonly string[];
  readonly groupIds?: readonly string[];
  readonly ownerId?: string;
}

async function reachOf({ places, groups }: AssignmentDeps, { person, place, roles }: Actor): Promise<Reach> {
  const placeIds = await places.subtreeIds(place.id);
  if (roles.includes('secretary') || roles.includes('admin')) return { placeIds };
  const working = [
    ...(await groups.inPlace(place.id, 'department')),
    ...(await groups.inPlace(place.id, 'liaison')),
  ];
  const members = await Promise.all(working.map((group) => groups.memberIds([group.id])));
  const own = working.filter((_, index) => members[index]?.includes(person.id));
  return { placeIds, groupIds: own.map((group) => group.id), ownerId: person.id };
}
