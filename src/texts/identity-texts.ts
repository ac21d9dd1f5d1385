import { fixedText, text } from './catalogue.ts';

/** What residents are told when two of their accounts become one person here. */
export const identityTexts = {
  code: text({
    key: 'identity.linkCode',
    to: ['P'],
    render: ({ code }: { code: string }) => [
      '关联的6位数字，10分钟内有效。',
      `用您的另一个账号私聊助手，发「关联 ${code}」。`,
      '关联以后算一个人，票和附议只算一次。不要告诉别人。',
    ],
    shortest: { code: '000001' },
    longest: { code: '999999' },
  }),
  wrongCode: text({
    key: 'identity.wrongCode',
    to: ['P'],
    render: ({ left }: { left: number }) => [
      '没有找到这6位数字，或者过了10分钟。',
      left > 0 ? `还可以试${left}次。` : '先停10分钟再试。',
    ],
    shortest: { left: 0 },
    longest: { left: 4 },
  }),
  again: fixedText('identity.again', ['P'], '再发一次「关联」，换一个数字。'),
  askPrivately: fixedText(
    'identity.askPrivately',
    ['P'],
    '关联账号在这里说就行。',
    '发「关联」，拿6位数字。',
  ),
  askPrivatelyHere: fixedText('identity.askPrivatelyHere', ['G'], '关联账号请和助手私聊，数字别发在群里。'),
  tooManyTries: fixedText(
    'identity.tooManyTries',
    ['P'],
    '试了5次，先停10分钟。',
    '再用另一个账号发「关联」，拿新的数字。',
  ),
  sameIdentity: fixedText('identity.same', ['P'], '这是您自己的数字。', '用另一个账号发给助手。'),
  elsewhere: fixedText(
    'identity.elsewhere',
    ['P'],
    '两个账号不在同一个社区，没有关联。',
    '弄错了，找社区核对。',
  ),
  staff: fixedText('identity.staff', ['P'], '工作人员的账号不能自己关联。', '请管理员来办。'),
  /** Both accounts had a vote in open polls. */
  linkedOneVote: text({
    key: 'identity.linkedOneVote',
    to: ['P'],
    render: ({ topicNumbers }: { topicNumbers: readonly number[] }) => [
      '关联好了，两个账号算一个人。',
      `两个账号在议题#${topicNumbers.slice(0, 3).join('、#')}各有一票，并成一票。`,
      '两个都投过的，以后投的那次为准；截止前还能改。',
      '弄错了，找社区拆开。',
    ],
    shortest: { topicNumbers: [1] },
    longest: { topicNumbers: [99999, 99998, 99997, 99996] },
  }),
  linked: fixedText('identity.linked', ['P'], '关联好了，两个账号算一个人。', '弄错了，找社区拆开。'),
  linkUnknown: fixedText(
    'identity.linkUnknown',
    ['S'],
    '没有找到这次关联，或者已经拆开了。',
    '看一下最新的。',
  ),
  unlinked: text({
    key: 'identity.unlinked',
    to: ['S'],
    render: ({ name }: { name: string }, cut) => [`已拆开：${cut(name, 4, 10)}，各算各的`],
    shortest: { name: '王芳' },
    longest: { name: '买买提·吐尔逊阿卜杜热合曼江' },
  }),
} as const;
