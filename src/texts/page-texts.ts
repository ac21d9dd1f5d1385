import type { Place } from '#core/people';
import { text } from './catalogue.ts';

type Contact = Place['dutyContact'];

interface Received {
  readonly topicNumber: number;
  readonly closes: string;
  readonly isChange: boolean;
  readonly contact: Contact;
}

const SHORT_CONTACT: Contact = { name: '刘敏', unit: '社区', phone: '110' };
const LONG_CONTACT: Contact = {
  name: '欧阳春晓敏',
  unit: '幸福里社区居委会',
  phone: '0855-12345678 转 8001',
};

/** What is said one-to-one to whoever votes on a poll's page. */
export const pageTexts = {
  /** Whoever did not ask for it is told what to do: nothing. */
  code: text({
    key: 'page.code',
    to: ['P'],
    render: ({ topicNumber, code }: { topicNumber: number; code: string }) => [
      `投票码：${code}，议题#${topicNumber}网页投票用。`,
      '10分钟内填到网页上，只能用一次。',
      '不是您在投，不用理它。别告诉别人。',
    ],
    shortest: { topicNumber: 1, code: '000000' },
    longest: { topicNumber: 99999, code: '482109' },
  }),
  /** Never says what was chosen: whose phone this is chose on another screen. */
  received: text({
    key: 'ballot.fromPage',
    to: ['P'],
    render: ({ topicNumber, closes, isChange, contact }: Received) => [
      isChange ? `已改：议题#${topicNumber}，在网页上改的。` : `您的票已收到：议题#${topicNumber}。`,
      isChange ? '原来的不算了。' : '是在网页上投的。',
      `${closes}前，在网页或这里再投一次就能改。`,
      `不是您投的，找${contact.unit} ${contact.name}，${contact.phone}。`,
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）8:00', isChange: false, contact: SHORT_CONTACT },
    longest: {
      topicNumber: 99999,
      closes: '2027年12月20日（周五）18:00',
      isChange: true,
      contact: LONG_CONTACT,
    },
  }),
  /** To whoever voted for somebody else. */
  castForOther: text({
    key: 'ballot.proxyFromPage',
    to: ['P'],
    render: ({ topicNumber, voter, closes, contact }: ForOther) => [
      `替${voter}投的票收到了：议题#${topicNumber}。`,
      '是在网页上投的。',
      `${closes}前，在网页或这里再投一次就能改；本人自己投了，以本人的为准。`,
      `不是您投的，找${contact.unit} ${contact.name}，${contact.phone}。`,
    ],
    shortest: { topicNumber: 1, voter: '501', closes: '1月2日（周日）8:00', contact: SHORT_CONTACT },
    longest: {
      topicNumber: 99999,
      voter: '120号楼12单元12001等3套',
      closes: '2027年12月20日（周五）18:00',
      contact: LONG_CONTACT,
    },
  }),
} as const;

interface ForOther {
  readonly topicNumber: number;
  readonly voter: string;
  readonly closes: string;
  readonly contact: Contact;
}
