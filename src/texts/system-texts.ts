import type { Contact } from './words.ts';
import { fixedText, text } from './catalogue.ts';
import { contactWords, shortContact } from './words.ts';

/** The kinds of things with numbers, as they are named in front of their number. */
export const NUMBER_WORDS = {
  concern: '诉求#',
  topic: '议题#',
  meeting: '协商会#',
  assignment: 'T',
  notice: '通知#',
} as const;

export type NumberedWord = keyof typeof NUMBER_WORDS;

/** Where one finds the right number. */
const WHERE_TO_LOOK: Readonly<Record<NumberedWord, string>> = {
  concern: '发「进度」，看您提过的每一件。',
  topic: '编号在群里的【表决】或【公示】消息里。',
  meeting: '编号在群里的【协商会】消息里。',
  assignment: '发「交办」，看在办的每一件。',
  notice: '发「待办」，看要办的每一件。',
};

const STAFF_WHERE: Readonly<Record<NumberedWord, string>> = {
  ...WHERE_TO_LOOK,
  concern: '发「待办」，看没看和在办的诉求。',
  topic: '发「待办」，看要办的每一件。',
};

const CONTACT_SHORT: Contact = { unit: '社区', name: '刘敏', phone: '110' };
const CONTACT_LONG: Contact = { unit: '幸福里社区居民委员会', name: '欧阳刘敏', phone: '0576-88881234-01' };

export const systemTexts = {
  commandUnknown: fixedText(
    'command.unknown',
    ['G', 'P'],
    '没看明白您的意思。可以这样说：',
    '反映一件事：「反映 路灯坏了」',
    '查办到哪了：「进度」',
    '看全部说法：「帮助」',
  ),
  /** The three likeliest commands, each with what it does and a whole example. */
  commandSuggested: text({
    key: 'command.suggested',
    to: ['G', 'P'],
    render: ({ suggestions }: { suggestions: readonly Suggestion[] }, cut) => [
      '没看明白您的意思。可以这样说：',
      ...suggestions
        .slice(0, 3)
        .map(({ summary, example }) => `${cut(summary, 4, 10)}：「${cut(example, 8, 15)}」`),
    ],
    shortest: { suggestions: [{ summary: '帮助', example: '帮助' }] },
    longest: {
      suggestions: [1, 2, 3].map(() => ({
        summary: '把一件事情登记下来请社区答复',
        example: '反映 三号楼门口的路灯坏了三天没人来修',
      })),
    },
  }),
  /** The same for staff, in the groups of secretaries and departments. */
  commandUnknownStaff: text({
    key: 'command.unknown.staff',
    to: ['S', 'D'],
    render: ({ suggestions }: { suggestions: readonly Suggestion[] }, cut) => [
      '没看明白。可以这样说：',
      ...suggestions
        .slice(0, 3)
        .map(({ summary, example }) => `${cut(summary, 4, 10)}：「${cut(example, 8, 15)}」`),
    ],
    shortest: { suggestions: [{ summary: '帮助', example: '帮助' }] },
    longest: {
      suggestions: [1, 2, 3].map(() => ({
        summary: '把诉求变成议题然后商量',
        example: '表决 3 选项：赞成、反对、弃权 到12月20日18点',
      })),
    },
  }),
  numberUnknown: text({
    key: 'number.unknown',
    to: ['G', 'P'],
    /** A concern's number, unless `kind` says what it is. */
    render: ({ kind = 'concern', number }: { kind?: NumberedWord | undefined; number: number }) => [
      `没有找到${NUMBER_WORDS[kind]}${number}。`,
      WHERE_TO_LOOK[kind],
    ],
    shortest: { number: 1 },
    longest: { kind: 'meeting', number: 9999999 },
  }),
  numberUnknownStaff: text({
    key: 'number.unknown.staff',
    to: ['S', 'D'],
    render: ({ kind, number }: { kind: NumberedWord; number: number }) => [
      `没有找到${NUMBER_WORDS[kind]}${number}。`,
      kind === 'concern' || kind === 'topic' ? STAFF_WHERE[kind] : WHERE_TO_LOOK[kind],
    ],
    shortest: { kind: 'concern', number: 1 },
    longest: { kind: 'meeting', number: 9999999 },
  }),
  numberMissing: text({
    key: 'number.missing',
    to: ['G', 'P', 'S', 'D'],
    /** `example` is a whole message that works: 附议 9. */
    render: ({ kind, example }: { kind: NumberedWord; example: string }, cut) => [
      `还差编号：${{ concern: '哪一件诉求', topic: '哪个议题', meeting: '哪次协商会', assignment: '哪件交办', notice: '哪条通知' }[kind]}。`,
      `例如：「${cut(example, 10, 24)}」`,
    ],
    shortest: { kind: 'concern', example: '附议 9' },
    longest: { kind: 'meeting', example: '延期 T5 至12月31日 供暖前管道没有到货要再等一个星期' },
  }),
  roleWrong: text({
    key: 'role.wrong',
    to: ['G', 'P'],
    render: ({ command }: { command: string }) => [
      `「${command}」由社区工作人员来做。`,
      '您有话要说，发「反映」加内容。',
    ],
    shortest: { command: '公示' },
    longest: { command: '重新打开' },
  }),
  /** Steps of the department that is in charge: 办结, 延期, 退回. */
  roleWrongUnit: text({
    key: 'role.wrong.unit',
    to: ['G', 'P'],
    render: ({ command }: { command: string }) => [
      `「${command}」由承办单位来做。`,
      '您有话要说，发「反映」加内容。',
    ],
    shortest: { command: '办结' },
    longest: { command: '申请延期' },
  }),
  rateLimited: text({
    key: 'rate.limited',
    to: ['G', 'P'],
    render: ({ count }: { count: number }) => [
      `收到您${count}条消息，都已保存，不用重发。`,
      '整理好一起回复您。',
    ],
    shortest: { count: 6 },
    longest: { count: 5000 },
  }),
  rateLimitedHere: fixedText(
    'rate.limited.here',
    ['G'],
    '消息来得太快，都已保存，不用重发。',
    '整理好一起回复大家。',
  ),
  slow: fixedText('system.slow', ['G', 'P'], '现在有点忙，回复会慢几分钟。', '您发的都保存了，不用重发。'),
  /** One message could not be handled after several tries. */
  failed: text({
    key: 'system.failed',
    to: ['G', 'P'],
    render: ({ contact }: { contact: Contact }, cut) => [
      '这条消息没能自动办好，已经保存，不用重发。',
      `工作人员会来看。着急的，找${contactWords(shortContact(contact, cut))}。`,
    ],
    shortest: { contact: CONTACT_SHORT },
    longest: { contact: CONTACT_LONG },
  }),
  /** A kind of message that the bot cannot read: voice, video, a mini program. */
  unreadable: fixedText(
    'system.unreadable',
    ['G', 'P'],
    '收到了，这种消息看不到内容。',
    '请用文字说一遍，照片可以直接发。',
  ),
  welcome: text({
    key: 'group.welcome',
    to: ['G'],
    render: ({ place, bot }: { place: string; bot: string }, cut) => [
      `大家好，我是${cut(place, 3, 8)}的议事助手。`,
      `有事@我说，例如：@${cut(bot, 4, 6)} 3号楼路灯坏了。`,
      '不叫我，我不说话。群里的话大家看得见，不想公开就私聊。',
      '怎么用，发「帮助」。',
    ],
    shortest: { place: '幸福里', bot: '议事助手' },
    longest: { place: '台州市椒江区葭沚街道幸福里社区', bot: '幸福里社区居民议事协商助手' },
  }),
  /** The bot is addressed in a group that no place has been named for. */
  groupUnknown: fixedText(
    'group.unknown',
    ['G'],
    '这个群还没有连到社区，先办不了事。',
    '请社区工作人员在后台「群」里点「连一个群」。',
  ),
  /** Somebody writes one-to-one and nobody knows which community they belong to. */
  personUnknown: fixedText(
    'person.unknown',
    ['P'],
    '还不知道您住在哪个社区。',
    '先在社区的群里@议事助手说一句话，再来私聊。',
    '您发的已经保存。',
  ),
  /** To prove that two accounts are one person. */
  identityCode: text({
    key: 'identity.code',
    to: ['P'],
    render: ({ code, minutes }: { code: string; minutes: number }) => [
      `验证码：${code}`,
      `${minutes}分钟内有效，只用一次，不要告诉别人。`,
      '不是您要的，不用管它。',
    ],
    shortest: { code: '123456', minutes: 10 },
    longest: { code: '12345678', minutes: 120 },
  }),
  /** The other one of two at once was faster. */
  changedMeanwhile: fixedText(
    'system.changedMeanwhile',
    ['S', 'D'],
    '别人刚改过，这一步还没做。',
    '看一下现在的样子，再发一次。',
  ),
  /** A step that the state of the thing does not allow; `state` in words: 已截止. */
  notNow: text({
    key: 'system.notNow',
    to: ['S', 'D'],
    render: (
      {
        kind,
        number,
        state,
        command,
      }: { kind: NumberedWord; number: number; state: string; command: string },
      cut,
    ) => [`${NUMBER_WORDS[kind]}${number}现在是「${cut(state, 4, 8)}」，还不能「${cut(command, 2, 6)}」。`],
    shortest: { kind: 'topic', number: 1, state: '征题', command: '公示' },
    longest: { kind: 'meeting', number: 99999, state: '有异议，先停下来商量', command: '重新打开再公示' },
  }),
} as const;

export interface Suggestion {
  readonly summary: string;
  readonly example: string;
}
