import { normalizeCommandText } from '#language/normalize';

/** What a column of a roster can mean. `address` is building, unit and room in one cell. */
export type RosterField = 'building' | 'unit' | 'room' | 'address' | 'name' | 'phone' | 'owner' | 'area';

export interface Columns {
  /** The row that names the columns, counted from 0. */
  readonly headerRow: number;
  readonly at: Readonly<Partial<Record<RosterField, number>>>;
  /** The column of names is one of owners: 业主姓名. */
  readonly namesAreOwners: boolean;
  /** Headers that were not understood, as they are written. */
  readonly unread: readonly string[];
}

const HEADERS: Readonly<Record<RosterField, RegExp>> = {
  building: /^(?:所在)?(?:楼栋|楼号|栋号|幢号|楼栋号|楼幢|栋|幢|楼|座|座号|组|村民小组|组别)$/u,
  unit: /^(?:所在)?(?:单元|单元号|门栋|门洞|梯)$/u,
  room: /^(?:房号|房间号|室号|房屋号|户号|门牌|门牌号|房间|室|房|门号)$/u,
  address:
    /^(?:房屋|住址|地址|房屋地址|住房|房产|房屋坐落|坐落|楼栋房号|楼房号|房屋信息|家庭住址|详细地址|房屋编号)$/u,
  name: /^(?:姓名|名字|业主|业主姓名|住户|住户姓名|居民姓名|产权人|产权人姓名|户主|户主姓名|人员姓名|业主名称)$/u,
  phone:
    /^(?:手机|手机号|手机号码|电话|电话号码|联系电话|联系方式|手机尾号|电话尾号|尾号|手机后四位|手机后4位|电话后四位|电话后4位|业主电话|移动电话)$/u,
  owner: /^(?:是否业主|是业主|业主否|身份|人员身份|人员类别|与户主关系|与业主关系|关系|产权关系)$/u,
  area: /^(?:面积|建筑面积|专有面积|专有部分面积|房屋面积|产权面积|套内面积|建面)$/u,
};
const OWNER_NAMES = /业主|产权|户主/u;
/** Titles and notes may stand above the names of the columns. */
const LAST_HEADER_ROW = 15;

/** Finds the row that names the columns and what each means; undefined when no row names a room and a person. */
export function recogniseColumns(rows: readonly (readonly string[])[]): Columns | undefined {
  for (const [headerRow, cells] of rows.slice(0, LAST_HEADER_ROW).entries()) {
    const at = fieldsOf(cells);
    const hasRoom = at.room !== undefined || at.address !== undefined;
    if (hasRoom && (at.name !== undefined || at.area !== undefined)) return columnsOf(headerRow, cells, at);
  }
  return undefined;
}

function columnsOf(headerRow: number, cells: readonly string[], at: Columns['at']): Columns {
  const used = new Set(Object.values(at));
  const unread = cells.filter((cell, index) => cell !== '' && !used.has(index));
  const nameHeader = at.name === undefined ? '' : (cells[at.name] ?? '');
  return { headerRow, at, namesAreOwners: OWNER_NAMES.test(nameHeader), unread };
}

function fieldsOf(cells: readonly string[]): Columns['at'] {
  const at: Partial<Record<RosterField, number>> = {};
  for (const [index, cell] of cells.entries()) {
    const header = plainHeader(cell);
    for (const [field, pattern] of Object.entries(HEADERS) as [RosterField, RegExp][]) {
      if (at[field] === undefined && pattern.test(header)) {
        at[field] = index;
        break;
      }
    }
  }
  return at;
}

/** 面积（㎡） and *姓 名: units, marks and blanks do not matter. */
function plainHeader(cell: string): string {
  return normalizeCommandText(cell)
    .replace(/[(（[【].*?[)）\]】]/gu, '')
    .replace(/[\s*:：/㎡]+/gu, '');
}
