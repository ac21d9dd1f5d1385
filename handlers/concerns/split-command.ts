import { type AnyCommand, defineCommand } from '#core/command';
import { joinDecisions } from '#core/decision';
import { concernTexts } from '#texts/concern-texts';
import { systemTexts } from '#texts/system-texts';
import type { ConcernDeps } from './deps.ts';
import { namedConcern } from './named-number.ts';
import { promisedDay } from './register.ts';
import { say } from './reply.ts';
import { createSplitConcern } from './take-apart.ts';

/** 拆开 15: its author says that it is another matter after all. */
export function createSplitCommand(deps: ConcernDeps): AnyCommand {
  const split = createSplitConcern(deps);
  return defineCommand<{ number: number }>({
    name: 'concern.split',
    triggers: ['拆开'],
    summary: '不是一件事，拆开',
    example: '拆开 15',
    roles: ['resident'],
    parse(_rest, original, context) {
      const { number } = namedConcern(original, context);
      return number === undefined
        ? { ok: false, hint: systemTexts.numberMissing({ kind: 'concern', example: '拆开 15' }) }
        : { ok: true, args: { number } };
    },
    async run(context, { number }) {
      const { concern, ...decision } = await split(context, { number });
      const answerBy = promisedDay(context.place, concern, context.now);
      return joinDecisions(decision, say(context, concernTexts.split, { number, answerBy }));
    },
  });
}
