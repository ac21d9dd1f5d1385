import { fixedText, text } from './catalogue.ts';

const LABEL = '120号楼12单元12001';
const NAME = '买买提·吐尔逊阿卜杜热合曼江';

/** 8952 is 89.52. */
export function areaWords(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** What secretaries read about the roster (名册) and its import. */
export const rosterTexts = {
  noColumns: fixedText(
    'roster.noColumns',
    ['S'],
    '没看出哪一行是表头，还没导入。',
    '表头要有房号，再有姓名或面积。可以先下载模板。',
  ),
  noRoom: fixedText('roster.noRoom', ['S'], '没看出是哪一户，要有楼栋、单元、房号'),
  noBuilding: fixedText('roster.noBuilding', ['S'], '没写楼栋，别的行都写了；合并的单元格，每行都要写'),
  noUnit: fixedText('roster.noUnit', ['S'], '没写单元，这栋楼别的行都写了'),
  noName: fixedText('roster.noName', ['S'], '有电话，没有姓名'),
  nameWrong: fixedText('roster.nameWrong', ['S'], '姓名一栏不像姓名'),
  phoneWrong: fixedText('roster.phoneWrong', ['S'], '手机尾号要4位，前面的0可能丢了，改成文本再导'),
  phonesUnclear: fixedText('roster.phonesUnclear', ['S'], '几个姓名配不上几个电话，分成几行写'),
  areaWrong: fixedText('roster.areaWrong', ['S'], '面积要写数字，单位是平方米'),
  nameTwice: text({
    key: 'roster.nameTwice',
    to: ['S'],
    render: ({ name }: { name: string }) => [`这一格里${name}写了两遍`],
    shortest: { name: '王芳' },
    longest: { name: NAME },
  }),
  rowTwice: text({
    key: 'roster.rowTwice',
    to: ['S'],
    render: ({ label, name }: { label: string; name: string }, cut) => [
      `${label}的${cut(name, 4, 10)}前面有一行了，重复`,
    ],
    shortest: { label: '501', name: '王芳' },
    longest: { label: LABEL, name: NAME },
  }),
  roomTwice: text({
    key: 'roster.roomTwice',
    to: ['S'],
    render: ({ label }: { label: string }) => [`${label}前面有一行了，重复`],
    shortest: { label: '501' },
    longest: { label: LABEL },
  }),
  areasDiffer: text({
    key: 'roster.areasDiffer',
    to: ['S'],
    render: ({ label }: { label: string }) => [`${label}的面积和前面一行不一样`],
    shortest: { label: '501' },
    longest: { label: LABEL },
  }),
  added: text({
    key: 'roster.added',
    to: ['S'],
    render: ({ name }: { name: string }) => [`加${name}`],
    shortest: { name: '王芳' },
    longest: { name: NAME },
  }),
  taken: text({
    key: 'roster.taken',
    to: ['S'],
    render: ({ name }: { name: string }) => [`去掉${name}`],
    shortest: { name: '王芳' },
    longest: { name: NAME },
  }),
  edited: text({
    key: 'roster.edited',
    to: ['S'],
    render: ({ name }: { name: string }) => [`改${name}的尾号或身份`],
    shortest: { name: '王芳' },
    longest: { name: NAME },
  }),
  areaChanged: text({
    key: 'roster.areaChanged',
    to: ['S'],
    render: ({ from, to }: { from: number | undefined; to: number | undefined }) => [
      `面积${from === undefined ? '没写' : areaWords(from)}→${to === undefined ? '没写' : areaWords(to)}`,
    ],
    shortest: { from: undefined, to: 8952 },
    longest: { from: 10_000_000, to: 10_000_000 },
  }),
  changedMeanwhile: fixedText(
    'roster.changed',
    ['S'],
    '名册刚被别人改过，还没导入。',
    '再看一遍预览，再导。',
  ),
  nothingToImport: fixedText('roster.nothing', ['S'], '和现在的名册一样，没有要改的。', '换一个文件再导。'),
  imported: text({
    key: 'roster.imported',
    to: ['S'],
    render: ({ saved, removed, problems }: { saved: number; removed: number; problems: number }) => [
      `已导入${saved}户${removed === 0 ? '' : `，移出${removed}户`}`,
      ...(problems === 0 ? [] : [`${problems}行没导，在有问题的行里看`]),
    ],
    shortest: { saved: 1, removed: 0, problems: 0 },
    longest: { saved: 20_000, removed: 20_000, problems: 20_000 },
  }),
  verificationUnknown: fixedText(
    'roster.verificationUnknown',
    ['S'],
    '没有找到这个人的核对。',
    '看一下最新的「等核对」。',
  ),
  verificationDecided: fixedText(
    'roster.verificationDecided',
    ['S'],
    '这个人别人已经核对过了。',
    '看一下最新的「等核对」。',
  ),
  listUnknown: fixedText('roster.listUnknown', ['S'], '没有找到这份名单。', '看一下最新的名单。'),
  listLine: text({
    key: 'roster.listLine',
    to: ['S'],
    render: ({ line, said }: { line: number; said: string }, cut) => [
      `第${line}行没找到：${cut(said, 6, 16)}`,
      '写「3-2-501 王芳」，或群里独一个的名字。名单没存。',
    ],
    shortest: { line: 1, said: '王芳' },
    longest: { line: 1_000, said: `${LABEL} ${NAME}` },
  }),
  listSaved: text({
    key: 'roster.listSaved',
    to: ['S'],
    render: ({ name, members }: { name: string; members: number }, cut) => [
      `已存：${cut(name, 4, 12)}，${members}人`,
    ],
    shortest: { name: '议事会', members: 0 },
    longest: { name: '幸福里社区第三届议事会全体成员名单', members: 1_000 },
  }),
  reasonMissing: fixedText('roster.reasonMissing', ['S'], '还差一句原因，会发给他。', '写上原因再退回。'),
  residentUnknown: fixedText('roster.residentUnknown', ['S'], '名册里没有找到这个人。', '看一下最新的名册。'),
  personUnknown: fixedText(
    'roster.personUnknown',
    ['S'],
    '本社区群里没有找到这个人。',
    '在「群里的人」里看。',
  ),
  notLinked: fixedText('roster.notLinked', ['S'], '这两个没有对上过，不用取消。', '看一下最新的名册。'),
  refusedSummary: text({
    key: 'roster.refusedSummary',
    to: ['S'],
    render: ({ name }: { name: string }, cut) => [`已退回：${cut(name, 4, 10)}，原因发给他了`],
    shortest: { name: '王芳' },
    longest: { name: NAME },
  }),
  linkedSummary: text({
    key: 'roster.linkedSummary',
    to: ['S'],
    render: ({ label, name }: { label: string; name: string }, cut) => [
      `已对上：${label} ${cut(name, 4, 10)}`,
    ],
    shortest: { label: '501', name: '王芳' },
    longest: { label: LABEL, name: NAME },
  }),
  unlinkedSummary: text({
    key: 'roster.unlinkedSummary',
    to: ['S'],
    render: ({ label, name }: { label: string; name: string }, cut) => [
      `已取消：${label} ${cut(name, 4, 10)}`,
    ],
    shortest: { label: '501', name: '王芳' },
    longest: { label: LABEL, name: NAME },
  }),
} as const;

/** Why a file was not read at all. */
export const TABLE_FAULT_WORDS = {
  tooLarge: '文件太大，分几个导（每个3兆以内）。',
  oldExcel: '这是老格式的Excel，或者加了密码。另存为 .xlsx 再选。',
  notATable: '没看懂这个文件。要 .xlsx 或 .csv。',
  empty: '文件是空的。',
} as const;

/** Columns of a roster as its template names them. */
export const ROSTER_FIELD_WORDS = {
  building: '楼栋',
  unit: '单元',
  room: '房号',
  address: '房屋',
  name: '姓名',
  phone: '手机尾号',
  owner: '业主',
  area: '面积',
} as const;

/** The template's columns, two made-up households, and what to know. */
export const ROSTER_TEMPLATE = {
  fileName: '名册模板.xlsx',
  header: ['楼栋', '单元', '房号', '姓名', '手机尾号', '是否业主', '面积'],
  notes: [
    ['怎么填', ''],
    ['一人一行', '同一户的人，楼栋、单元、房号写一样的'],
    ['手机尾号', '只要后4位。写了整个号码，也只留后4位'],
    ['是否业主', '写 是 或 否'],
    ['面积', '专有部分面积，平方米，同一户写一次就行'],
    ['身份证号', '不要写，写了也不读'],
    ['例子', '3　2　501　王芳　1234　是　89.52'],
  ],
} as const;
