import { type AnyCommand, defineCommand, type MessageContext } from '#core/command';
import type { Decision } from '#core/decision';
import { concernTexts } from '#texts/concern-texts';
import type { ConcernDeps } from './deps.ts';
import { concernByNumber, type NumberedConcern } from './lookup.ts';
import { namedConcern } from './named-number.ts';
import { progressOf } from './progress.ts';
import { say } from './reply.ts';

const LISTED = 3;
const LOOKED_AT = 100;

/** 进度 12: how far it is. Without a number: one's own. What a neighbour wrote stays with the neighbour. */
export function createProgressCommand(deps: ConcernDeps): AnyCommand {
  return defineCommand<{ number: number | undefined }>({
    name: 'concern.progress',
    triggers: ['进度', '查询', '查进度', '办到哪了', '办得怎么样'],
    summary: '办到哪了',
    example: '进度',
    roles: ['resident'],
    parse: (_rest, original, context) => ({
      ok: true,
      args: { number: namedConcern(original, context).number },
    }),
    run: (context, { number }) => (number === undefined ? own(deps, context) : one(deps, context, number)),
  });
}

async function one(deps: ConcernDeps, context: MessageContext, number: number): Promise<Decision> {
  const concern = await concernByNumber(deps.concerns, context, number);
  const progress = await progressOf(deps, context, concern);
  if (mayReadWords(context, concern)) return say(context, concernTexts.progress, progress);
  return say(context, concernTexts.progressOther, { number, status: progress.status });
}

/** Its author, staff of the place, and everybody who could read it in this group anyway. */
function mayReadWords({ person, roles, group }: MessageContext, concern: NumberedConcern): boolean {
  const isStaffChat = roles.includes('secretary') && group?.kind !== 'residents';
  if (isStaffChat || (group !== undefined && concern.groupId === group.id)) return true;
  return concern.authorId === person.id && (group === undefined || concern.groupId !== undefined);
}

/** In a group only what was raised in a group is listed: a private matter stays private. */
async function own(deps: ConcernDeps, context: MessageContext): Promise<Decision> {
  const raised = await deps.concerns.ofAuthor(context.place.id, context.person.id, LOOKED_AT);
  const shown = raised.flatMap((concern) => {
    const isHidden = context.group !== undefined && concern.groupId === undefined;
    return concern.number === undefined || isHidden ? [] : [{ ...concern, number: concern.number }];
  });
  if (shown.length === 0) return say(context, concernTexts.noneYet, undefined);
  const items = await Promise.all(
    shown.slice(0, LISTED).map((concern) => progressOf(deps, context, concern)),
  );
  return say(context, concernTexts.progressList, { items, total: shown.length });
}
