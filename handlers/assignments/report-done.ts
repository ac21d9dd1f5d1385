import type { Actor } from '#core/command';
import type { Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Attachment } from '#core/message';
import type { Assignment } from '#core/outcome';
import { cleanUserText } from '#language/clean-text';
import { isBlankOrEmoji } from '#language/message-frame';
import { assignmentTexts } from '#texts/assignment-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { findOwnAssignment, requireState, type AssignmentName } from './find-assignment.ts';
import { auditOf, toSecretaries } from './tell.ts';

export type ReportDone = AssignmentName & {
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** When it was said; the step's own time when absent. */
  readonly reportedAt?: Date;
};

const MAX_PHOTOS = 18;

/**
 * 办结: reports an assignment done. The secretaries check it; until then its light stands still. Said again, the new
 * words and photos are added. Throws UserError without a word of explanation, for anybody else's assignment, and for
 * one that is closed or handed back.
 */
export function createReportDone(deps: AssignmentDeps) {
  return async (actor: Actor, input: ReportDone): Promise<Decision> => {
    const assignment = await findOwnAssignment(deps, actor, input);
    const { number } = assignment;
    if (assignment.state !== 'claimed') requireState(assignment, 'open', '办结');
    if (isBlankOrEmoji(input.text))
      throw new UserError('assignment.noWord', assignmentTexts.doneWordless({ number }));
    const report = reportOf(actor, assignment, input);
    const wasRed = assignment.wasRed || report.at > assignment.dueAt;
    const { unit, ownerName: name, action } = assignment;
    const photos = report.attachments.length;
    const words = photos > 0 ? `照片${photos}张，${report.text}` : report.text;
    const text = assignmentTexts.claimed({ number, action, responsible: { unit, name }, report: words });
    return {
      writes: [
        deps.assignments.update(assignment.id, { state: 'claimed', report, wasRed }, assignment.revision),
      ],
      dispatches: await toSecretaries(deps, assignment, 'reported', actor, text),
      audit: [auditOf(actor, assignment, 'assignment.reported', { photos })],
      guarded: true,
      summary: assignmentTexts.done({
        number,
        what: photos > 0 ? `说明1段、照片${photos}张` : '说明1段',
        checker: actor.place.dutyContact,
      }),
      event: 'assignment.done',
    };
  };
}

function reportOf(
  actor: Actor,
  assignment: Assignment,
  input: ReportDone,
): NonNullable<Assignment['report']> {
  const { text } = cleanUserText(input.text);
  const fresh = {
    text,
    attachments: input.attachments ?? [],
    at: input.reportedAt ?? actor.now,
    byId: actor.person.id,
  };
  const earlier = assignment.state === 'claimed' ? assignment.report : undefined;
  if (!earlier) return { ...fresh, attachments: fresh.attachments.slice(0, MAX_PHOTOS) };
  return {
    ...earlier,
    text: cleanUserText(`${earlier.text}\n${fresh.text}`).text,
    attachments: [...earlier.attachments, ...fresh.attachments].slice(0, MAX_PHOTOS),
  };
}
