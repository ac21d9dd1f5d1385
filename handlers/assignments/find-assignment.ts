import { requirePlace } from '#core/authorise';
import type { Actor } from '#core/command';
import { UserError } from '#core/errors';
import type { Assignment } from '#core/outcome';
import type { Group } from '#core/people';
import { assignmentTexts } from '#texts/assignment-texts';
import { followUpTexts } from '#texts/follow-up-texts';
import { systemTexts } from '#texts/system-texts';
import { ASSIGNMENT_STATE_WORDS } from '#texts/words';
import type { AssignmentDeps } from './assignment-deps.ts';

/** An assignment as a person names it: by id in the console, by T-number in chat. */
export type AssignmentName =
  { readonly assignmentId: string } | { readonly number: number; readonly group?: Group };

type Stores = Pick<AssignmentDeps, 'assignments' | 'groups'>;

/**
 * The assignment of the actor's place, or of the group the words were said in: a department's group may serve several
 * places. Anything else looks as if it did not exist. Throws UserError `number.unknown`.
 */
export async function findAssignment(
  stores: Stores,
  actor: Actor,
  name: AssignmentName,
): Promise<Assignment> {
  if ('assignmentId' in name) {
    const found = await stores.assignments.byId(name.assignmentId);
    return requirePlace(actor, found, followUpTexts.assignmentUnknown());
  }
  const unknown = systemTexts.numberUnknownStaff({ kind: 'assignment', number: name.number });
  const inGroup = name.group ? await inThisGroup(stores, name.group, name.number) : [];
  const [only, another] = inGroup;
  if (another)
    throw new UserError('number.ambiguous', followUpTexts.numberAmbiguous({ number: name.number }));
  return only ?? requirePlace(actor, await stores.assignments.byNumber(actor.place.id, name.number), unknown);
}

async function inThisGroup(stores: Stores, group: Group, number: number): Promise<readonly Assignment[]> {
  const all = await stores.assignments.ofGroup(group.id, ['open', 'claimed', 'returned', 'done']);
  const named = all.filter((one) => one.number === number);
  return named.length > 1 ? named.filter((one) => one.state !== 'done') : named;
}

/** Like `findAssignment`, for steps of those who do the work. Throws UserError `role.wrong` for anybody else. */
export async function findOwnAssignment(
  stores: Stores,
  actor: Actor,
  name: AssignmentName,
): Promise<Assignment> {
  const assignment = await findAssignment(stores, actor, name);
  if (await mayHandle(stores, actor, assignment)) return assignment;
  throw new UserError(
    'role.wrong',
    assignmentTexts.notYours({ number: assignment.number, unit: assignment.unit }),
  );
}

/** The owner, everybody in the group it was handed to, an officer of its unit, and the secretaries. */
async function mayHandle({ groups }: Stores, actor: Actor, assignment: Assignment): Promise<boolean> {
  const { person, roles } = actor;
  if (person.id === assignment.ownerId || roles.includes('secretary') || roles.includes('admin')) return true;
  if (isOfficerOf(actor, assignment)) return true;
  return (await groups.memberIds([assignment.groupId])).includes(person.id);
}

function isOfficerOf({ person, place }: Actor, { unit }: Assignment): boolean {
  const reach = new Set([place.id, ...place.ancestorIds]);
  return person.offices.some((office) => {
    const isStaff = office.role === 'department' || office.role === 'liaison';
    return isStaff && reach.has(office.placeId) && office.unit !== undefined && office.unit === unit;
  });
}

/** Refuses a step that was made on an old view of the assignment. Throws UserError `revision.old`. */
export function requireRevision(assignment: Assignment, seen: number | undefined): void {
  if (seen !== undefined && seen !== assignment.revision) {
    throw new UserError('revision.old', systemTexts.changedMeanwhile());
  }
}

/** Refuses a step that the assignment's state does not allow. Throws UserError `assignment.<state>`. */
export function requireState(assignment: Assignment, wanted: Assignment['state'], command: string): void {
  const { number, state } = assignment;
  if (state === wanted) return;
  if (state === 'done')
    throw new UserError('assignment.done', assignmentTexts.doneAlready({ number, confirmed: true }));
  const words = { number, state: ASSIGNMENT_STATE_WORDS[state], command };
  throw new UserError(`assignment.${state}`, systemTexts.notNow({ kind: 'assignment', ...words }));
}
