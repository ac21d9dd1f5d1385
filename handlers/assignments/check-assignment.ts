import type { DeadlineHandler } from '#core/deadline';
import { NOTHING } from '#core/decision';
import type { Assignment } from '#core/outcome';
import type { Place } from '#core/people';
import { formatDay, formatMoment, formatRange } from '#language/dates';
import { workingCalendarOf } from '#language/working-calendar';
import { addWorkingDays } from '#language/working-days';
import { closenessAt, localDayOf, planCheck, type Closeness, type ReminderKind } from '#procedure/lights';
import { assignmentTexts } from '#texts/assignment-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { toHandlers } from './tell.ts';

/**
 * Looks at an assignment at the hours of its reminders until it is done: reminds its group when it turns yellow, on the
 * due day and each working day when overdue. Nobody is reminded of what was reported or handed back.
 */
export function createCheckAssignment(deps: AssignmentDeps): DeadlineHandler {
  return async (deadline, now) => {
    const assignment = await deps.assignments.byId(deadline.subjectId);
    const place = assignment && (await deps.places.byId(assignment.placeId));
    if (!place || assignment.state === 'done') return { ...NOTHING, event: 'assignment.over' };
    const calendar = workingCalendarOf(place.timeZone);
    const yellowWithin = place.rules.yellowWithinWorkingDays;
    const plan = planCheck(assignment, now, yellowWithin, calendar);
    const again = deps.deadlines.again({ ...deadline, dueAt: plan.nextAt });
    const closeness = closenessAt(now, assignment.dueAt, yellowWithin, calendar);
    const wasRed = assignment.wasRed || (closeness.light === 'red' && assignment.state !== 'claimed');
    if (plan.remind === undefined || assignment.state !== 'open') {
      const marks =
        wasRed === assignment.wasRed
          ? []
          : [deps.assignments.mark(assignment.id, { wasRed }, assignment.revision)];
      return { writes: [again, ...marks], dispatches: [], guarded: true, event: 'assignment.checked' };
    }
    const today = localDayOf(now, place.timeZone);
    const group = await deps.groups.byId(assignment.groupId);
    const text = reminderText(plan.remind, assignment, closeness, { now, place });
    return {
      writes: [
        again,
        deps.assignments.mark(assignment.id, { wasRed, remindedOn: today }, assignment.revision),
      ],
      dispatches: toHandlers(group, assignment, `reminded:${today}`, text, { place }),
      guarded: true,
      event: `assignment.reminded.${plan.remind}`,
    };
  };
}

function reminderText(
  kind: ReminderKind,
  { number, action, ownerName, dueAt }: Assignment,
  { reason }: Closeness,
  { now, place }: { readonly now: Date; readonly place: Place },
): string {
  const days = 'days' in reason ? reason.days : 0;
  const zone = place.timeZone;
  const due = formatDay(dueAt, now, zone);
  switch (kind) {
    case 'yellow':
      return assignmentTexts.yellow({
        number,
        action,
        ownerName,
        due,
        days,
        extensionExample: laterDay(dueAt, now, zone),
      });
    case 'due':
      return assignmentTexts.dueToday({ number, action, ownerName, due: formatMoment(dueAt, now, zone) });
    case 'overdue':
      return assignmentTexts.red({ number, action, ownerName, due, days });
  }
}

/** A date to copy: the working day after the due one. */
function laterDay(dueAt: Date, now: Date, zone: string): string {
  const { at } = addWorkingDays(dueAt, 1, zone);
  return formatRange(at, at, now, zone);
}
