import { fixedText, text } from './catalogue.ts';

const LONG_TITLE = '三号楼一单元二单元三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案';

/** What secretaries are told about topics; residents hear of them through polls, meetings and answers. */
export const topicTexts = {
  unknown: fixedText('topic.unknown', ['S'], '没有找到这个议题。', '发「待办」，看要办的每一件。'),
  pollUnknown: fixedText('poll.unknown', ['S'], '没有找到这个表决。', '发「待办」，看要办的每一件。'),
  meetingUnknown: fixedText(
    'meeting.unknown',
    ['S'],
    '没有找到这次协商会。',
    '编号在群里的【协商会】消息里。',
  ),
  groupsMissing: fixedText(
    'groups.missing',
    ['S'],
    '还差发到哪些群，要选本社区的群。',
    '在「群」里看连好的群。',
  ),
  concernsUnknown: fixedText(
    'topic.concernsUnknown',
    ['S'],
    '有的诉求没找到，或者已经答复了，还没立题。',
    '发「待办」，看没看和在办的诉求。',
  ),
  titleMissing: fixedText(
    'topic.titleMissing',
    ['S'],
    '还差题目，一句话说清商量什么。',
    '例如：「立题 12 3号楼加装电梯」',
  ),
  cancelReasonMissing: fixedText(
    'meeting.reasonMissing',
    ['S'],
    '还差一句原因，会发到群里。',
    '写上原因再取消。',
  ),
  minutesMissing: fixedText(
    'meeting.minutesMissing',
    ['S'],
    '纪要还差内容，或谁到了会。',
    '两样都写上再保存。',
  ),
  optionsWrong: fixedText('topic.options', ['S'], '选项要两项到二十项，不能重样。', '例如：赞成、反对、弃权'),
  created: text({
    key: 'topic.created',
    to: ['S'],
    render: ({ number, title, concerns }: { number: number; title: string; concerns: number }, cut) => [
      `已立题：议题#${number} ${cut(title, 8, 18)}`,
      ...(concerns === 0 ? [] : [`${concerns}件诉求列进来了，提的人会收到消息。`]),
      `要表决，发「表决 ${number}」；要开会，发「开会 ${number}」。`,
    ],
    shortest: { number: 1, title: '电梯', concerns: 0 },
    longest: { number: 99999, title: LONG_TITLE, concerns: 100 },
  }),
  /** A concern is in another topic already. */
  inOther: text({
    key: 'topic.concernTaken',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `诉求#${number}已经在别的议题里，还没立题。`,
      '去掉这一件，再立一次。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  edited: text({
    key: 'topic.edited',
    to: ['S'],
    render: ({ number }: { number: number }) => [`已改：议题#${number}。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  /** While a poll is open its question stands. */
  pollRuns: text({
    key: 'topic.pollRuns',
    to: ['S'],
    render: ({ number, closes }: { number: number; closes: string }) => [
      `议题#${number}正在表决，题目和选项不能改。`,
      `${closes}截止以后再改。`,
    ],
    shortest: { number: 1, closes: '1月2日（周日）8:00' },
    longest: { number: 99999, closes: '2027年12月20日（周五）18:00' },
  }),
  /** Stage words: 定题, 协商 … */
  moved: text({
    key: 'topic.moved',
    to: ['S'],
    render: ({ number, stage }: { number: number; stage: string }) => [
      `议题#${number}到了「${stage}」这一步。`,
    ],
    shortest: { number: 1, stage: '协商' },
    longest: { number: 99999, stage: '协商' },
  }),
  /** Nothing was previewed, or its time is over. */
  nothingPrepared: text({
    key: 'step.nothingPrepared',
    to: ['S'],
    render: ({ number, command }: { number: number; command: string }) => [
      `议题#${number}没有等确认的「${command}」，或者已经过了时间。`,
      `再发一次「${command} ${number}」，先看预览。`,
    ],
    shortest: { number: 1, command: '表决' },
    longest: { number: 99999, command: '表决' },
  }),
} as const;
