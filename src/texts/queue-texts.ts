import type { Cut } from './catalogue.ts';
import { fixedText, text } from './catalogue.ts';
import { quoted } from './units.ts';
import { ANSWER_WORDS } from './words.ts';

const LONG_TITLE = '三号楼和四号楼之间的人行道路灯全都不亮老人晚上出门看不清楚已经摔了两个人请尽快派人来看看';

/** One thing that waits for the secretary. */
export interface QueueRow {
  /** 诉求#12, T5, 议题#3 */
  readonly name: string;
  readonly title: string;
  /** 今天答复, 过期1天, 附议7 */
  readonly standing: string;
}

const ROW_LONG: QueueRow = { name: '诉求#99999', title: LONG_TITLE, standing: '过期99个工作日，附议999' };

function rowLine({ name, title, standing }: QueueRow, cut: Cut): string {
  return `${name} ${cut(title, 5, 12)}，${cut(standing, 5, 9)}`;
}

/** Lines with which a step is confirmed to the secretary, in chat and in the console's bar. */
export const queueTexts = {
  /** 待办: the first three, then how many more and where. */
  list: text({
    key: 'queue.list',
    to: ['S'],
    render: (
      { rows, total, link }: { rows: readonly QueueRow[]; total: number; link?: string | undefined },
      cut,
    ) => [
      `今天要办${total}件${link === undefined ? '' : `，全部 ${link}`}：`,
      ...rows.slice(0, 3).map((row) => rowLine(row, cut)),
    ],
    shortest: { rows: [{ name: '诉求#1', title: '路灯', standing: '附议1' }], total: 1 },
    longest: {
      rows: [ROW_LONG, ROW_LONG, ROW_LONG, ROW_LONG],
      total: 9999,
      link: 'https://yishi.example.cn/console',
    },
  }),
  empty: fixedText('queue.empty', ['S'], '今天没有要办的。'),
  merged: text({
    key: 'queue.merged',
    to: ['S'],
    render: ({ numbers, into }: { numbers: readonly number[]; into: number }) => [
      `已合并 ${numbers
        .slice(0, 4)
        .map((number) => `#${number}`)
        .join('、')}${numbers.length > 4 ? `等${numbers.length}件` : ''}→#${into}`,
    ],
    shortest: { numbers: [15], into: 9 },
    longest: { numbers: Array.from({ length: 50 }, (_, index) => 99900 + index), into: 99999 },
  }),
  unmerged: text({
    key: 'queue.unmerged',
    to: ['S'],
    render: ({ number }: { number: number }) => [`已拆开 #${number}，单独办`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  answered: text({
    key: 'queue.answered',
    to: ['S'],
    render: ({
      number,
      kind,
      people,
    }: {
      number: number;
      kind: keyof typeof ANSWER_WORDS;
      people: number;
    }) => [`已答复 #${number}（${ANSWER_WORDS[kind]}），告诉${people}人`],
    shortest: { number: 1, kind: 'done', people: 1 },
    longest: { number: 99999, kind: 'redirected', people: 99999 },
  }),
  redirected: text({
    key: 'queue.redirected',
    to: ['S'],
    render: ({ number, inCharge, people }: { number: number; inCharge: string; people: number }, cut) => [
      `已转办 #${number}→${cut(inCharge, 5, 12)}，告诉${people}人`,
    ],
    shortest: { number: 1, inCharge: '街道', people: 1 },
    longest: { number: 99999, inCharge: '街道城管办 陈芳，0576-88881234', people: 99999 },
  }),
  snoozed: text({
    key: 'queue.snoozed',
    to: ['S'],
    render: ({ number, until }: { number: number; until: string }) => [`#${number}先放一放，${until}再提醒`],
    shortest: { number: 1, until: '1月2日（周一）' },
    longest: { number: 99999, until: '2027年12月30日（周四）8:00' },
  }),
  /** Typed in by staff for somebody who called or came by. */
  entered: text({
    key: 'queue.entered',
    to: ['S'],
    render: ({ number, title }: { number: number; title: string }, cut) => [
      `已代录：诉求#${number}${quoted(cut(title, 8, 16))}`,
    ],
    shortest: { number: 1, title: '路灯' },
    longest: { number: 99999, title: LONG_TITLE },
  }),
  reopened: text({
    key: 'queue.reopened',
    to: ['S'],
    render: ({ number }: { number: number }) => [`已重新打开 #${number}`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  answerMissing: text({
    key: 'queue.answerMissing',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `还差答复的话：诉求#${number}。`,
      `例如：「答复 ${number} 物业12月3日换了新灯」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  reasonMissing: text({
    key: 'queue.reasonMissing',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `还差原因：诉求#${number}为什么办不了。`,
      '写上原因再发一次。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  redirectMissing: text({
    key: 'queue.redirectMissing',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `还差转给谁、怎么找：诉求#${number}。`,
      `例如：「转办 ${number} 街道城管办 陈芳，电话」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  mergeMissing: text({
    key: 'queue.mergeMissing',
    to: ['S'],
    render: ({ number }: { number: number }) => [
      `还差并到哪一件：诉求#${number}。`,
      `例如：「合并 ${number} 到 9」`,
    ],
    shortest: { number: 15 },
    longest: { number: 99999 },
  }),
  mergeSelf: text({
    key: 'queue.mergeSelf',
    to: ['S'],
    render: ({ number }: { number: number }) => [`诉求#${number}不能并到它自己。`, '写上另一件的编号。'],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  answeredAlready: text({
    key: 'queue.answeredAlready',
    to: ['S'],
    render: ({ number, answered }: { number: number; answered: string }) => [
      `诉求#${number}在${answered}答复过了。`,
      '有新情况，先在后台重新打开。',
    ],
    shortest: { number: 1, answered: '1月2日（周一）' },
    longest: { number: 99999, answered: '2027年12月30日（周四）' },
  }),
} as const;
