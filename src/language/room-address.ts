import type { RoomAddress } from '#core/roster';
import { foldInPlace } from './normalize.ts';
import { NUMERAL_CHARS, parseNumber } from './numerals.ts';

/** An address at the front of a text, and what follows it. */
export interface ReadAddress extends RoomAddress {
  readonly rest: string;
}

const ID = `[a-z]?\\d{1,3}[a-z]?|[a-z](?![a-z])|[${NUMERAL_CHARS}]{1,4}`;
const ROOM = '[a-z]?\\d{2,5}[a-z]?(?![\\d])';
const BUILDING_MARK = '号楼|#楼|号栋|号幢|栋|幢|座|#|号|楼';
const ROOM_MARK = '(?:\\s*(?:室|房间|房|户|号))?';
const JOIN = '\\s*[-/,，、]?\\s*';
const WORDED = new RegExp(
  `^\\s*(${ID})\\s*(?:${BUILDING_MARK})${JOIN}(?:(${ID})(?:\\s*(?:单元|门)${JOIN}|\\s*[-/]\\s*))?(${ROOM})${ROOM_MARK}`,
  'u',
);
const DASHED = new RegExp(`^\\s*(${ID})\\s*[-/]\\s*(?:(${ID})\\s*[-/]\\s*)?(${ROOM})${ROOM_MARK}`, 'u');
const BARE = new RegExp(`^\\s*(${ROOM})${ROOM_MARK}(?=$|[\\s,，](?!\\s*\\d))`, 'u');

/** Reads an address at the front: 3-2-501, 3号楼2单元501, 3栋501室, A座1203, 三号楼二单元501, or a room alone. */
export function readRoomAddress(text: string): ReadAddress | undefined {
  const folded = foldInPlace(text.slice(0, 80));
  const found = WORDED.exec(folded) ?? DASHED.exec(folded);
  if (found) {
    const [whole, building = '', unit = '', room = ''] = found;
    return { ...addressOf(building, unit, room), rest: text.slice(whole.length) };
  }
  const bare = BARE.exec(folded);
  return bare ? { ...addressOf('', '', bare[1] ?? ''), rest: text.slice(bare[0].length) } : undefined;
}

/** The three parts of an address in one spelling, as they stand in the columns of a list. */
export function addressOf(building: string, unit: string, room: string): RoomAddress {
  return {
    building: oneSpelling(building, /(?:号楼|#楼|号栋|号幢|栋|幢|座|#|号|楼)$/u),
    unit: oneSpelling(unit, /(?:单元|门|号)$/u),
    room: oneSpelling(room, /(?:室|房间|房|户|号)$/u),
  };
}

/** 03 and 三 are 3, a is A; what is no number (东楼) stays as it is. */
function oneSpelling(part: string, mark: RegExp): string {
  const bare = foldInPlace(part).replace(/\s+/gu, '').replace(mark, '');
  const isNumeral = bare.length > 0 && [...bare].every((char) => NUMERAL_CHARS.includes(char));
  const value = /^\d+$/u.test(bare) || !isNumeral ? undefined : parseNumber(bare);
  if (value !== undefined) return String(value);
  return bare.replace(/^0+(?=.)/u, '').toUpperCase();
}

/** 3号楼2单元501, A座1203, 501: as people write it. */
export function roomLabel({ building, unit, room }: RoomAddress): string {
  return `${partLabel({ building, unit })}${room}`;
}

/** 3号楼, 3号楼2单元. */
export function partLabel({ building, unit }: { readonly building: string; readonly unit?: string }): string {
  return `${buildingLabel(building)}${unit === undefined || unit === '' ? '' : `${unit}单元`}`;
}

/** 3号楼, A座, or its name as it is. */
export function buildingLabel(building: string): string {
  const mark = /^\d+[A-Z]?$/u.test(building) ? '号楼' : '座';
  return building !== '' && /^[A-Z]?\d*[A-Z]?$/u.test(building) ? `${building}${mark}` : building;
}
