import type { BallotPath } from '#core/poll';
import type { Place } from '#core/people';
import { fixedText, text } from './catalogue.ts';

type Contact = Place['dutyContact'];
const LONG_CONTACT: Contact = {
  name: '欧阳春晓敏',
  unit: '幸福里社区居委会',
  phone: '0855-12345678 转 8001',
};
const SHORT_CONTACT: Contact = { name: '刘敏', unit: '社区', phone: '88881234' };
const LABEL = '120号楼12单元12001';

/** How staff came by a ballot that they enter. */
export const ENTERED_WORDS = { paper: '纸票', phone: '电话', visit: '上门' } as const satisfies Partial<
  Record<BallotPath, string>
>;

/** Where a ballot came from, in a table. */
export const PATH_WORDS = {
  group: '在群里投',
  direct: '私聊投',
  page: '在网页投',
  paper: '代录：纸票',
  phone: '代录：电话',
  visit: '代录：上门',
  proxy: '受托人投',
} as const satisfies Record<BallotPath, string>;

/** Names in the table of a counted poll. */
export const RESULT_TABLE = {
  result: '结果',
  topic: '议题',
  verdict: '结论',
  voted: '投了',
  check: '够不够',
  joined: '并票',
  early: '提前截止',
  annulled: '作废',
  opening: '开投指纹',
  code: '核验码',
  voters: '名册',
  voter: '投票人',
  area: '专有面积',
  how: '怎么投的',
  choice: '选的',
  absent: '没投',
} as const;

/** Texts about who may vote and about ballots that staff enter for voters. */
export const rollTexts = {
  rosterEmpty: fixedText('roll.rosterEmpty', ['S'], '还没有名册，不知道谁能投。', '先在「居民」里导入名册。'),
  partUnknown: text({
    key: 'roll.partUnknown',
    to: ['S'],
    render: ({ part }: { part: string }) => [
      `名册里没有${part}，不知道谁能投。`,
      '看看楼栋和单元选对了没有。',
    ],
    shortest: { part: '3号楼' },
    longest: { part: '120号楼12单元' },
  }),
  listUnknown: fixedText('roll.listUnknown', ['S'], '没有找到这份名单。', '在「居民」的名单里看。'),
  voterUnknown: fixedText(
    'roll.voterUnknown',
    ['S'],
    '这次表决的名册里没有这一户，票没录。',
    '看看房号写对了没有。',
  ),
  choiceWrong: fixedText(
    'roll.choiceWrong',
    ['S'],
    '选的和这次表决的选项对不上，票没录。',
    '照票上的再填一次。',
  ),
  timeWrong: fixedText(
    'roll.timeWrong',
    ['S'],
    '票上的时间不在表决期间，票没录。',
    '时间要在发起以后、现在以前。',
  ),
  over: fixedText('roll.over', ['S'], '表决已经截止，票没录。', '截止以前送到的票才能录。'),
  entered: text({
    key: 'roll.entered',
    to: ['S'],
    render: ({ label, path }: { label: string; path: string }) => [`已录${path}：${label}`],
    shortest: { label: '501', path: '纸票' },
    longest: { label: LABEL, path: '纸票' },
  }),
  /** The voter cast in person, which stands over what staff enter. */
  overruled: text({
    key: 'roll.overruled',
    to: ['S'],
    render: ({ label }: { label: string }) => [`${label}自己投过了，`, '以自己投的为准，这张没有算。'],
    shortest: { label: '501' },
    longest: { label: LABEL },
  }),
  /** A later paper is there. */
  older: text({
    key: 'roll.older',
    to: ['S'],
    render: ({ label }: { label: string }) => [`${label}有一张时间更晚的，`, '以晚的为准，这张没有算。'],
    shortest: { label: '501' },
    longest: { label: LABEL },
  }),
  /** To the members of a household that staff entered a ballot for. */
  enteredForYou: text({
    key: 'roll.enteredForYou',
    to: ['P'],
    render: ({ topicNumber, label, path, contact }: EnteredForYou) => [
      `社区录了您这一户的票：议题#${topicNumber}。`,
      `${label}，按${path}录的。`,
      '要改，在这里重投，以您自己投的为准。',
      `不是您这一户的意思，也可以找${contact.unit} ${contact.name}，${contact.phone}。`,
    ],
    shortest: { topicNumber: 1, label: '501', path: '纸票', contact: SHORT_CONTACT },
    longest: { topicNumber: 99999, label: LABEL, path: '纸票', contact: LONG_CONTACT },
  }),
  /** To the other members when one of them changed the household's ballot. */
  changedByMember: text({
    key: 'roll.changedByMember',
    to: ['P'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes: string }) => [
      `您这一户的票改过了：议题#${topicNumber}。`,
      '是同一户的人改的，一户一票，以最后投的为准。',
      `一家人商量好，${closes}前还能再改。`,
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, closes: '2027年12月20日（周五）18:00' },
  }),
} as const;

interface EnteredForYou {
  readonly topicNumber: number;
  readonly label: string;
  readonly path: string;
  readonly contact: Contact;
}
