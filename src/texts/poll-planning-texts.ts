import { fixedText, text } from './catalogue.ts';

const LONG_MOMENT = '2027年12月20日（周五）18:00';

/** Why method and rules do not go together. */
export type PollProblem =
  | 'several'
  | 'points'
  | 'costs'
  | 'notForAgainst'
  | 'threshold'
  | 'article278'
  | 'areaMissing'
  | 'secretLive'
  | 'secretNamed'
  | 'namesMissing'
  | 'proxyUnknown'
  | 'minCell'
  | 'numbers';

const PROBLEM_WORDS = {
  several: '最少和最多选几项，要在1和选项数之间。',
  points: '分数要在1到1000之间。',
  costs: '每一项要写上多少钱，预算够付最便宜的一项。',
  notForAgainst: '这种投法的选项是赞成、反对、弃权。',
  threshold: '过半、三分之二这样的要求，只用在赞成反对或单选。',
  article278: '按民法典第278条表决，只能赞成、反对、弃权。',
  areaMissing: '按民法典第278条表决，名册里每户都要有专有面积。',
  secretLive: '不公开的表决，截止前不能显示票数。',
  secretNamed: '不公开的表决不能记名。',
  namesMissing: '记名要按住户、居民或名单投，名册里才有名字。',
  proxyUnknown: '可以委托的，要按住户、居民或名单投，才核对得出是谁。',
  minCell: '按楼栋公布，每栋至少要3人投，只用在选项上。',
  numbers: '选项只写一个数，会和第几项弄混，例如写成「5元」。',
} as const satisfies Record<PollProblem, string>;

/** What a secretary is told when a poll cannot be opened as it was asked for. */
export const pollPlanningTexts = {
  optionsMissing: text({
    key: 'poll.optionsMissing',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}还差选项，至少两项，最多二十项。`,
      `例如：「表决 ${topicNumber} 选项：赞成、反对、弃权」`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  deadlineMissing: text({
    key: 'poll.deadlineMissing',
    to: ['S'],
    render: ({ topicNumber, example }: { topicNumber: number; example: string }) => [
      `议题#${topicNumber}的表决还差截止时间，要在现在之后。`,
      `例如：「表决 ${topicNumber} 到${example}」`,
    ],
    shortest: { topicNumber: 1, example: '1月2日18点' },
    longest: { topicNumber: 99999, example: '12月20日18点' },
  }),
  /** Nobody is known to be in the chosen groups. */
  rollEmpty: fixedText(
    'poll.rollEmpty',
    ['S'],
    '这些群里还不知道有谁，名册是空的。',
    '先导入名册，或请大家在群里说句话，再发起。',
  ),
  quorumTooHigh: text({
    key: 'poll.quorumTooHigh',
    to: ['S'],
    render: ({ quorum, roll }: { quorum: number; roll: number }) => [
      `名册里一共${roll}人，不能规定要${quorum}人投。`,
      '改少一点再发。',
    ],
    shortest: { quorum: 3, roll: 2 },
    longest: { quorum: 999999, roll: 99999 },
  }),
  /** What keeps a poll from opening, in words of its own. */
  rulesWrong: text({
    key: 'poll.rulesWrong',
    to: ['S'],
    render: ({ topicNumber, why }: { topicNumber: number; why: PollProblem }) => [
      `议题#${topicNumber}的表决还不能发起。`,
      PROBLEM_WORDS[why],
    ],
    shortest: { topicNumber: 1, why: 'secretLive' },
    longest: { topicNumber: 99999, why: 'areaMissing' },
  }),
  alreadyOpen: text({
    key: 'poll.alreadyOpen',
    to: ['S'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes: string }) => [
      `议题#${topicNumber}已经在表决，${closes}截止。`,
      '截止后才能再发起一次。',
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, closes: LONG_MOMENT },
  }),
} as const;
