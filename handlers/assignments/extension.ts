import { requireRole } from '#core/authorise';
import { DAY_MS } from '#core/clock';
import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Assignment } from '#core/outcome';
import { cleanUserText } from '#language/clean-text';
import { formatDay, formatRange } from '#language/dates';
import { isBlankOrEmoji } from '#language/message-frame';
import { assignmentTexts } from '#texts/assignment-texts';
import { followUpTexts } from '#texts/follow-up-texts';
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

export type AskExtension = AssignmentName & { readonly toAt: Date; readonly reason: string };

const MAX_AHEAD_DAYS = 366;
const MAX_REASON_CHARS = 200;

/** 延期: asks for more time. The old date stands until a secretary has answered; asking again replaces the request. */
export function createAskExtension(deps: AssignmentDeps) {
  return async (actor: Actor, input: AskExtension): Promise<Decision> => {
    const assignment = await findOwnAssignment(deps, actor, input);
    const { number, action, dueAt, unit, ownerName: name } = assignment;
    requireState(assignment, 'open', '延期');
    if (isBlankOrEmoji(input.reason)) {
      const example = formatRange(input.toAt, input.toAt, actor.now, actor.place.timeZone);
      throw new UserError(
        'reason.missing',
        assignmentTexts.extensionMissing({ number, missing: ['理由'], example }),
      );
    }
    const { text: reason } = cleanUserText(input.reason, { maxChars: MAX_REASON_CHARS });
    const days = daysIn(actor);
    const isAhead = input.toAt > dueAt && input.toAt > actor.now;
    const isNear = input.toAt.getTime() - actor.now.getTime() <= MAX_AHEAD_DAYS * DAY_MS;
    if (!isAhead)
      throw new UserError('extension.early', assignmentTexts.extensionTooEarly({ number, due: days(dueAt) }));
    if (!isNear) throw new UserError('extension.far', followUpTexts.extensionTooFar({ number }));
    const asked = {
      toAt: input.toAt,
      reason,
      askedAt: actor.now,
      askedById: actor.person.id,
      state: 'asked' as const,
    };
    const text = assignmentTexts.extensionWanted({
      number,
      action,
      responsible: { unit, name },
      due: days(dueAt),
      to: days(input.toAt),
      reason,
    });
    return {
      writes: [deps.assignments.update(assignment.id, { extension: asked }, assignment.revision)],
      dispatches: await toSecretaries(deps, assignment, 'extension-asked', actor, text),
      audit: [auditOf(actor, assignment, 'assignment.extensionAsked', { toAt: input.toAt.toISOString() })],
      guarded: true,
      summary: assignmentTexts.extensionAsked({ number, to: days(input.toAt), due: days(dueAt) }),
      event: 'extension.asked',
    };
  };
}

export type DecideExtension = AssignmentName & {
  readonly revision?: number;
  readonly granted: boolean;
  /** Why not; needed when it is refused. */
  readonly answer?: string;
};

/** 准延, 不延: a granted date takes the reminders with it; having been overdue stays on record. */
export function createDecideExtension(deps: AssignmentDeps) {
  return async (actor: Actor, input: DecideExtension): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '交办' }));
    const assignment = await findAssignment(deps, actor, input);
    const { number, extension } = assignment;
    if (extension?.state !== 'asked')
      throw new UserError('extension.none', followUpTexts.extensionNone({ number }));
    requireRevision(assignment, input.revision);
    return input.granted
      ? grant(deps, actor, assignment, extension)
      : refuse(deps, actor, assignment, extension, input.answer);
  };
}

type Extension = NonNullable<Assignment['extension']>;

async function grant(
  deps: AssignmentDeps,
  actor: Actor,
  assignment: Assignment,
  extension: Extension,
): Promise<Decision> {
  const { number } = assignment;
  const { toAt } = extension;
  const fields = {
    dueAt: toAt,
    wasRed: assignment.wasRed || (assignment.state === 'open' && actor.now > assignment.dueAt),
    extension: { ...extension, state: 'granted' as const },
  };
  const text = assignmentTexts.extensionGranted({ number, to: daysIn(actor)(toAt) });
  const group = await deps.groups.byId(assignment.groupId);
  return {
    writes: [
      deps.assignments.update(assignment.id, fields, assignment.revision),
      ...(assignment.state === 'done' ? [] : [deps.deadlines.set(nextCheck(assignment, toAt, actor))]),
    ],
    dispatches: toHandlers(group, assignment, `extended:${assignment.revision}`, text, actor),
    audit: [auditOf(actor, assignment, 'assignment.extended', { toAt: toAt.toISOString() })],
    guarded: true,
    summary: text,
    event: 'extension.granted',
  };
}

async function refuse(
  deps: AssignmentDeps,
  actor: Actor,
  assignment: Assignment,
  extension: Extension,
  given: string | undefined,
): Promise<Decision> {
  const { number, dueAt } = assignment;
  const answer = cleanUserText(given ?? '', { maxChars: MAX_REASON_CHARS }).text;
  if (answer === '')
    throw new UserError(
      'reason.missing',
      followUpTexts.reasonMissing({ example: `不延 T${number} 供暖前必须完成` }),
    );
  const text = assignmentTexts.extensionRefused({ number, due: daysIn(actor)(dueAt), reason: answer });
  const group = await deps.groups.byId(assignment.groupId);
  const fields = { extension: { ...extension, state: 'refused' as const, answer } };
  return {
    writes: [deps.assignments.update(assignment.id, fields, assignment.revision)],
    dispatches: toHandlers(group, assignment, `not-extended:${assignment.revision}`, text, actor),
    audit: [auditOf(actor, assignment, 'assignment.extensionRefused')],
    guarded: true,
    summary: text,
    event: 'extension.refused',
  };
}

function daysIn({ now, place }: Actor): (at: Date) => string {
  return (at) => formatDay(at, now, place.timeZone);
}
