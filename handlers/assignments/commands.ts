import type { AnyCommand } from '#core/command';
import type { DeadlineHandler, DeadlineKind } from '#core/deadline';
import type { AssignmentDeps } from './assignment-deps.ts';
import { createCheckAssignment } from './check-assignment.ts';
import { createConfirmDone, createSendBack } from './confirm-done.ts';
import { createAskExtension, createDecideExtension } from './extension.ts';
import { createHandBack, createReassign } from './hand-back.ts';
import { createListAssignments, createSeeAssignment } from './list-assignments.ts';
import { createListCommand } from './list-command.ts';
import { createOfficerCommands } from './officer-commands.ts';
import { createReportDone } from './report-done.ts';
import { createSecretaryCommands } from './secretary-commands.ts';
import { createUrge } from './urge.ts';

/** Everything that can be said about assignments in chat. */
export function createAssignmentCommands(deps: AssignmentDeps): readonly AnyCommand[] {
  return [createListCommand(deps), ...createOfficerCommands(deps), ...createSecretaryCommands(deps)];
}

/** What happens to assignments by itself. */
export function createAssignmentDeadlines(
  deps: AssignmentDeps,
): Partial<Record<DeadlineKind, DeadlineHandler>> {
  return { 'assignment.check': createCheckAssignment(deps) };
}

/** The steps and views of assignments for the console. */
export function createAssignmentUseCases(deps: AssignmentDeps) {
  return {
    list: createListAssignments(deps),
    see: createSeeAssignment(deps),
    report: createReportDone(deps),
    confirm: createConfirmDone(deps),
    sendBack: createSendBack(deps),
    askExtension: createAskExtension(deps),
    decideExtension: createDecideExtension(deps),
    handBack: createHandBack(deps),
    reassign: createReassign(deps),
    urge: createUrge(deps),
  };
}
