import type { Staff } from './words.ts';
import { fixedText, text } from './catalogue.ts';
import { staffWords } from './words.ts';

const LONG_DAY = '2027年12月30日（周四）18:00';

/** What secretaries and departments are told about their own steps on outcomes, assignments and notices. */
export const followUpTexts = {
  /** An outcome is to be shown while people still vote on its topic. */
  publicityPollRuns: text({
    key: 'outcome.pollRuns',
    to: ['S'],
    render: ({ topicNumber, closes }: { topicNumber: number; closes: string }) => [
      `议题#${topicNumber}还在表决，先等结果。`,
      `${closes}截止以后再公示。`,
    ],
    shortest: { topicNumber: 1, closes: '1月2日（周日）8:00' },
    longest: { topicNumber: 99999, closes: '2027年12月20日（周五）18:00' },
  }),
  /** A step that needs a word of reason came without one. */
  reasonMissing: text({
    key: 'step.reasonMissing',
    to: ['S', 'D'],
    render: ({ example }: { example: string }, cut) => [
      '还差一句原因。',
      `例如：「${cut(example, 12, 24)}」`,
    ],
    shortest: { example: '打回 T1 没修' },
    longest: { example: '不延 T99999 供暖前必须完成不能再往后拖了' },
  }),
  answerMissing: text({
    key: 'outcome.answerMissing',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `还差给提异议的人的答复：议题#${topicNumber}。`,
      '写一句怎么办、为什么。',
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  resumed: text({
    key: 'outcome.resumed.step',
    to: ['S'],
    render: ({ topicNumber, until, told, unreachable }: Resumed) => [
      `接着公示：议题#${topicNumber}，到${until}。`,
      toldLine(told, unreachable),
    ],
    shortest: { topicNumber: 1, until: '1月2日（周三）18:00', told: 1, unreachable: 0 },
    longest: { topicNumber: 9999, until: LONG_DAY, told: 999, unreachable: 999 },
  }),
  withdrawn: text({
    key: 'outcome.withdrawn.step',
    to: ['S'],
    render: ({ topicNumber, told, unreachable }: Omit<Resumed, 'until'>) => [
      `已撤回公示：议题#${topicNumber}，回到协商。`,
      toldLine(told, unreachable),
    ],
    shortest: { topicNumber: 1, told: 1, unreachable: 0 },
    longest: { topicNumber: 99999, told: 999, unreachable: 999 },
  }),
  lateAnswered: text({
    key: 'objection.late.step',
    to: ['S'],
    render: ({ topicNumber, told, unreachable }: Omit<Resumed, 'until'>) => [
      `已答复公示后的意见：议题#${topicNumber}。`,
      toldLine(told, unreachable),
    ],
    shortest: { topicNumber: 1, told: 1, unreachable: 0 },
    longest: { topicNumber: 99999, told: 999, unreachable: 999 },
  }),
  noLateObjection: text({
    key: 'objection.late.none',
    to: ['S'],
    render: ({ topicNumber }: { topicNumber: number }) => [
      `议题#${topicNumber}没有公示后收到的意见，不用答复。`,
    ],
    shortest: { topicNumber: 1 },
    longest: { topicNumber: 99999 },
  }),
  periodWrong: text({
    key: 'outcome.periodWrong',
    to: ['S'],
    render: ({ most }: { most: number }) => [
      `公示要在以后的一天结束，最长${most}天。`,
      '换一个截止时间，别的都留着。',
    ],
    shortest: { most: 60 },
    longest: { most: 366 },
  }),
  /** `items` are counted from 1. */
  dueWithinPeriod: text({
    key: 'outcome.dueWithinPeriod',
    to: ['S'],
    render: ({ action, until }: { action: string; until: string }, cut) => [
      `「${cut(action, 6, 12)}」的期限在公示结束以前。`,
      `公示到${until}，期限要晚一些。`,
    ],
    shortest: { action: '选址', until: '1月2日（周三）18:00' },
    longest: { action: '选定电梯安装位置并请设计单位出图上墙', until: LONG_DAY },
  }),
  tooManyItems: text({
    key: 'outcome.tooManyItems',
    to: ['S'],
    render: ({ most }: { most: number }) => [`一次最多公示${most}件，其余的另外公示。`],
    shortest: { most: 30 },
    longest: { most: 999 },
  }),
  /** The number names assignments of several places; the console can tell them apart. */
  numberAmbiguous: text({
    key: 'assignment.ambiguous',
    to: ['D'],
    render: ({ number }: { number: number }) => [
      `有不止一件T${number}，还没记下。`,
      '在后台「交办」里点那一件来办。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  confirmed: text({
    key: 'assignment.confirmed.step',
    to: ['S'],
    render: ({ number, left, topicNumber }: { number: number; left: number; topicNumber: number }) => [
      `T${number}已核实，办结。`,
      left === 0
        ? `议题#${topicNumber}全部办结，告诉提出和附议的人。`
        : `议题#${topicNumber}还有${left}件在办。`,
    ],
    shortest: { number: 1, left: 0, topicNumber: 1 },
    longest: { number: 99999, left: 99, topicNumber: 99999 },
  }),
  sentBack: text({
    key: 'assignment.sentBack.step',
    to: ['S'],
    render: ({ number }: { number: number }) => [`T${number}已打回，继续办。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  extensionNone: text({
    key: 'extension.none',
    to: ['S'],
    render: ({ number }: { number: number }) => [`T${number}没有等答复的延期申请。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  extensionTooFar: text({
    key: 'extension.tooFar',
    to: ['D'],
    render: ({ number }: { number: number }) => [`T${number}最多延到一年以后，换近一些的一天。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  reassigned: text({
    key: 'assignment.reassigned.step',
    to: ['S'],
    render: ({ number, responsible }: { number: number; responsible: Staff }, cut) => [
      `T${number}已改派给${cut(staffWords(responsible), 8, 16)}。`,
    ],
    shortest: { number: 1, responsible: { unit: '物业', name: '李' } },
    longest: { number: 99999, responsible: { unit: '幸福里小区物业服务中心', name: '欧阳建国富强' } },
  }),
  ownerMissing: text({
    key: 'assignment.ownerMissing',
    to: ['S'],
    render: ({ number }: { number: number }) => [`还差谁来办：T${number}。写上姓名。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  duePast: text({
    key: 'assignment.duePast',
    to: ['S'],
    render: ({ number }: { number: number }) => [`T${number}的期限要在以后的一天，换一天再派。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  urged: text({
    key: 'assignment.urged.step',
    to: ['S'],
    render: ({ number, ownerName }: { number: number; ownerName: string }, cut) => [
      `已提醒${cut(ownerName, 3, 6)}：T${number}。明天可以再提醒。`,
    ],
    shortest: { number: 1, ownerName: '李' },
    longest: { number: 99999, ownerName: '欧阳建国富强' },
  }),
  noticeTooLong: text({
    key: 'notice.tooLong',
    to: ['S'],
    render: ({ length, most }: { length: number; most: number }) => [
      `通知写了${length}字，最多${most}字，还没发。`,
      '改短一些，或分成两条。',
    ],
    shortest: { length: 501, most: 500 },
    longest: { length: 20000, most: 500 },
  }),
  noticeTooFar: text({
    key: 'notice.tooFar',
    to: ['S'],
    render: ({ days }: { days: number }) => [`定时最远${days}天，什么也没发。`, '换近一些的时间。'],
    shortest: { days: 90 },
    longest: { days: 366 },
  }),
  noticeUnknown: fixedText('notice.unknown', ['S'], '没有找到这条通知。', '发「待办」，看要办的每一件。'),
  assignmentUnknown: fixedText(
    'assignment.unknown',
    ['S', 'D'],
    '没有找到这件交办。',
    '发「交办」，看在办的每一件。',
  ),
  outcomeUnknown: fixedText('outcome.unknown', ['S'], '没有找到这次公示。', '发「待办」，看要办的每一件。'),
} as const;

interface Resumed {
  readonly topicNumber: number;
  readonly until: string;
  /** Persons answered one-to-one. */
  readonly told: number;
  /** Persons nobody can write to: somebody calls. */
  readonly unreachable: number;
}

function toldLine(told: number, unreachable: number): string {
  const rest = unreachable === 0 ? '' : `，另${unreachable}人私聊不到，请打电话`;
  return `已答复${told}人${rest}。`;
}
