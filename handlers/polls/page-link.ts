import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS, HOUR_MS } from '#core/clock';
import type { Poll } from '#core/poll';
import { readCode, shortCode } from '#src/proof/short-code';

/** 60 bits: whoever lacks the key cannot find a page by trying. */
const CODE_CHARS = 12;
/** So long after its end a poll's page still shows the result; then the link has expired. */
const KEPT_MS = 90 * DAY_MS;
const PASS_MS = 12 * HOUR_MS;

function signed(key: string, parts: readonly unknown[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

/**
 * The code in the address of a poll's page, signed over the topic and how many polls it had before. A preview says the
 * same address as the opening, although the poll has no id yet.
 */
export function pageCodeOf(key: string, topicId: string, earlierPolls: number): string {
  return shortCode(signed(key, ['poll-page/1', topicId, earlierPolls]), CODE_CHARS);
}

/** /vote/3-7K2M9QXAPLMN: people see which topic it is. */
export function pagePath({
  topicNumber,
  pageCode,
}: Pick<Poll, 'topicNumber' | 'pageCode'>): string | undefined {
  return pageCode === undefined ? undefined : `/vote/${topicNumber}-${pageCode}`;
}

/** The code of an address, as it may have been typed from a poster; undefined for what cannot be one. */
export function readPageAddress(
  address: string,
): { readonly topicNumber: number; readonly code: string } | undefined {
  const found = /^(\d{1,7})-([\w-]{12,20})$/u.exec(address);
  const [, topicNumber, typed = ''] = found ?? [];
  const code = readCode(typed);
  return code.length === CODE_CHARS ? { topicNumber: Number(topicNumber), code } : undefined;
}

export function isPageExpired({ closesAt }: Pick<Poll, 'closesAt'>, now: Date): boolean {
  return now.getTime() > closesAt.getTime() + KEPT_MS;
}

/** What is kept of a code instead of the code; with the key, so that a copy of the database is not enough to try it. */
export function codeHash(key: string, pollId: string, personId: string, code: string): string {
  return signed(key, ['poll-code/1', pollId, personId, code]).toString('base64url');
}

/** Somebody who showed who they are, on one poll's page, until some time. */
interface Pass {
  readonly pollId: string;
  readonly personId: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** What the browser keeps of it: signed, so that nobody makes or changes one. */
export function makePass(key: string, pollId: string, personId: string, now: Date): string {
  const pass: Pass = { pollId, personId, until: now.getTime() + PASS_MS };
  const body = Buffer.from(JSON.stringify([pass.pollId, pass.personId, pass.until])).toString('base64url');
  return `${body}.${signed(key, ['poll-pass/1', body]).toString('base64url')}`;
}

/** Who a pass is for; undefined when it is not ours, not of this poll, or its time is over. */
export function readPass(key: string, pass: string, pollId: string, now: Date): string | undefined {
  const [body = '', signature = ''] = pass.slice(0, 1_000).split('.');
  if (!isSame(signature, signed(key, ['poll-pass/1', body]))) return undefined;
  const [ofPoll, personId, until] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [
    string,
    string,
    number,
  ];
  return ofPoll === pollId && now.getTime() < until ? personId : undefined;
}

/**
 * One intended vote: the same sent twice is one vote, and another site's page cannot make one. `heldKey` says whose vote
 * it is where it is not the voter's own.
 */
export function makeTicket(key: string, pass: string, id: string, heldKey = ''): string {
  return `${id}.${ticketSignature(key, pass, id, heldKey).toString('base64url')}`;
}

/** The id in a ticket that was made for this pass and this vote. */
export function readTicket(key: string, pass: string, ticket: string, heldKey = ''): string | undefined {
  const [id = '', signature = ''] = ticket.slice(0, 200).split('.');
  return isSame(signature, ticketSignature(key, pass, id, heldKey)) ? id : undefined;
}

function ticketSignature(key: string, pass: string, id: string, heldKey: string): Buffer {
  return signed(key, ['poll-ticket/1', pass, id, ...(heldKey === '' ? [] : [heldKey])]);
}

/** What a page calls a voter whose vote this pass may cast: says nothing of them, and is worth nothing to another pass. */
export function heldKeyOf(key: string, pass: string, delegationId: string): string {
  return signed(key, ['poll-held/1', pass, delegationId]).toString('base64url').slice(0, 22);
}

/** Compares the texts, not what they decode to: several texts decode to the same bytes. */
function isSame(given: string, expected: Buffer): boolean {
  const [mine, theirs] = [Buffer.from(given), Buffer.from(expected.toString('base64url'))];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}
