import { type AnyCommand, defineCommand, type MessageContext } from '#core/command';
import { type Decision, joinDecisions } from '#core/decision';
import { concernTexts } from '#texts/concern-texts';
import type { ConcernDeps } from './deps.ts';
import { promisedDay, registeredFields, similarWaitId } from './register.ts';
import { say } from './reply.ts';

/**
 * Registers the concern of the sender that waits in this conversation. Guarded: at the same moment its deadline may
 * register it, and it must get one number only.
 */
export function createSettleWaiting(
  deps: Pick<ConcernDeps, 'concerns' | 'deadlines'>,
): (context: MessageContext) => Promise<Decision> {
  return async (context) => {
    const waiting = await deps.concerns.waitingOf(context.person.id, context.message.from);
    if (!waiting || waiting.placeId !== context.place.id)
      return say(context, concernTexts.nothingWaits, undefined);
    const number = await context.takeNumber('concern');
    const fields = registeredFields(context.place, number, context.now);
    const answerBy = promisedDay(context.place, { ...waiting, ...fields }, context.now);
    return joinDecisions(
      {
        writes: [
          deps.concerns.update(waiting.id, fields, waiting.revision),
          deps.deadlines.cancel(similarWaitId(waiting.id)),
        ],
        dispatches: [],
        guarded: true,
        created: { kind: 'concern', id: waiting.id, number },
      },
      say(context, concernTexts.registered, { number, title: waiting.title, answerBy }),
    );
  };
}

/** 另记: it is not the same matter. Words behind it are no part of the concern. */
export function createAnotherCommand(deps: ConcernDeps): AnyCommand {
  const settle = createSettleWaiting(deps);
  return defineCommand<null>({
    name: 'concern.another',
    triggers: ['另记', '另外记', '单独登记', '不是一件事', '不是同一件'],
    summary: '不是同一件，单独登记',
    example: '另记',
    roles: ['resident'],
    parse: () => ({ ok: true, args: null }),
    run: (context) => settle(context),
  });
}
