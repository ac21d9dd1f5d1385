import { type AnyCommand, defineCommand, type MessageContext } from '#core/command';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import { concernTexts } from '#texts/concern-texts';
import { systemTexts } from '#texts/system-texts';
import { ENDORSE, endorsesAnotherConcern } from './apart.ts';
import type { ConcernDeps } from './deps.ts';
import { createEndorseConcern, type EndorsedConcern } from './endorse.ts';
import { namedForEndorsing } from './named-number.ts';
import { say } from './reply.ts';

/** 附议 9: I have the same trouble. Without a number: the one that was quoted, or that the bot just asked about. */
export function createEndorseCommand(deps: ConcernDeps): AnyCommand {
  const endorse = createEndorseConcern(deps);
  return defineCommand<{ number: number | undefined }>({
    name: ENDORSE,
    triggers: ['附议', '同意附议', '我附议', '我也一样', '我家也一样', '我也是', '我家也是'],
    summary: '我也一样',
    example: '附议 9',
    roles: ['resident'],
    isApart: endorsesAnotherConcern,
    parse: (rest, _original, { message }) => ({
      ok: true,
      args: { number: namedForEndorsing({ rest, message }) },
    }),
    async run(context, args) {
      const number = args.number ?? (await waitingFor(deps, context));
      if (number === undefined && isSmallTalk(context)) return NOTHING;
      if (number === undefined)
        return say(context, systemTexts.numberMissing, { kind: 'concern', example: '附议 9' });
      const endorsed = await endorse(context, {
        number,
        conversation: context.message.from,
        ...(context.group && { groupId: context.group.id }),
        name: context.spokenName,
        at: context.message.sentAt,
      });
      const { outcome: _outcome, target: _target, count: _count, ...plain } = endorsed;
      return joinDecisions(plain, answerTo(context, endorsed, number));
    },
  });
}

/** 我也是 is said in every chat; only 附议 is meant for nobody else. */
function isSmallTalk({ message }: MessageContext): boolean {
  const { body, mentionsBot, conversationKind, quote } = message;
  const isAddressed =
    mentionsBot || conversationKind === 'direct' || body.type !== 'text' || quote !== undefined;
  return !isAddressed && !body.text.includes('附');
}

async function waitingFor({ concerns }: ConcernDeps, context: MessageContext): Promise<number | undefined> {
  const waiting = await concerns.waitingOf(context.person.id, context.message.from);
  return waiting?.placeId === context.place.id ? waiting.similarTo?.number : undefined;
}

function answerTo(
  context: MessageContext,
  { outcome, target, count }: EndorsedConcern,
  named: number,
): Decision {
  const { number } = target;
  switch (outcome) {
    case 'endorsed':
      return named === number
        ? say(context, concernTexts.endorsed, { number, count })
        : say(context, concernTexts.endorsedMerged, { number: named, into: number, count });
    case 'already':
      return say(context, concernTexts.endorsedAlready, { number, count });
    case 'own':
      return say(context, concernTexts.endorsedOwn, { number, count });
    case 'answered':
      return say(context, concernTexts.endorsedAnswered, { number: named });
  }
}
