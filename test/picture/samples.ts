import type { PollResultPicture } from '#core/picture';

const LIFT: PollResultPicture = {
  kind: 'pollResult',
  placeName: '幸福里社区',
  topicNumber: 3,
  title: '3号楼加装电梯',
  verdict: '有效，通过',
  valid: true,
  turnout: { voted: 98, roll: 120, quorum: 80, unit: '户' },
  options: [
    { label: '赞成', votes: 79 },
    { label: '反对', votes: 12 },
    { label: '弃权', votes: 7 },
  ],
  closedAt: '12月20日（周日）18:00',
  verificationCode: 'A1B2C3D4',
  url: 'https://yishi.example.cn/poll/9999',
};

const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';
const LONG_LABEL = '先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出，不急着定下来';

function numbered(count: number): PollResultPicture['options'] {
  const names = ['周六上午', '周六下午', '周日上午', '周日下午', '平日晚上', '平日中午', '月底', '下个月'];
  const label = (index: number): string => names[index] ?? `第${index + 1}个时间`;
  return Array.from({ length: count }, (_, index) => ({ label: label(index), votes: (index * 7) % 23 }));
}

function longest(count: number): PollResultPicture {
  const label = LONG_LABEL.slice(0, 40);
  return {
    ...LIFT,
    placeName: '三号楼一单元二单元三单元全体业主和租户联合议事社区'.repeat(2),
    topicNumber: 99_999,
    title: LONG_TITLE,
    verdict: `有效，「${label}」最多`,
    turnout: { voted: 98_765, roll: 99_999, quorum: 99_999, unit: '户' },
    options: Array.from({ length: count }, (_, index) => ({ label, votes: index === 0 ? 98_765 : 0 })),
    closedAt: '2027年12月20日（周日）18:00',
  };
}

/** Every kind of poll that a picture is drawn of. */
export const pictureSamples = {
  lift: LIFT,
  two: { ...LIFT, options: LIFT.options.slice(0, 2), turnout: { ...LIFT.turnout, voted: 91 } },
  eight: {
    ...LIFT,
    title: '什么时候开居民协商会',
    verdict: '有效，「周日下午」最多',
    options: numbered(8),
    turnout: { ...LIFT.turnout, roll: 110, voted: 92 },
  },
  twelve: {
    ...LIFT,
    title: '什么时候开居民协商会',
    verdict: '有效，「周日下午」最多',
    options: numbered(12),
    turnout: { ...LIFT.turnout, roll: 150, voted: 117, quorum: 100 },
  },
  longestThree: longest(3),
  longestTwenty: longest(20),
  quorumNotMet: {
    ...LIFT,
    verdict: '人数不够，不算数',
    valid: false,
    turnout: { ...LIFT.turnout, voted: 31 },
    options: [
      { label: '赞成', votes: 20 },
      { label: '反对', votes: 11 },
      { label: '弃权', votes: 0 },
    ],
  },
  nobodyVoted: {
    ...LIFT,
    verdict: '有效，没有人投',
    turnout: { voted: 0, roll: 120, quorum: 0, unit: '人' },
    options: LIFT.options.map(({ label }) => ({ label, votes: 0 })),
  },
  tie: {
    ...LIFT,
    title: '小广场晚上几点以后不跳舞，星期六和星期天要不要再晚半小时',
    verdict: '有效，票数一样多',
    turnout: { voted: 80, roll: 120, quorum: 80, unit: '人' },
    options: [
      { label: '晚上八点半', votes: 40 },
      { label: '晚上九点', votes: 40 },
    ],
  },
  rareSigns: {
    ...LIFT,
    placeName: '𠮷祥里',
    title: '推选𠮷㐂、镕堃为楼长🎉',
    verdict: '有效，「𠮷㐂」最多',
    options: [
      { label: '𠮷㐂', votes: 60 },
      { label: '镕堃 👨‍👩‍👧 é', votes: 38 },
    ],
  },
} satisfies Record<string, PollResultPicture>;
