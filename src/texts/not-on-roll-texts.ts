import type { Poll } from '#core/poll';
import { text } from './catalogue.ts';
import { contactWords, shortContact, type Contact } from './words.ts';

type RollKind = NonNullable<Poll['rollKind']>;

/** What somebody who is not found on a roll of this kind can do themselves; nobody is told who is on it. */
const HINTS: Readonly<Record<RollKind, readonly string[]>> = {
  members: ['名册是开投时群里的人，后来进群的下次能投。', '换过账号的，用原来在群里的账号投。'],
  residents: ['您是登记过的居民，私聊发「绑定 房号 姓名 手机尾号」，再投一次。'],
  households: ['您是住户的话，私聊发「绑定 房号 姓名 手机尾号」，再投一次。'],
  list: ['名单上有您，就私聊发「绑定 房号 姓名 手机尾号」。', '不在名单上也能提意见：发「反映」加内容。'],
};

/** Polls opened before the kind was kept count in persons or households; of persons there is nothing to say then. */
export function rollHints({ rollKind, unit }: Pick<Poll, 'rollKind' | 'unit'>): readonly string[] {
  if (rollKind) return HINTS[rollKind];
  return unit === '户' ? HINTS.households : [];
}

interface NotOnRoll {
  readonly topicNumber: number;
  readonly electorate: string;
  readonly contact: Contact;
  readonly roll: Pick<Poll, 'rollKind' | 'unit'>;
}

export const notOnRollTexts = {
  /** Who is recognised while the poll is open may vote at once, where the roll is made of the roster. */
  notOnRoll: text({
    key: 'ballot.notOnRoll',
    to: ['G', 'P'],
    render: ({ topicNumber, electorate, contact, roll }: NotOnRoll, cut) => [
      `这一票没算进去：议题#${topicNumber}由${cut(electorate, 6, 14)}投。`,
      ...rollHints(roll),
      `名册里没找到您。弄错了，找${contactWords(shortContact(contact, cut))}核对。`,
    ],
    shortest: {
      topicNumber: 1,
      electorate: '居民',
      contact: { unit: '社区', name: '刘敏', phone: '110' },
      roll: { unit: '人' },
    },
    longest: {
      topicNumber: 99999,
      electorate: '三号楼一单元二单元三单元全体业主每户一票',
      contact: { unit: '幸福里社区居委会', name: '欧阳刘敏', phone: '0576-88881234' },
      roll: { unit: '人', rollKind: 'list' },
    },
  }),
} as const;
