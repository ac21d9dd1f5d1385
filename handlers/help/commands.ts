import { type AnyCommand, defineCommand, type MessageContext, replyHere } from '#core/command';
import { type ConcernStore, UNANSWERED } from '#core/concern';
import type { AssignmentStore } from '#core/outcome';
import type { Role } from '#core/people';
import { helpText } from '#texts/help-text';

export interface HelpDeps {
  /** The whole command table; asked when 帮助 is said, for this command is part of it. */
  readonly commands: () => readonly AnyCommand[];
  readonly concerns: Pick<ConcernStore, 'count'>;
  readonly assignments: Pick<AssignmentStore, 'ofGroup'>;
  /** Where secretaries find the rest. */
  readonly consoleUrl?: string;
}

/** 帮助: what the sender can say here, out of the command table. */
export function createHelpCommands(deps: HelpDeps): readonly AnyCommand[] {
  return [
    defineCommand<null>({
      name: 'help.show',
      triggers: ['帮助', '怎么用', '使用说明', '菜单', 'help'],
      summary: '看能说什么',
      example: '帮助',
      roles: ['resident'],
      independent: true,
      parse: () => ({ ok: true, args: null }),
      async run(context) {
        const role = roleHere(context);
        const waiting = await waitingFor(deps, context, role);
        const text = helpText({
          role,
          kind: context.message.conversationKind,
          commands: distinct(deps.commands()),
          contact: context.place.dutyContact,
          ...(waiting !== undefined && { waiting }),
          ...(deps.consoleUrl !== undefined && { link: deps.consoleUrl }),
        });
        return replyHere(context, text, 'help.shown');
      },
    }),
  ];
}

/** In a group the group decides, so that a secretary among residents does not spread the tools of the office. */
function roleHere({ group, roles }: MessageContext): Role {
  switch (group?.kind) {
    case 'residents':
      return 'resident';
    case 'department':
      return 'department';
    case 'liaison':
      return 'liaison';
    case 'secretaries':
      return 'secretary';
    case undefined:
      return (
        ['admin' as const, 'secretary' as const, 'department' as const, 'liaison' as const].find((role) =>
          roles.includes(role),
        ) ?? 'resident'
      );
  }
}

async function waitingFor(
  deps: HelpDeps,
  { place, group }: MessageContext,
  role: Role,
): Promise<number | undefined> {
  switch (role) {
    case 'admin':
    case 'secretary':
      return deps.concerns.count([place.id], UNANSWERED);
    case 'department':
    case 'liaison':
      return group ? (await deps.assignments.ofGroup(group.id, ['open'])).length : undefined;
    case 'resident':
      return undefined;
  }
}

/** Several ways to say one thing are shown once. */
function distinct(commands: readonly AnyCommand[]): readonly AnyCommand[] {
  const bySummary = new Map<string, AnyCommand>();
  for (const command of commands)
    if (!bySummary.has(command.summary)) bySummary.set(command.summary, command);
  return [...bySummary.values()];
}
