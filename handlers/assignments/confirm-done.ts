import { requireRole } from '#core/authorise';
import type { Actor } from '#core/command';
import { joinDecisions, NOTHING, type Decision } from '#core/decision';
import { UserError } from '#core/errors';
import type { Assignment } from '#core/outcome';
import { cleanUserText } from '#language/clean-text';
import { formatDay } from '#language/dates';
import { movedTo } from '#procedure/stages';
import { assignmentTexts } from '#texts/assignment-texts';
import { followUpTexts } from '#texts/follow-up-texts';
import { systemTexts } from '#texts/system-texts';
import type { AssignmentDeps } from './assignment-deps.ts';
import { findAssignment, requireRevision, requireState, type AssignmentName } from './find-assignment.ts';
import { auditOf, checkId, toHandlers } from './tell.ts';

export type ConfirmDone = AssignmentName & { readonly revision?: number };
export type SendBack = AssignmentName & { readonly revision?: number; readonly reason: string };

/**
 * 核实: the secretary agrees that an assignment is done. With the last one of its topic everybody who raised or
 * endorsed is answered, and the topic goes on to 反馈.
 */
export function createConfirmDone(deps: AssignmentDeps) {
  return async (actor: Actor, input: ConfirmDone): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '交办' }));
    const assignment = await claimed(deps, actor, input, '核实');
    const { number } = assignment;
    const group = await deps.groups.byId(assignment.groupId);
    const closed: Assignment = { ...assignment, state: 'done', closedAt: actor.now };
    const topic = await closeTopic(deps, actor, closed);
    return joinDecisions(
      {
        writes: [
          deps.assignments.update(assignment.id, { state: 'done', closedAt: actor.now }, assignment.revision),
          deps.deadlines.cancel(checkId(assignment.id)),
        ],
        dispatches: toHandlers(
          group,
          assignment,
          'confirmed',
          assignmentTexts.confirmed({ number, action: assignment.action }),
          actor,
        ),
        audit: [auditOf(actor, assignment, 'assignment.confirmed')],
        guarded: true,
      },
      topic.decision,
      {
        ...NOTHING,
        summary: followUpTexts.confirmed({ number, left: topic.left, topicNumber: assignment.topicNumber }),
        event: 'assignment.confirmed',
      },
    );
  };
}

/** Always writes to the topic: of two confirmations at once the second one must see the first. */
async function closeTopic(
  deps: AssignmentDeps,
  actor: Actor,
  closed: Assignment,
): Promise<{ left: number; decision: Decision }> {
  const others = (await deps.assignments.ofTopic(closed.topicId)).filter((one) => one.id !== closed.id);
  const left = others.filter((one) => one.state !== 'done').length;
  const topic = await deps.topics.byId(closed.topicId);
  if (!topic) return { left, decision: NOTHING };
  const moved = left === 0 ? movedTo(topic, 'feedback', { at: actor.now, byId: actor.person.id }) : undefined;
  const kept = { writes: [deps.topics.update(topic.id, moved ?? {}, topic.revision)], dispatches: [] };
  if (left > 0) return { left, decision: kept };
  return { left, decision: joinDecisions(kept, await deps.answerTopic(actor, topic, [...others, closed])) };
}

/** 打回: what was reported is not enough; the assignment is open again and its reminders go on. */
export function createSendBack(deps: AssignmentDeps) {
  return async (actor: Actor, input: SendBack): Promise<Decision> => {
    requireRole(actor, ['secretary'], systemTexts.roleWrong({ command: '交办' }));
    const assignment = await claimed(deps, actor, input, '打回');
    const { number } = assignment;
    const reason = cleanUserText(input.reason, { maxChars: 200 }).text;
    if (reason === '')
      throw new UserError(
        'reason.missing',
        followUpTexts.reasonMissing({ example: `打回 T${number} 还有一盏不亮` }),
      );
    const group = await deps.groups.byId(assignment.groupId);
    const due = formatDay(assignment.dueAt, actor.now, actor.place.timeZone);
    const text = assignmentTexts.sentBack({ number, action: assignment.action, reason, due });
    return {
      writes: [deps.assignments.update(assignment.id, { state: 'open' }, assignment.revision)],
      dispatches: toHandlers(group, assignment, `sent-back:${assignment.revision}`, text, actor),
      audit: [auditOf(actor, assignment, 'assignment.sentBack')],
      guarded: true,
      summary: followUpTexts.sentBack({ number }),
      event: 'assignment.sentBack',
    };
  };
}

async function claimed(
  deps: AssignmentDeps,
  actor: Actor,
  input: ConfirmDone,
  command: string,
): Promise<Assignment> {
  const assignment = await findAssignment(deps, actor, input);
  requireState(assignment, 'claimed', command);
  requireRevision(assignment, input.revision);
  return assignment;
}
