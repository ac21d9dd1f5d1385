import type { Place } from '#core/people';
import { fixedText, text } from './catalogue.ts';

type Contact = Place['dutyContact'];
const LONG_CONTACT: Contact = {
  name: '欧阳春晓敏',
  unit: '幸福里社区居委会',
  phone: '0855-12345678 转 8001',
};
const SHORT_CONTACT: Contact = { name: '刘敏', unit: '社区', phone: '88881234' };
const LONG_REASON =
  '登记的业主是另一位，请带上房产证或者租房合同到社区服务大厅二号窗口来核对一下，工作日早上九点到下午五点都有人在，周六上午也有人值班';

const contactWords = ({ unit, name, phone }: Contact) => `${unit} ${name}，${phone}`;

/** What residents are told about who they are on the roster; one-to-one only. */
export const rosterChatTexts = {
  how: fixedText(
    'roster.how',
    ['P'],
    '还差楼栋房号和姓名。',
    '例如：「绑定 3-2-501 王芳 尾号1234」',
    '只有社区看得到。',
  ),
  askPrivately: fixedText(
    'roster.askPrivately',
    ['P'],
    '住哪一户，在这里说就行，不用在群里说。',
    '发「绑定 3-2-501 王芳 尾号1234」，换成您自己的。',
    '只有社区看得到。',
  ),
  askPrivatelyHere: fixedText(
    'roster.askPrivatelyHere',
    ['G'],
    '核对住户请和助手私聊，住址和电话别发在群里。',
  ),
  known: fixedText(
    'roster.known',
    ['P'],
    '核对好了，您是这一户的住户。',
    '按户表决的时候，您可以替这一户投票。',
  ),
  alreadyKnown: fixedText('roster.alreadyKnown', ['P'], '早就核对好了，不用再发。'),
  waits: text({
    key: 'roster.waits',
    to: ['P'],
    render: ({ contact }: { contact: Contact }) => [
      '已收到，社区核对后告诉您。',
      `着急，找${contactWords(contact)}。`,
    ],
    shortest: { contact: SHORT_CONTACT },
    longest: { contact: LONG_CONTACT },
  }),
  tooManyTries: text({
    key: 'roster.tooManyTries',
    to: ['P'],
    render: ({ contact }: { contact: Contact }) => [
      '今天试了5次，先停一停。',
      `找${contactWords(contact)}，当面核对最快。`,
    ],
    shortest: { contact: SHORT_CONTACT },
    longest: { contact: LONG_CONTACT },
  }),
  linked: text({
    key: 'roster.linked',
    to: ['P'],
    render: ({ label }: { label: string }) => [
      '社区核对好了。',
      `您是${label}的住户，按户表决的时候可以替这一户投票。`,
    ],
    shortest: { label: '501' },
    longest: { label: '120号楼12单元12001' },
  }),
  unlinked: text({
    key: 'roster.unlinked',
    to: ['P'],
    render: ({ label, contact }: { label: string; contact: Contact }) => [
      '社区改了住户名册。',
      `您现在不算${label}的住户。`,
      `弄错了，找${contactWords(contact)}。`,
    ],
    shortest: { label: '501', contact: SHORT_CONTACT },
    longest: { label: '120号楼12单元12001', contact: LONG_CONTACT },
  }),
  refused: text({
    key: 'roster.refused',
    to: ['P'],
    render: ({ reason, contact }: { reason: string; contact: Contact }) => [
      '社区没能核对上您的住户身份。',
      `原因：${reason}`,
      `有疑问，找${contactWords(contact)}。`,
    ],
    shortest: { reason: '名册里没有这一户', contact: SHORT_CONTACT },
    longest: { reason: LONG_REASON, contact: LONG_CONTACT },
  }),
} as const;
