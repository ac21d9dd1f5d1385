import { text } from './catalogue.ts';
import { contactWords, type Contact } from './words.ts';

interface Joined {
  readonly topicNumber: number;
  readonly contact: Contact;
}

/** Texts to an account whose vote went to another account of the same person. */
export const joinedTexts = {
  /** Instead of a receipt, and instead of a vote that would be a second one. */
  voteElsewhere: text({
    key: 'ballot.joined',
    to: ['P'],
    render: ({ topicNumber, contact }: Joined) => [
      `议题#${topicNumber}：这个账号的票没有丢，关联时并到您的另一个账号名下了。`,
      '两个账号只有一票，以后投的那次为准。',
      `回执和改票，都用那个账号发，比如「回执 ${topicNumber}」。`,
      `弄错了，找${contactWords(contact)}核对。`,
    ],
    shortest: { topicNumber: 1, contact: { unit: '社区', name: '刘敏', phone: '88881234' } },
    longest: {
      topicNumber: 99999,
      contact: { unit: '幸福里社区居委会', name: '欧阳春晓敏', phone: '0855-12345678 转 8001' },
    },
  }),
} as const;
