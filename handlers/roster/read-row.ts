import type { RoomAddress } from '#core/roster';
import { cleanUserText } from '#language/clean-text';
import { addressOf, readRoomAddress } from '#language/room-address';
import { rosterTexts } from '#texts/roster-texts';
import type { Columns, RosterField } from './columns.ts';

/** One row of a roster, understood. */
export interface RosterRow {
  readonly address: RoomAddress;
  readonly people: readonly RowPerson[];
  readonly areaCents?: number;
}

export interface RowPerson {
  readonly name: string;
  readonly phoneTail?: string;
  /** Undefined: the file does not say. */
  readonly isOwner?: boolean;
}

export type ReadRow = { readonly row: RosterRow } | { readonly problem: string };

const LONGEST_NAME = 20;
const LONGEST_PART = 10;
const MOST_AREA_CENTS = 10_000_000;
const NOT_OWNER =
  /^(?:否|×|x|n|no|0|住户)$|非|不是|无产权|没有?产权|租|借住|家属|亲属|亲戚|子女|儿子|女儿|父|母|之[妻夫子女]|代理|委托/iu;
/** 共有人（配偶） owns with the other. */
const JOINT_OWNER = /共有|共同/u;
const OWNER = /业主|产权|共有|户主|本人|^(?:是|√|✓|✔|y|yes|1|对)$/iu;

/** Reads one row; the first thing that is wrong is named. A phone number is cut to its last four digits here. */
export function readRow(cells: readonly string[], columns: Columns): ReadRow {
  const cell = (field: RosterField) => {
    const at = columns.at[field];
    return at === undefined ? '' : tidy(cells[at] ?? '');
  };
  const address = readAddress(cell);
  if (!address) return { problem: rosterTexts.noRoom() };
  const area = readArea(cell('area'));
  if (area === 'wrong') return { problem: rosterTexts.areaWrong() };
  const people = readPeople(cell('name'), cell('phone'), ownerOf(cell('owner'), columns));
  if (typeof people === 'string') return { problem: people };
  return { row: { address, people, ...(area !== undefined && { areaCents: area }) } };
}

function tidy(cell: string): string {
  return cleanUserText(cell, { maxChars: 200 }).text.replaceAll('\n', ' ').trim();
}

function readAddress(cell: (field: RosterField) => string): RoomAddress | undefined {
  const room = cell('room');
  const whole = readRoomAddress(room === '' ? cell('address') : room);
  if (room === '') return whole?.rest.trim() === '' ? whole : undefined;
  const [building, unit] = [cell('building'), cell('unit')];
  // The whole address may stand in the column of rooms.
  if (building === '' && whole && whole.building !== '') return whole.rest.trim() === '' ? whole : undefined;
  const address = addressOf(building, unit, room);
  const parts = [address.building, address.unit, address.room];
  const isPlain = parts.every((part) => part.length <= LONGEST_PART && !/[|<>=\s]/u.test(part));
  return address.room !== '' && isPlain ? address : undefined;
}

/** 89.52, 89.52㎡, 1,089.5: in 0.01 m², without ever being a floating-point sum. */
function readArea(cell: string): number | undefined | 'wrong' {
  if (cell === '') return undefined;
  const found = /^(\d{1,6})(?:\.(\d{1,12}))?$/u.exec(
    cell
      .normalize('NFKC')
      .replace(/[,，\s]/gu, '')
      .replace(/(?:m2|m²|平方米|平米|平方|平|㎡)$/u, ''),
  );
  if (!found) return 'wrong';
  const [, whole = '0', decimals = ''] = found;
  const thousandths = Number(`${whole}${decimals.padEnd(3, '0').slice(0, 3)}`);
  const cents = Math.round(thousandths / 10);
  return cents > 0 && cents <= MOST_AREA_CENTS ? cents : 'wrong';
}

function ownerOf(cell: string, columns: Columns): boolean | undefined {
  if (NOT_OWNER.test(cell) && !JOINT_OWNER.test(cell)) return false;
  if (OWNER.test(cell)) return true;
  if (columns.at.owner !== undefined) return cell === '' && columns.namesAreOwners ? true : false;
  return columns.namesAreOwners ? true : undefined;
}

/** 张三、李四: joint owners in one cell, their phones in the same order. A string is the problem. */
function readPeople(
  nameCell: string,
  phoneCell: string,
  isOwner: boolean | undefined,
): readonly RowPerson[] | string {
  const names = split(nameCell).map((name) => name.replace(/\s+/gu, ''));
  const phones = phoneCell === '' ? [] : split(phoneCell);
  if (names.length === 0) return phones.length > 0 ? rosterTexts.noName() : [];
  if (phones.length > 0 && phones.length !== names.length) return rosterTexts.phonesUnclear();
  const people: RowPerson[] = [];
  for (const [index, name] of names.entries()) {
    if (!isName(name)) return rosterTexts.nameWrong();
    const tail = tailOf(phones[index] ?? '');
    if (tail === undefined) return rosterTexts.phoneWrong();
    if (people.some((one) => one.name === name)) return rosterTexts.nameTwice({ name });
    people.push({
      name,
      ...(tail !== '' && { phoneTail: tail }),
      ...(isOwner !== undefined && { isOwner }),
    });
  }
  return people;
}

function split(cell: string): string[] {
  return cell
    .split(/[、,，/;；]+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A name is short and holds no number that could be a phone or an identity card. */
function isName(name: string): boolean {
  return (
    [...name].length <= LONGEST_NAME && !/\d{4}/u.test(name) && /\p{L}/u.test(name) && !/[|<>=]/u.test(name)
  );
}

/** Only the last four digits of a phone number are ever kept. Empty: none was given; undefined: it is no number. */
function tailOf(cell: string): string | undefined {
  if (cell === '') return '';
  const digits = cell.normalize('NFKC').replace(/[\s*-]/gu, '');
  if (/^\+?\d{7,15}$/u.test(digits)) return digits.slice(-4);
  return /^(?:尾号)?(\d{4})$/u.exec(digits)?.[1];
}
