import type { Staff } from './words.ts';
import type { Light } from '#core/outcome';
import type { Cut } from './catalogue.ts';
import { fixedText, text } from './catalogue.ts';
import { LIGHT_WORDS, staffWords } from './words.ts';

const LONG_DAY = '2027年12月30日（周四）';
const LONG_ACTION = '选定电梯安装位置并请设计单位出图上墙公示然后报街道备案';
const LONG_REASON = '管道配件没有到货，厂家说要再等一个星期，供暖前一定装好';
const LONG_STAFF: Staff = { unit: '幸福里小区物业服务中心', name: '欧阳建国富强' };
const SHORT_STAFF: Staff = { unit: '物业', name: '李' };

/** T5 and what it is. */
export interface Numbered {
  readonly number: number;
  readonly action: string;
}

function staffCut(staff: Staff, cut: Cut): string {
  return staffWords({ unit: cut(staff.unit, 3, 7), name: cut(staff.name, 3, 5) });
}

interface New extends Numbered {
  readonly responsible: Staff;
  readonly due: string;
  readonly topicNumber: number;
  /** 79户赞成 */
  readonly backing?: string | undefined;
}

interface Running extends Numbered {
  readonly ownerName: string;
  readonly due: string;
}

const RUNNING_SHORTEST: Running = { number: 1, action: '选址', ownerName: '李', due: '1月2日（周三）' };
const RUNNING_LONGEST: Running = {
  number: 9999,
  action: LONG_ACTION,
  ownerName: '欧阳建国富强',
  due: LONG_DAY,
};

/** What waits in a unit's group: the worst first. */
export interface AssignmentRow extends Numbered {
  readonly light: Light;
  /** 剩3个工作日, 过期1个工作日, 等核实 */
  readonly standing: string;
}

export const assignmentTexts = {
  new: text({
    key: 'assignment.new',
    to: ['D'],
    render: (data: New, cut) => [
      `【交办】T${data.number} ${cut(data.action, 6, 20)}`,
      `${staffCut(data.responsible, cut)}负责，${data.due}前办好`,
      `来由：议题#${data.topicNumber}${data.backing === undefined ? '' : `，${cut(data.backing, 5, 10)}`}`,
      `办好发「办结 T${data.number}」加一句说明，有照片更好`,
    ],
    shortest: { number: 1, action: '选址', responsible: SHORT_STAFF, due: '1月2日（周三）', topicNumber: 1 },
    longest: {
      number: 9999,
      action: LONG_ACTION,
      responsible: LONG_STAFF,
      due: LONG_DAY,
      topicNumber: 9999,
      backing: '一共99999户赞成没有人反对',
    },
  }),
  yellow: text({
    key: 'assignment.yellow',
    to: ['D'],
    render: (data: Running & { days: number; extensionExample: string }, cut) => [
      `【黄灯】T${data.number} ${cut(data.action, 6, 14)}，还剩${data.days}个工作日`,
      `${cut(data.ownerName, 3, 5)}负责，${data.due}到期`,
      `来不及，发「延期 T${data.number} 至${data.extensionExample}」加理由`,
    ],
    shortest: { ...RUNNING_SHORTEST, days: 3, extensionExample: '1月9日' },
    longest: { ...RUNNING_LONGEST, days: 99, extensionExample: '12月31日' },
  }),
  /** On the due day. */
  dueToday: text({
    key: 'assignment.due',
    to: ['D'],
    render: (data: Running, cut) => [
      `【黄灯】T${data.number} ${cut(data.action, 6, 18)}，到期了`,
      `${cut(data.ownerName, 3, 5)}负责，${data.due}前办好`,
      `办好发「办结 T${data.number}」；来不及发「延期」加理由`,
    ],
    shortest: RUNNING_SHORTEST,
    longest: { ...RUNNING_LONGEST, due: '2027年12月30日（周四）18:00' },
  }),
  red: text({
    key: 'assignment.red',
    to: ['D'],
    render: (data: Running & { days: number }, cut) => [
      `【红灯】T${data.number} ${cut(data.action, 6, 14)}，过期${data.days}个工作日`,
      `${cut(data.ownerName, 3, 5)}负责，应在${data.due}办好`,
      `办好发「办结 T${data.number}」；有难处发「延期」，社区一起想办法`,
    ],
    shortest: { ...RUNNING_SHORTEST, days: 1 },
    longest: { ...RUNNING_LONGEST, days: 999 },
  }),
  done: text({
    key: 'assignment.done',
    to: ['D'],
    /** `what` in words: 说明1段、照片2张. */
    render: ({ number, what, checker }: { number: number; what: string; checker: Staff }, cut) => [
      `已收到办结：T${number}，${cut(what, 8, 14)}。`,
      `${staffCut(checker, cut)}核实后，告诉提出的人。`,
    ],
    shortest: { number: 1, what: '说明1段', checker: SHORT_STAFF },
    longest: { number: 99999, what: '说明1段、照片99张、文件99份', checker: LONG_STAFF },
  }),
  doneWordless: text({
    key: 'assignment.done.wordless',
    to: ['D'],
    render: ({ number }: { number: number }) => [
      '还差一句说明：办了什么、结果怎样。',
      `例如：「办结 T${number} 12月3日换了新灯」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  doneAlready: text({
    key: 'assignment.done.already',
    to: ['D'],
    render: ({ number, confirmed }: { number: number; confirmed: boolean }) => [
      confirmed ? `T${number}已经办结，不用再报。` : `T${number}的办结早收到了，等社区核实。`,
    ],
    shortest: { number: 1, confirmed: true },
    longest: { number: 99999, confirmed: false },
  }),
  /** Somebody of another unit. */
  notYours: text({
    key: 'assignment.notYours',
    to: ['D'],
    render: ({ number, unit }: { number: number; unit: string }, cut) => [
      `T${number}由${cut(unit, 5, 12)}承办，要在他们的群里报。`,
      '本群在办的，发「交办」看清单。',
    ],
    shortest: { number: 1, unit: '物业' },
    longest: { number: 99999, unit: '幸福里小区物业服务中心有限公司' },
  }),
  claimed: text({
    key: 'assignment.claimed',
    to: ['S'],
    render: (
      { number, action, responsible, report }: Numbered & { responsible: Staff; report: string },
      cut,
    ) => [
      `${staffCut(responsible, cut)}报了办结：T${number} ${cut(action, 4, 8)}`,
      `说明：${cut(report, 12, 26)}`,
      `没问题，发「核实 T${number}」；没办好，「打回 T${number}」加原因。`,
    ],
    shortest: { number: 1, action: '选址', responsible: SHORT_STAFF, report: '好了' },
    longest: { number: 999, action: LONG_ACTION, responsible: LONG_STAFF, report: LONG_REASON },
  }),
  confirmed: text({
    key: 'assignment.confirmed',
    to: ['D'],
    render: ({ number, action }: Numbered, cut) => [`T${number} ${cut(action, 8, 16)}：核实过了，办结。`],
    shortest: { number: 1, action: '选址' },
    longest: { number: 99999, action: LONG_ACTION },
  }),
  sentBack: text({
    key: 'assignment.sentBack',
    to: ['D'],
    render: ({ number, action, reason, due }: Numbered & { reason: string; due: string }, cut) => [
      `T${number} ${cut(action, 6, 14)}：还没办好，继续办。`,
      `原因：${cut(reason, 12, 26)}`,
      `期限仍是${due}。`,
    ],
    shortest: { number: 1, action: '选址', reason: '没修', due: '1月2日（周三）' },
    longest: { number: 99999, action: LONG_ACTION, reason: LONG_REASON, due: LONG_DAY },
  }),
  extensionAsked: text({
    key: 'extension',
    to: ['D'],
    render: ({ number, to, due }: { number: number; to: string; due: string }) => [
      `已收到延期申请：T${number}，到${to}。`,
      `社区答复前，仍按${due}算。`,
    ],
    shortest: { number: 1, to: '1月9日（周三）', due: '1月2日（周三）' },
    longest: { number: 99999, to: LONG_DAY, due: LONG_DAY },
  }),
  extensionGranted: text({
    key: 'extension.granted',
    to: ['D'],
    render: ({ number, to }: { number: number; to: string }) => [`T${number}可以延到${to}。`],
    shortest: { number: 1, to: '1月9日（周三）' },
    longest: { number: 99999, to: LONG_DAY },
  }),
  extensionRefused: text({
    key: 'extension.refused',
    to: ['D'],
    render: ({ number, due, reason }: { number: number; due: string; reason: string }, cut) => [
      `T${number}不能延，仍是${due}。`,
      `原因：${cut(reason, 12, 27)}`,
    ],
    shortest: { number: 1, due: '1月2日（周三）', reason: '急' },
    longest: { number: 99999, due: LONG_DAY, reason: LONG_REASON },
  }),
  extensionWanted: text({
    key: 'extension.wanted',
    to: ['S'],
    render: (data: Numbered & { responsible: Staff; due: string; to: string; reason: string }, cut) => [
      `${staffCut(data.responsible, cut)}想延期：T${data.number} ${cut(data.action, 4, 8)}`,
      `从${data.due}到${data.to}`,
      `理由：${cut(data.reason, 8, 26)}`,
      `发「准延 T${data.number}」，或「不延 T${data.number}」加原因。`,
    ],
    shortest: {
      number: 1,
      action: '选址',
      responsible: SHORT_STAFF,
      due: '1月2日（周三）',
      to: '1月9日（周三）',
      reason: '缺料',
    },
    longest: {
      number: 999,
      action: LONG_ACTION,
      responsible: LONG_STAFF,
      due: '12月30日（周四）',
      to: '2028年12月31日（周五）',
      reason: LONG_REASON,
    },
  }),
  /** `missing` in words: 到哪一天, 理由. */
  extensionMissing: text({
    key: 'extension.missing',
    to: ['D'],
    render: ({
      number,
      missing,
      example,
    }: {
      number: number;
      missing: readonly string[];
      example: string;
    }) => [`还差${missing.join('、')}。`, `例如：「延期 T${number} 至${example} 等配件到货」`],
    shortest: { number: 1, missing: ['理由'], example: '1月9日' },
    longest: { number: 99999, missing: ['到哪一天', '理由'], example: '12月31日' },
  }),
  extensionTooEarly: text({
    key: 'extension.notLater',
    to: ['D'],
    render: ({ number, due }: { number: number; due: string }) => [
      `T${number}本来就是${due}，要延到更晚的一天。`,
    ],
    shortest: { number: 1, due: '1月2日（周三）' },
    longest: { number: 9999, due: '12月30日（周四）' },
  }),
  returned: text({
    key: 'assignment.returned',
    to: ['D'],
    render: ({ number }: { number: number }) => [
      `已收到退回：T${number}。`,
      '社区另外找承办的，改派前期限照算。',
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  returnReasonMissing: text({
    key: 'assignment.returned.reasonMissing',
    to: ['D'],
    render: ({ number }: { number: number }) => [
      '还差一句理由，最好写上归谁管。',
      `例如：「退回 T${number} 路灯归市政养护」`,
    ],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  returnedToSecretary: text({
    key: 'assignment.returned.arrived',
    to: ['S'],
    render: (data: Numbered & { responsible: Staff; reason: string }, cut) => [
      `${staffCut(data.responsible, cut)}退回了：T${data.number} ${cut(data.action, 4, 8)}`,
      `理由：${cut(data.reason, 12, 26)}`,
      '改派给谁，在后台「交办」里办。期限照算。',
    ],
    shortest: { number: 1, action: '选址', responsible: SHORT_STAFF, reason: '不归' },
    longest: { number: 999, action: LONG_ACTION, responsible: LONG_STAFF, reason: LONG_REASON },
  }),
  /** To the group that no longer has it. */
  reassignedAway: text({
    key: 'assignment.reassigned',
    to: ['D'],
    render: ({ number, responsible }: { number: number; responsible: Staff }, cut) => [
      `T${number}改由${staffCut(responsible, cut)}承办，本群不用办了。`,
    ],
    shortest: { number: 1, responsible: SHORT_STAFF },
    longest: { number: 999, responsible: LONG_STAFF },
  }),
  urged: text({
    key: 'assignment.urged',
    to: ['D'],
    render: (data: Running & { standing: string }, cut) => [
      `【提醒】T${data.number} ${cut(data.action, 6, 14)}，${cut(data.standing, 6, 9)}`,
      `${cut(data.ownerName, 3, 5)}负责，${data.due}前办好`,
      `办到哪了，在群里说一声；办好发「办结 T${data.number}」`,
    ],
    shortest: { ...RUNNING_SHORTEST, standing: '剩3天' },
    longest: { ...RUNNING_LONGEST, standing: '过期999个工作日' },
  }),
  urgedToday: text({
    key: 'assignment.urged.today',
    to: ['S'],
    render: ({ number }: { number: number }) => [`T${number}今天已经提醒过一次，明天可以再提醒。`],
    shortest: { number: 1 },
    longest: { number: 99999 },
  }),
  /** 交办 in a unit's group: at most three rows, the worst first. */
  list: text({
    key: 'assignment.list',
    to: ['D', 'S'],
    render: (
      { rows, total, link }: { rows: readonly AssignmentRow[]; total: number; link?: string | undefined },
      cut,
    ) => [
      `在办${total}件${total > 3 ? '，先看最急的3件' : ''}${link === undefined ? '：' : `，全部 ${link}`}`,
      ...rows
        .slice(0, 3)
        .map(
          (row) =>
            `${LIGHT_WORDS[row.light].shape} T${row.number} ${cut(row.action, 6, 13)}，${cut(row.standing, 5, 9)}`,
        ),
    ],
    shortest: { rows: [{ number: 1, action: '选址', light: 'green', standing: '剩9天' }], total: 1 },
    longest: {
      rows: [1, 2, 3].map((number) => ({
        number: 9990 + number,
        action: LONG_ACTION,
        light: 'red' as const,
        standing: '过期999个工作日',
      })),
      total: 9999,
      link: 'https://yishi.example.cn/assignments',
    },
  }),
  listEmpty: fixedText('assignment.list.empty', ['D', 'S'], '没有在办的事。', '有新的，会发到这个群。'),
} as const;
