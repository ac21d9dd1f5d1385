import { normalizeCommandText } from '#language/normalize';
import { readLeadingNumber } from '#language/references';
import { readRoomAddress, type ReadAddress } from '#language/room-address';

export interface ProxyWords {
  /** 议题3, when it was said. */
  readonly topicNumber?: number;
  /** Everything else that was said. */
  readonly rest: string;
}

/** 议题3 3-2-501 1, 3 3-2-501 1, 3-2-501 王芳 1: a number is the topic's when it says so or a door follows it. */
export function readProxyWords(original: string): ProxyWords {
  const text = original.trim();
  const found = readDoor(text) ? undefined : readLeadingNumber(text);
  const isTopic = found?.kind === 'topic' || (found?.kind === undefined && readDoor(found?.rest ?? ''));
  return found && isTopic ? { topicNumber: found.value, rest: found.rest } : { rest: text };
}

/** The door at the front; a room alone may have a number behind it that is a choice: 501 1. */
export function readDoor(text: string): ReadAddress | undefined {
  const whole = readRoomAddress(text);
  if (whole) return whole;
  const [, first = '', behind = ''] = /^\s*([^\s,，]{3,})[\s,，]+(.*)$/su.exec(text) ?? [];
  const alone = readRoomAddress(first);
  return alone?.rest === '' ? { ...alone, rest: behind } : undefined;
}

/** What stands behind a name at the front; undefined where another name or none is there. */
export function behindName(text: string, name: string): string | undefined {
  const said = normalizeCommandText(text);
  const wanted = normalizeCommandText(name);
  return wanted !== '' && said.startsWith(wanted) ? said.slice(wanted.length).trim() : undefined;
}

/** 3-2-501 给 3-2-502: whose vote, and who may cast it. */
export function readBothDoors(text: string): { voter: ReadAddress; holder: ReadAddress } | undefined {
  const [first = '', second, ...more] = text.split(/[\s,，]*(?:委托)?给[\s,，]*|\s*(?:->|→)\s*/u);
  const [voter, holder] = [readDoor(first), readDoor(second ?? '')];
  return voter && holder && more.length === 0 ? { voter, holder } : undefined;
}

/** Nothing but a number: 3. */
export function numberIn(text: string): number | undefined {
  return /^\d{1,7}$/u.test(text) ? Number(text) : undefined;
}
