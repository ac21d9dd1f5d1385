import { type AnyCommand, defineCommand, type MessageContext } from '#core/command';
import { type Decision, joinDecisions, NOTHING } from '#core/decision';
import { isBlankOrEmoji, stripQuote } from '#language/message-frame';
import { MAX_TEXT_CHARS, normalizeCommandText } from '#language/normalize';
import { similarCard } from '#texts/concern-cards';
import { concernTexts } from '#texts/concern-texts';
import { RAISE, raisesAnotherMatter } from './apart.ts';
import type { ConcernDeps } from './deps.ts';
import { createRaiseConcern, type RaisedConcern } from './raise.ts';
import { promisedDay } from './register.ts';
import { say, sayWithCard } from './reply.ts';
import { createSettleWaiting } from './settle-waiting.ts';

interface RaiseArgs {
  readonly text: string;
  readonly isUnsure: boolean;
}

/** 反映 …: registers a concern. The router also hands it free words said to the bot among residents or one-to-one. */
export function createRaiseCommand(deps: ConcernDeps): AnyCommand {
  const raise = createRaiseConcern(deps);
  return defineCommand<RaiseArgs>({
    name: RAISE,
    triggers: ['反映', '反应', '诉求', '投诉', '建议', '报修', '举报', '求助', '上报'],
    summary: '反映一件事',
    example: '反映 3号楼门口路灯坏了',
    roles: ['resident'],
    isApart: raisesAnotherMatter,
    parse: (_rest, original) => ({ ok: true, args: { text: original, isUnsure: false } }),
    run: async (context, args) => (isSmallTalk(context) ? NOTHING : raised(context, raise, args)),
  });
}

/** 登记: confirms what the bot asked about; with words behind it, registers these. */
export function createConfirmCommand(deps: ConcernDeps): AnyCommand {
  const raise = createRaiseConcern(deps);
  const settle = createSettleWaiting(deps);
  return defineCommand<{ text: string }>({
    name: 'concern.confirm',
    triggers: ['登记', '记下来', '记一下'],
    summary: '确认登记',
    example: '登记',
    roles: ['resident'],
    parse: (_rest, original) => ({ ok: true, args: { text: original } }),
    run: (context, { text }) =>
      isBlankOrEmoji(text) ? settle(context) : raised(context, raise, { text, isUnsure: false }),
  });
}

/** A question that may be meant as a concern: it is kept, and its author is asked. Has no trigger; the router calls it. */
export function createAskCommand(deps: ConcernDeps): AnyCommand {
  const raise = createRaiseConcern(deps);
  return defineCommand<RaiseArgs>({
    name: 'concern.ask',
    triggers: [],
    summary: '问是不是要登记',
    example: '报修单在哪里',
    roles: ['resident'],
    parse: (_rest, original) => ({ ok: true, args: { text: original, isUnsure: true } }),
    run: (context, args) => raised(context, raise, args),
  });
}

// Words that also begin small talk: 建议大家明天带伞, 反应很快.
const WEAK_TRIGGER = /^(?:建议|反应|诉求|求助)(?![\s:,、。])/u;

/** Said among neighbours: a weak trigger without a gap behind it, and the bot not addressed. */
function isSmallTalk({ message }: MessageContext): boolean {
  const { body, mentionsBot, conversationKind } = message;
  if (mentionsBot || conversationKind === 'direct' || body.type !== 'text') return false;
  return WEAK_TRIGGER.test(normalizeCommandText(stripQuote(body.text).text.slice(0, 200)));
}

async function raised(
  context: MessageContext,
  raise: ReturnType<typeof createRaiseConcern>,
  args: RaiseArgs,
): Promise<Decision> {
  const { message, spokenName, group } = context;
  const decision = await raise(context, {
    ...args,
    attachments: message.attachments,
    raisedIn: message.from,
    ...(group && { groupId: group.id }),
    authorName: spokenName,
    raisedAt: message.sentAt,
  });
  const { concern: _concern, similar: _similar, isCut: _isCut, ...plain } = decision;
  return joinDecisions(plain, answerTo(context, decision));
}

function answerTo(context: MessageContext, { concern, similar, isCut }: RaisedConcern): Decision {
  if (concern.state === 'unsure') return say(context, concernTexts.unsure, undefined);
  if (similar) {
    const { number, title } = similar;
    const minutes = context.place.rules.similarWaitMinutes;
    return sayWithCard(context, concernTexts.similar, { number, title, minutes }, similarCard(similar));
  }
  return say(context, concernTexts.registered, {
    number: concern.number ?? 0,
    title: concern.title,
    answerBy: promisedDay(context.place, concern, context.now),
    ...(isCut && { cutAt: MAX_TEXT_CHARS }),
  });
}
