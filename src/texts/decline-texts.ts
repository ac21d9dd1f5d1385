import { text } from './catalogue.ts';
import type { StandingVote } from './delegation-texts.ts';
import { contactWords, type Contact } from './words.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';
const LABEL = '120号楼12单元12001等3套';

interface Declined {
  readonly topicNumber: number;
  readonly voter: string;
  /** What stands for the voter is what the holder cast. */
  readonly wasUsed: boolean;
  /** Whoever asked hears it from us; else staff do. */
  readonly isVoterTold: boolean;
}

interface DeclinedForVoter {
  readonly topicNumber: number;
  readonly holder: string;
  readonly stands: StandingVote;
  readonly closes: string;
  readonly contact: Contact;
}

interface DeclinedForStaff {
  readonly topicNumber: number;
  readonly voter: string;
  readonly holder: string;
  readonly stands: StandingVote;
}

interface Which {
  readonly topicNumber: number;
  readonly voters: readonly { readonly label: string; readonly say: string }[];
}

const STAFF_WORDS: Readonly<Record<StandingVote, string>> = {
  none: '还没有票，自己投或换一位',
  proxy: '已代投的一票还算，要改自己投',
  own: '已经有自己的票，照算',
};

function voterWords(stands: StandingVote, closes: string): string {
  if (stands === 'own') return '您的票已经有了，照算，不用再投。';
  if (stands === 'proxy') return `已经替您投过的那一票还算。要改，${closes}前您自己再投，以您的为准。`;
  return `您还没有票。${closes}前请自己投，或者换一位，例如「委托 3-2-501」。`;
}

/** Texts about a delegation that the holder does not take (退回委托). */
export const declineTexts = {
  /** To the holder who said it. */
  declined: text({
    key: 'delegation.declined',
    to: ['P'],
    render: ({ topicNumber, voter, wasUsed, isVoterTold }: Declined) => [
      `委托退回了：议题#${topicNumber}。`,
      wasUsed ? `您替${voter}投过的那一票还算，以后不能再替对方改。` : `${voter}的票，不用您代投了。`,
      isVoterTold ? '已经告诉对方。' : '已经告诉社区，请社区转告对方。',
    ],
    shortest: { topicNumber: 1, voter: '501', wasUsed: false, isVoterTold: true },
    longest: { topicNumber: 99999, voter: LABEL, wasUsed: true, isVoterTold: false },
  }),
  /** To the others who speak for the holder. */
  declinedByMember: text({
    key: 'delegation.declinedByMember',
    to: ['P'],
    render: ({ topicNumber, voter, wasUsed }: Omit<Declined, 'isVoterTold'>) => [
      `您同户的人把委托退回了：议题#${topicNumber}。`,
      wasUsed ? `替${voter}投过的那一票还算，以后不能再替对方改。` : `${voter}的票，不用代投了。`,
    ],
    shortest: { topicNumber: 1, voter: '501', wasUsed: false },
    longest: { topicNumber: 99999, voter: LABEL, wasUsed: true },
  }),
  /** To the voter: what stands now, and what to do. */
  declinedYours: text({
    key: 'delegation.declinedYours',
    to: ['P'],
    render: ({ topicNumber, holder, stands, closes, contact }: DeclinedForVoter) => [
      `您的委托被退回了：议题#${topicNumber}。`,
      `${holder}不替您投了。`,
      voterWords(stands, closes),
      `不方便投，找${contactWords(contact)}。`,
    ],
    shortest: {
      topicNumber: 1,
      holder: '501',
      stands: 'none',
      closes: '1月2日（周日）8:00',
      contact: { unit: '社区', name: '刘敏', phone: '88881234' },
    },
    longest: {
      topicNumber: 99999,
      holder: LABEL,
      stands: 'proxy',
      closes: LONG_MOMENT,
      contact: { unit: '幸福里社区居委会', name: '欧阳春晓敏', phone: '0855-12345678 转 8001' },
    },
  }),
  /** To the secretaries, where the authorisation was on paper or the voter is not in chat. */
  declinedForStaff: text({
    key: 'delegation.declinedForStaff',
    to: ['S'],
    render: ({ topicNumber, voter, holder, stands }: DeclinedForStaff, cut) => [
      `委托被退回：议题#${topicNumber}，受托的是${cut(holder, 6, 14)}`,
      `请转告${cut(voter, 6, 14)}：${STAFF_WORDS[stands]}`,
    ],
    shortest: { topicNumber: 1, voter: '501', holder: '502', stands: 'own' },
    longest: { topicNumber: 99999, voter: LABEL, holder: LABEL, stands: 'proxy' },
  }),
  /** 退回委托 of nobody who stands, also when it is said again. */
  nothing: text({
    key: 'delegation.nothingToDecline',
    to: ['P'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}现在没有谁委托您投票。`,
      '退回过的和撤销了的，不用再退。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  /** Several authorised the holder, or somebody else was named. */
  which: text({
    key: 'delegation.whichToDecline',
    to: ['P'],
    render: ({ topicNumber, voters }: Which) => [
      `还没退回。委托您投票的：议题#${topicNumber}。`,
      ...voters.slice(0, 4).map(({ label, say }) => `${label}：回复「${say}」`),
      ...(voters.length > 4 ? [`一共${voters.length}个，别的照样写房号。`] : []),
    ],
    shortest: { topicNumber: 1, voters: [{ label: '501', say: '退回委托 议题1 501' }] },
    longest: {
      topicNumber: 99999,
      voters: [1, 2, 3, 4, 5].map(() => ({ label: LABEL, say: '退回委托 议题99999 120-12-12001' })),
    },
  }),
} as const;
