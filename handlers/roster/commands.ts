import {
  defineCommand,
  replyHere,
  replyPrivately,
  type AnyCommand,
  type MessageContext,
} from '#core/command';
import { NOTHING, type Decision } from '#core/decision';
import { normalizeCommandText } from '#language/normalize';
import { rosterChatTexts } from '#texts/roster-chat-texts';
import { createEnterCode, createIssueCode } from './link-identities.ts';
import { createIntroduce } from './introduce.ts';
import { readIntroduction, type Introduction } from './read-introduction.ts';
import type { RosterDeps } from './roster-deps.ts';

type Said = { readonly introduction: Introduction | undefined; readonly words: string };

/** 绑定 3-2-501 王芳 尾号1234, and the same said as 我是; `concern` takes what 我是 begins and is no introduction. */
export function createRosterCommands(deps: RosterDeps, concern: AnyCommand): readonly AnyCommand[] {
  const introduce = createIntroduce(deps);
  const issue = createIssueCode(deps);
  const enter = createEnterCode(deps);
  const parse = (isFree: boolean) => (_rest: string, original: string) => ({
    ok: true as const,
    args: { introduction: readIntroduction(original, isFree), words: original },
  });
  return [
    defineCommand<{ readonly code: string | undefined }>({
      name: 'identity.link',
      triggers: ['关联'],
      summary: '两个账号算一个人',
      example: '关联',
      roles: ['resident'],
      parse: (rest) => ({ ok: true, args: { code: /^\d{6}$/u.exec(rest.replaceAll(' ', ''))?.[0] } }),
      run: async (context, { code }) => (code === undefined ? issue(context) : enter(context, code)),
    }),
    defineCommand<Said>({
      name: 'roster.introduce',
      triggers: ['绑定'],
      summary: '核对自己是哪一户',
      example: '绑定 3-2-501 王芳 尾号1234',
      roles: ['resident'],
      parse: parse(false),
      run: async (context, { introduction }) =>
        introduction ? introduce(context, introduction) : how(context),
    }),
    defineCommand<Said>({
      name: 'roster.introduceInWords',
      triggers: ['我是'],
      summary: '核对自己是哪一户',
      example: '我是 3号楼2单元501 王芳',
      roles: ['resident'],
      parse: parse(true),
      run: async (context, { introduction, words }) =>
        introduction ? introduce(context, introduction) : talk(context, words, concern),
    }),
  ];
}

function how(context: MessageContext): Decision {
  if (!context.group) return replyHere(context, rosterChatTexts.how(), 'roster.how');
  return replyPrivately(
    context,
    rosterChatTexts.askPrivately(),
    'roster.notHere',
    rosterChatTexts.askPrivatelyHere(),
  );
}

/** 我是3号楼的，路灯坏了: a matter, when it is said to the bot; among neighbours it is nobody's business here. */
function talk(context: MessageContext, words: string, concern: AnyCommand): Promise<Decision> | Decision {
  const isAddressed = context.message.conversationKind === 'direct' || context.message.mentionsBot;
  if (!isAddressed) return { ...NOTHING, event: 'ignored.unaddressed' };
  const whole = `我是${words}`;
  return concern.execute(normalizeCommandText(whole), whole, context);
}
