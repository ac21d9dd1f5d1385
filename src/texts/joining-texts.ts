import { text } from './catalogue.ts';
import { contactWords, type Contact } from './words.ts';

/**
 * Why two accounts with a vote each in one open poll are not made one by a code: two residents whom staff verified, a
 * delegation that stands, or one by which somebody has voted.
 */
export type NotJoinedWhy = 'residents' | 'delegated' | 'cast';

interface NotJoined {
  readonly why: NotJoinedWhy;
  readonly topicNumber: number;
  readonly closes: string;
  readonly contact: Contact;
}

interface NotJoinedStaff {
  readonly why: NotJoinedWhy;
  readonly topicNumber: number;
  readonly names: readonly [string, string];
}

const WHY_WORDS: Readonly<Record<NotJoinedWhy, string>> = {
  residents: '名册上是两位住户',
  delegated: '有一票受着委托或者委托出去了',
  cast: '有一票代投过',
};

/** What staff can do about it. */
const STAFF_WORDS: Readonly<Record<NotJoinedWhy, string>> = {
  residents: '确是一个人，在名册里解除一位，再请本人关联',
  delegated: '要现在关联，请本人先撤销或退回委托',
  cast: '截止后再关联，助手会提醒本人',
};

function now(why: NotJoinedWhy, topicNumber: number): readonly string[] {
  if (why === 'residents') return ['真是同一个人，找社区核对，改好名册再发「关联」。'];
  if (why === 'cast') return [];
  return [`有委托的那个账号先发「撤销委托 ${topicNumber}」或「退回委托 ${topicNumber}」，再发「关联」。`];
}

/** Texts about two accounts that are not made one yet. */
export const joiningTexts = {
  notJoined: text({
    key: 'identity.bothVote',
    to: ['P'],
    render: ({ why, topicNumber, closes, contact }: NotJoined) => [
      '现在没有关联，两边的票都还在。',
      `两个账号在议题#${topicNumber}里各有一票，${WHY_WORDS[why]}。`,
      ...now(why, topicNumber),
      `不急的话，${closes}截止后再关联，到时候提醒您。`,
      `已经告诉社区。有疑问找${contactWords(contact)}。`,
    ],
    shortest: {
      why: 'cast',
      topicNumber: 1,
      closes: '1月2日（周日）8:00',
      contact: { unit: '社区', name: '刘敏', phone: '88881234' },
    },
    longest: {
      why: 'delegated',
      topicNumber: 99999,
      closes: '2027年12月20日（周五）18:00',
      contact: { unit: '幸福里社区居委会', name: '欧阳春晓敏', phone: '0855-12345678 转 8001' },
    },
  }),
  /** To both accounts, when what stood in the way is over. */
  again: text({
    key: 'identity.joinAgain',
    to: ['P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}截止了，您的两个账号可以关联了。`,
      '在一个账号发「关联」，再到另一个账号发收到的6位数字。',
      '已经关联好的，不用理它。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  notJoinedForStaff: text({
    key: 'identity.notJoinedStaff',
    to: ['S'],
    render: ({ why, topicNumber, names: [one, other] }: NotJoinedStaff, cut) => [
      `两个账号没有关联成：${cut(one, 3, 8)}、${cut(other, 3, 8)}`,
      `议题#${topicNumber}里各有一票，${WHY_WORDS[why]}`,
      STAFF_WORDS[why],
    ],
    shortest: { why: 'cast', topicNumber: 1, names: ['王芳', '孙丽'] },
    longest: {
      why: 'residents',
      topicNumber: 99999,
      names: ['买买提·吐尔逊阿卜杜热合曼江', '幸福里三号楼二单元热心肠的张桂兰'],
    },
  }),
} as const;
