import { type AnyCommand, defineCommand, type MessageContext, replyHere } from '#core/command';
import type { Assignment } from '#core/outcome';
import { assignmentTexts } from '#texts/assignment-texts';
import { standingWords } from '#texts/light-words';
import type { AssignmentDeps } from './assignment-deps.ts';
import { createListAssignments, lit, ON_HAND, type LitAssignment } from './list-assignments.ts';
import { WORKERS } from './officer-commands.ts';

const MOST_SHOWN = 50;

/** 交办: what this group has on hand; in other conversations, what the speaker may see. Late ones first. */
export function createListCommand(deps: AssignmentDeps): AnyCommand {
  return defineCommand<undefined>({
    name: 'assignment.list',
    triggers: ['交办', '在办'],
    summary: '看在办的事',
    example: '交办',
    roles: WORKERS,
    parse: () => ({ ok: true, args: undefined }),
    async run(context) {
      const rows = [...(await onHand(deps, context))].sort(byUrgency).map(rowOf);
      const text =
        rows.length === 0 ? assignmentTexts.listEmpty() : assignmentTexts.list({ rows, total: rows.length });
      return replyHere(context, text, 'assignment.list');
    },
  });
}

async function onHand(deps: AssignmentDeps, context: MessageContext): Promise<readonly LitAssignment[]> {
  const { group } = context;
  if (group?.kind === 'department' || group?.kind === 'liaison') {
    const found: readonly Assignment[] = await deps.assignments.ofGroup(group.id, ON_HAND);
    return found.map((assignment) => lit(assignment, context));
  }
  return (await createListAssignments(deps)(context, { states: ON_HAND, limit: MOST_SHOWN })).items;
}

const URGENCY = { red: 0, yellow: 1, green: 2 } as const;

function byUrgency(a: LitAssignment, b: LitAssignment): number {
  const rank = URGENCY[a.reading.light] - URGENCY[b.reading.light];
  return rank === 0 ? a.assignment.dueAt.getTime() - b.assignment.dueAt.getTime() : rank;
}

function rowOf({ assignment: { number, action, state }, reading }: LitAssignment) {
  return { number, action, light: reading.light, standing: standingWords(reading.reason, state) };
}
