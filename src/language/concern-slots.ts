import { type Facility, findFacilities } from './facilities.ts';
import { normalizeCommandText } from './normalize.ts';
import { NUMERAL_CHARS, parseNumber } from './numerals.ts';

/** What a concern says about where and what; all in one spelling, so that equal strings mean the same. */
export interface ConcernSlots {
  /** 3, 12, g2, a: 3号楼, 三栋, G2栋, A座. */
  readonly buildings: readonly string[];
  readonly units: readonly string[];
  readonly floors: readonly string[];
  readonly rooms: readonly string[];
  /** Roads and estates by name: 芙蓉路, 丽发新城. Found by their last character, so rough. */
  readonly roads: readonly string[];
  readonly estates: readonly string[];
  /** 北门, 东门: the side of a gate. */
  readonly gates: readonly string[];
  readonly facilities: readonly Facility[];
  /** Number plates in capitals: 湘A12345. */
  readonly plates: readonly string[];
}

const MAX_READ_CHARS = 2_000;
const MAX_IN_RANGE = 40;
const ID = `(?:[a-z]?[0-9]{1,3}|[a-z](?![a-z])|[${NUMERAL_CHARS}]{1,4})`;
const BUILDING_MARK = '(?:号楼|#楼|#栋|号栋|号幢|栋|幢|座|#(?![0-9a-z]))';
const BUILDINGS = new RegExp(
  `(?<![0-9a-z${NUMERAL_CHARS}])((?:${ID}(?:栋|号楼|幢|座)?\\s?[、,，和到至~-]\\s?){0,12}${ID})\\s?${BUILDING_MARK}`,
  'gu',
);
const UNITS = new RegExp(`(${ID})\\s?单元(?!楼的)`, 'gu');
const FLOORS = new RegExp(
  `(?<![号#0-9-${NUMERAL_CHARS}])([${NUMERAL_CHARS}]{1,3})\\s?[楼层](?![盘主房栋上下])`,
  'gu',
);
const ROOMS = /(?<![0-9])([0-9]{3,4})(?:室|房|户|号房)/gu;
const ROOMS_BEHIND = /(?<=[栋幢座]|单元|号楼)\s?([0-9]{3,4})(?![0-9路元米年])/gu;
const ADDRESSES = /(?<![0-9-])([0-9]{1,3})-([0-9]{1,2})-([0-9]{3,4})(?![0-9-])/gu;
const GATES = /([东南西北正后侧])(?:大|小|侧)?门(?!面|诊)/gu;
const PLATES =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·.\s-]?(?=[a-z]*[0-9])[a-z0-9]{4,5}[a-z0-9挂学警港澳]/gu;
const ROAD = /(?:大道|路(?![灯面况])|街(?![道灯坊])|巷|胡同)/u;
const ESTATE =
  /(?:小区|花园|新村|新城|家园|公寓|公馆|国际|广场|社区|苑|里(?![面边头])|湾|城(?!管)|村(?!民)|园)/u;
/** Characters that never belong to the name before them. */
const NAME_BREAK =
  /[的在于和与到从是我们为对向被将把了请您你他有个这那门口旁边附近内外前后区市县镇乡道侧及、]/u;
const NOT_IN_NAMES = /反映|反应|投诉|举报|建议|关于|希望|请问|恳请|街道|没有|这条|那条/gu;

function oneSpelling(id: string): string {
  const value = parseNumber(id);
  return value === undefined ? id : String(value);
}

function distinct(values: Iterable<string>): string[] {
  return [...new Set(values)];
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** 1-3 becomes 1, 2, 3; anything else stays two. */
function expandRange(from: string, to: string): string[] {
  const [first, last] = [Number(from), Number(to)];
  const isRange =
    Number.isInteger(first) && Number.isInteger(last) && last > first && last - first < MAX_IN_RANGE;
  if (!isRange) return [from, to];
  return Array.from({ length: last - first + 1 }, (_, step) => String(first + step));
}

function expandList(list: string): string[] {
  const items = list.split(/[、,，和]/u).flatMap((part) => {
    const ends = part.split(/[到至~-]/u).map((id) => oneSpelling(id.replace(/栋|号楼|幢|座|\s/gu, '')));
    const [from, to] = ends;
    return from !== undefined && to !== undefined ? expandRange(from, to) : ends;
  });
  return items.filter((id) => id !== '');
}

function namesBefore(whole: string, suffix: RegExp): string[] {
  const text = whole.replace(NOT_IN_NAMES, ' ');
  const names: string[] = [];
  for (const match of text.matchAll(new RegExp(suffix, 'gu'))) {
    let start = match.index;
    while (start > 0 && match.index - start < 6 && isNameChar(text.charAt(start - 1))) start -= 1;
    const name = text.slice(start, match.index + match[0].length);
    if (match.index - start >= 2) names.push(name);
  }
  return distinct(names).slice(0, 12);
}

function isNameChar(char: string): boolean {
  return /[\p{Script=Han}]/u.test(char) && !NAME_BREAK.test(char);
}

/** Reads the slots out of a resident's words (the first 2,000 characters). Never throws; finds nothing in nonsense. */
export function extractSlots(text: string): ConcernSlots {
  const plain = normalizeCommandText(text.slice(0, MAX_READ_CHARS));
  const addresses = [...plain.matchAll(ADDRESSES)];
  const roads = namesBefore(plain, ROAD);
  return {
    buildings: distinct([
      ...firstGroups(plain, BUILDINGS).flatMap(expandList),
      ...addresses.map((match) => oneSpelling(match[1] ?? '')),
    ]),
    units: distinct(
      [...firstGroups(plain, UNITS), ...addresses.map((match) => match[2] ?? '')].map(oneSpelling),
    ),
    floors: distinct(firstGroups(plain, FLOORS).map(oneSpelling)),
    rooms: distinct([
      ...firstGroups(plain, ROOMS),
      ...firstGroups(plain, ROOMS_BEHIND),
      ...addresses.map((match) => match[3] ?? ''),
    ]),
    roads,
    estates: distinct(namesBefore(plain, ESTATE).map((name) => name.replace(/(?<=..)(?:小区|社区)$/u, ''))),
    gates: distinct(firstGroups(plain, GATES)),
    facilities: findFacilities(plain),
    plates: distinct(
      [...plain.matchAll(PLATES)].map(([plate]) => plate.replace(/[·.\s-]/g, '').toUpperCase()),
    ),
  };
}
