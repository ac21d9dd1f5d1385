import type { DelegationProblem } from '#core/delegation';
import { fixedText, text } from './catalogue.ts';
import { oneLine } from './units.ts';
import type { Contact } from './words.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';
const LABEL = '120号楼12单元12001等3套';
const LONG_OPTION = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出';
const SHORT_CONTACT: Contact = { unit: '社区', name: '刘敏', phone: '88881234' };
const LONG_CONTACT: Contact = {
  unit: '幸福里社区居委会',
  name: '欧阳春晓敏',
  phone: '0855-12345678 转 8001',
};

/** Why a delegation was not taken, to the voter. What others have given is theirs to tell. */
const PROBLEM_WORDS = {
  notAllowed: '这次表决的规则不能委托，请自己投。',
  self: '自己的票自己投，不用委托。',
  given: '您已经委托过了。要换人，先发「撤销委托」。',
  isHolder: '您正受别人委托，自己的票就不能再委托出去。',
  holderGave: '对方这次不能受托，请换一位。',
  full: '对方这次不能受托，请换一位。',
  declined: '对方退回过您的委托。请换一位，或者自己投。',
} as const satisfies Record<DelegationProblem, string>;

const STAFF_WORDS = {
  notAllowed: '这次表决的规则不能委托。',
  self: '委托人和受托人是同一户。',
  given: '委托人已经委托过了，先撤销原来的。',
  isHolder: '委托人正受别人委托，不能再转托。',
  holderGave: '受托人把自己的票委托出去了，不能再受托。',
  full: '受托人受托的已经满了。',
  declined: '受托人退回过这份委托。',
} as const satisfies Record<DelegationProblem, string>;

/** What stands for a voter: nothing, what somebody authorised cast, or their own, in person or on paper. */
export type StandingVote = 'none' | 'proxy' | 'own';

function afterWithdrawal(stands: StandingVote, closes: string): string {
  if (stands === 'own') return '您的票已经有了，照算，不用再投。';
  if (stands === 'none') return `${closes}前，请您自己投。`;
  return `对方已经替您投过，那一票还算。要改，${closes}前您自己再投，以您的为准。`;
}

/** Texts about voting for somebody else who authorised it (委托). */
export const delegationTexts = {
  askPrivately: fixedText(
    'delegation.askPrivately',
    ['G'],
    '委托和代投不在群里说。',
    '请跟议事助手私聊，再发一次。',
  ),
  how: text({
    key: 'delegation.how',
    to: ['P'],
    render: ({ contact }: { contact: Contact }) => [
      '还差委托给哪一户。例如：「委托 3-2-501」',
      '受托的要在这次表决的名册上，也绑定过议事助手。',
      `写了委托书的，交给${contact.unit} ${contact.name}也行，${contact.phone}。`,
    ],
    shortest: { contact: SHORT_CONTACT },
    longest: { contact: LONG_CONTACT },
  }),
  whichPoll: text({
    key: 'delegation.whichPoll',
    to: ['P'],
    render: ({ command, topics }: { command: string; topics: readonly number[] }) => [
      '现在有几个表决，还没记下是哪一个。',
      `例如：「${command} 议题${topics[0] ?? 1} 3-2-501」，议题是${topics.slice(0, 5).join('、')}里的一个。`,
    ],
    shortest: { command: '委托', topics: [1, 2] },
    longest: { command: '撤销委托', topics: [99991, 99992, 99993, 99994, 99995, 99996] },
  }),
  refused: text({
    key: 'delegation.refused',
    to: ['P'],
    render: ({ topicNumber, why }: { topicNumber: number; why: DelegationProblem }) => [
      `没有记下委托：议题#${topicNumber}。`,
      PROBLEM_WORDS[why],
    ],
    shortest: { topicNumber: 1, why: 'notAllowed' },
    longest: { topicNumber: 99999, why: 'given' },
  }),
  /** No such voter, several, one whom the bot does not know, or somebody who speaks for several: one answer. */
  unclear: text({
    key: 'delegation.unclear',
    to: ['P'],
    render: ({ topicNumber, contact }: { topicNumber: number; contact: Contact }) => [
      `没有记下委托：议题#${topicNumber}。`,
      '按这个房号，找不准一位能受托的。一户有几位投票人的，房号后面写上姓名。',
      `还不行，把委托书交给${contact.unit} ${contact.name}，${contact.phone}。`,
    ],
    shortest: { topicNumber: 1, contact: SHORT_CONTACT },
    longest: { topicNumber: 99999, contact: LONG_CONTACT },
  }),
  given: text({
    key: 'delegation.given',
    to: ['P'],
    render: ({ topicNumber, holder, closes }: Given) => [
      `委托记下了：议题#${topicNumber}。`,
      `由${holder}替您投，已经告诉对方。`,
      `${closes}前您自己也能投，以您自己投的为准。`,
      '不委托了，回复「撤销委托」。',
    ],
    shortest: { topicNumber: 1, holder: '501', closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, holder: LABEL, closes: LONG_MOMENT },
  }),
  /** To whoever speaks for the voter and did not do it themselves. */
  givenForYou: text({
    key: 'delegation.givenForYou',
    to: ['P'],
    render: ({ topicNumber, holder, isPaper, contact }: GivenForYou) => [
      `您的票委托出去了：议题#${topicNumber}。`,
      `由${holder}替您投，${isPaper ? '是社区按委托书记的' : '是同一户的人说的'}。`,
      '您自己也能投，以您自己投的为准。',
      `不是您的意思，回复「撤销委托」，或找${contact.unit} ${contact.name}，${contact.phone}。`,
    ],
    shortest: { topicNumber: 1, holder: '501', isPaper: true, contact: SHORT_CONTACT },
    longest: { topicNumber: 99999, holder: LABEL, isPaper: true, contact: LONG_CONTACT },
  }),
  /** To whoever was authorised. Nobody has to. */
  received: text({
    key: 'delegation.received',
    to: ['P'],
    render: ({ topicNumber, voter, say, decline, closes }: Received) => [
      `有人委托您投票：议题#${topicNumber}。`,
      `${voter}的票请您代投，${closes}截止。`,
      `在这里回复「${say}」，最后是选项的数字。`,
      '照对方的意思投。',
      `不想代，回复「${decline}」，会告诉对方。`,
    ],
    shortest: {
      topicNumber: 1,
      voter: '501',
      say: '代投 501 1',
      decline: '退回委托 议题1 501',
      closes: '1月2日（周日）8:00',
    },
    longest: {
      topicNumber: 99999,
      voter: LABEL,
      say: '代投 议题99999 120-12-12001 1',
      decline: '退回委托 议题99999 120-12-12001',
      closes: LONG_MOMENT,
    },
  }),
  none: text({
    key: 'delegation.none',
    to: ['P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}没有您的委托。`,
      '要委托，例如：「委托 3-2-501」',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  withdrawn: text({
    key: 'delegation.withdrawn',
    to: ['P'],
    render: ({ topicNumber, stands, closes }: Withdrawn) => [
      `委托撤销了：议题#${topicNumber}。`,
      afterWithdrawal(stands, closes),
    ],
    shortest: { topicNumber: 1, stands: 'none', closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, stands: 'proxy', closes: LONG_MOMENT },
  }),
  withdrawnFromYou: text({
    key: 'delegation.withdrawnFromYou',
    to: ['P'],
    render: ({ topicNumber, voter }: { topicNumber: number; voter: string }) => [
      `委托撤销了：议题#${topicNumber}。`,
      `${voter}的票，不用您代投了。`,
    ],
    shortest: { topicNumber: 1, voter: '501' },
    longest: { topicNumber: 99999, voter: LABEL },
  }),
  notHeld: text({
    key: 'delegation.notHeld',
    to: ['P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `这一票没算进去：议题#${topicNumber}。`,
      '没有这样委托您的。要投自己的票，发「投 1」这样的就行。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** 代投 alone, or without a choice or a door. */
  held: text({
    key: 'delegation.held',
    to: ['P'],
    render: ({ topicNumber, voters }: { topicNumber: number; voters: readonly HeldVoter[] }) => [
      `委托您投的：议题#${topicNumber}。`,
      ...voters
        .slice(0, 3)
        .map(({ label, say, isVoted }) => `${label}${isVoted ? '，已有票' : ''}：回复「${say}」`),
      ...(voters.length > 3 ? [`一共${voters.length}个。`] : []),
      '最后是选项的数字。',
    ],
    shortest: { topicNumber: 1, voters: [{ label: '501', say: '代投 501 1', isVoted: false }] },
    longest: {
      topicNumber: 99999,
      voters: [1, 2, 3, 4].map(() => ({ label: LABEL, say: '代投 120-12-12001 1', isVoted: true })),
    },
  }),
  cast: text({
    key: 'delegation.cast',
    to: ['P'],
    render: ({ topicNumber, voter, option, closes }: CastFor) => [
      `替${voter}投的票收到了：议题#${topicNumber}。`,
      `选的是「${oneLine(option)}」。`,
      `${closes}前，再发一次就能改；本人自己投了，以本人的为准。`,
    ],
    shortest: { topicNumber: 1, voter: '501', option: '赞成', closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, voter: LABEL, option: LONG_OPTION, closes: LONG_MOMENT },
  }),
  overruled: text({
    key: 'delegation.overruled',
    to: ['P'],
    render: ({ topicNumber, voter }: { topicNumber: number; voter: string }) => [
      `这一票没算进去：议题#${topicNumber}。`,
      `${voter}已经有自己的票，以那一票为准。`,
    ],
    shortest: { topicNumber: 1, voter: '501' },
    longest: { topicNumber: 99999, voter: LABEL },
  }),
  /** To the voter, never what was chosen. */
  castForYou: text({
    key: 'delegation.castForYou',
    to: ['P'],
    render: ({ topicNumber, holder, closes }: Given) => [
      `受委托的人替您投了：议题#${topicNumber}。`,
      `是${holder}投的。`,
      `要改，${closes}前您自己投一次，以您自己投的为准。`,
    ],
    shortest: { topicNumber: 1, holder: '501', closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, holder: LABEL, closes: LONG_MOMENT },
  }),
  staffRefused: text({
    key: 'delegation.staffRefused',
    to: ['S'],
    render: ({ why }: { why: DelegationProblem }) => ['委托没有记下。', STAFF_WORDS[why]],
    shortest: { why: 'self' },
    longest: { why: 'holderGave' },
  }),
  holderUnreachable: fixedText(
    'delegation.holderUnreachable',
    ['S'],
    '受托人还没有核对绑定，投不了，委托没有记下。',
    '先请受托人绑定；或者请委托人直接交纸票。',
  ),
  staffHow: fixedText(
    'delegation.staffHow',
    ['S'],
    '写上议题和两个房号，房号要各是一户。',
    '例如：「委托 3 3-2-501 给 3-2-502」',
  ),
  staffGiven: text({
    key: 'delegation.staffGiven',
    to: ['S'],
    render: ({ voter, holder }: { voter: string; holder: string }, cut) => [
      `已记委托：${cut(voter, 8, 20)} → ${cut(holder, 8, 20)}`,
    ],
    shortest: { voter: '501', holder: '502' },
    longest: { voter: LABEL, holder: LABEL },
  }),
  staffWithdrawn: text({
    key: 'delegation.staffWithdrawn',
    to: ['S'],
    render: ({ voter }: { voter: string }) => [`已撤销委托：${voter}`],
    shortest: { voter: '501' },
    longest: { voter: LABEL },
  }),
  staffNone: fixedText('delegation.staffNone', ['S'], '没有这份委托，或者已经撤销了。', '刷新再看。'),
} as const;

interface Given {
  readonly topicNumber: number;
  readonly holder: string;
  readonly closes: string;
}

interface GivenForYou {
  readonly topicNumber: number;
  readonly holder: string;
  readonly isPaper: boolean;
  readonly contact: Contact;
}

interface Received {
  readonly topicNumber: number;
  readonly voter: string;
  /** What can be said, whole: 代投 3-2-501 1. */
  readonly say: string;
  /** The same not to vote for them: 退回委托 议题3 3-2-501. */
  readonly decline: string;
  readonly closes: string;
}

interface Withdrawn {
  readonly topicNumber: number;
  readonly stands: StandingVote;
  readonly closes: string;
}

interface HeldVoter {
  readonly label: string;
  readonly say: string;
  readonly isVoted: boolean;
}

interface CastFor {
  readonly topicNumber: number;
  readonly voter: string;
  readonly option: string;
  readonly closes: string;
}
