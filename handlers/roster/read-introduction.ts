import type { RoomAddress } from '#core/roster';
import { normalizeCommandText } from '#language/normalize';
import { readRoomAddress } from '#language/room-address';

/** What somebody says to be known as a resident: 3-2-501 王芳 尾号1234. */
export interface Introduction {
  readonly address: RoomAddress;
  readonly name: string;
  readonly phoneTail?: string;
}

const TAIL =
  /[\s,，、]*(?:(?:手机|电话)?(?:尾号|后四位|后4位)(?:是|为|:|：)?\s*(\d{4})|(?<=[\s,，、])(\d{4}))[\s.。]*$/u;
const NAME_MARKS = /^(?:[\s,，、的:：]|业主|住户|户主|居民|我叫|叫|姓名)+|[\s,，、.。!！]+$/gu;
/** Two to four characters, or longer with the dot of names such as 买买提·吐尔逊. */
const NAME = /^(?:\p{Script=Han}{2,4}|(?=.{3,15}$)\p{Script=Han}+(?:[·•]\p{Script=Han}+)+)$/u;

const ANY_NAME = /^[\p{Script=Han}·•]{2,15}$/u;

/**
 * Reads address, name and, where it is given, the phone's tail, in this order and nothing else; else undefined. `isFree`:
 * it may be the beginning of anything, so only what is surely a name is taken for one.
 */
export function readIntroduction(text: string, isFree = false): Introduction | undefined {
  const read = readRoomAddress(text);
  if (!read) return undefined;
  const { rest, ...address } = read;
  const tail = TAIL.exec(normalizeCommandText(rest));
  const phoneTail = tail?.[1] ?? tail?.[2];
  const withoutTail = phoneTail === undefined ? rest : rest.slice(0, rest.search(TAIL_START));
  const name = withoutTail.replace(NAME_MARKS, '').replace(/\s+/gu, '');
  if (!(isFree ? NAME : ANY_NAME).test(name)) return undefined;
  return { address, name, ...(phoneTail !== undefined && { phoneTail }) };
}

/** Where the tail begins in the author's own spelling. */
const TAIL_START = /[\s,，、]*(?:手机|电话|手機|電話)?(?:尾号|尾號|后四位|后4位|[0-9０-９]{4})/u;
