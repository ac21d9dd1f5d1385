import type { mongo } from 'mongoose';
import { OUTBOX_RANK, type ClaimRequest } from '#core/outbox';
import { roomOf, type SenderState } from '#core/outbox-breaker';
import { roomNow } from '#core/outbox-rate';
import type { OutboxDocument } from './outbox.ts';

/** Queries a claim may spend on lanes with a long backlog before the rest waits for the next claim. */
const MOST_ROUNDS = 4;

type Rows = mongo.Collection<OutboxDocument>;
export type Head = Pick<OutboxDocument, '_id' | 'lane' | 'sender' | 'rank'>;

/** What a login may begin now. */
export interface Allowance {
  readonly isProbe: boolean;
  readonly urgent: number;
  readonly others: number;
}

/** Logins that may send something; those that rest or have used up their minute are left out. */
export function allowancesOf(
  request: ClaimRequest,
  states: ReadonlyMap<string, SenderState>,
): ReadonlyMap<string, Allowance> {
  const allowances = new Map<string, Allowance>();
  for (const { sender, loginSendsPerMinute: sends = Infinity } of request.senders) {
    const state = states.get(sender);
    const room = roomOf(state, request.realNow);
    if (room === 'none') continue;
    const isProbe = room === 'probe';
    const count = (isUrgent: boolean) =>
      Math.min(isProbe ? 1 : Infinity, roomNow(state?.ends ?? [], sends, isUrgent, request.realNow));
    const allowance = { isProbe, urgent: count(true), others: count(false) };
    if (allowance.urgent > 0) allowances.set(sender, allowance);
  }
  return allowances;
}

export interface Resting {
  /** Lanes of which nothing is to be taken. */
  readonly blocked: readonly string[];
  /** Lanes of which only urgent rows are to be taken. */
  readonly slow: readonly string[];
}

/** The first due row of each free lane, urgent ones first, then by age; no more of a login than it may begin. */
export async function findHeads(
  rows: Rows,
  request: ClaimRequest,
  allowances: ReadonlyMap<string, Allowance>,
  resting: Resting,
): Promise<readonly Head[]> {
  const seen = new Set<string>();
  const heads: Head[] = [];
  const perRound = request.limit * 2;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const open = [...allowances].filter(([sender, allowed]) => takenBy(sender, heads) < allowed.urgent);
    if (open.length === 0) break;
    const senders = open.map(([sender]) => sender);
    const blocked = [...resting.blocked, ...seen];
    const found = await dueRows(rows, request, senders, { ...resting, blocked }, perRound);
    for (const row of found) {
      if (seen.has(row.lane) || heads.length >= request.limit) continue;
      seen.add(row.lane);
      if (mayBegin(row, heads, allowances.get(row.sender))) heads.push(row);
    }
    if (found.length < perRound || heads.length >= request.limit) break;
  }
  return heads;
}

function takenBy(sender: string, heads: readonly Head[]): number {
  return heads.filter((head) => head.sender === sender).length;
}

function mayBegin(row: Head, heads: readonly Head[], allowed: Allowance | undefined): boolean {
  if (!allowed) return false;
  const most = row.rank === OUTBOX_RANK.urgent ? allowed.urgent : allowed.others;
  return !Number.isFinite(most) || takenBy(row.sender, heads) < most;
}

function dueRows(
  rows: Rows,
  request: ClaimRequest,
  senders: readonly string[],
  { blocked, slow }: Resting,
  limit: number,
): Promise<Head[]> {
  const filter = {
    ...dueFilter({ ...request, senders: senders.map((sender) => ({ sender })) }),
    ...(blocked.length > 0 && { lane: { $nin: [...blocked] } }),
    ...(slow.length > 0 && { $nor: [{ lane: { $in: [...slow] }, rank: { $gt: OUTBOX_RANK.urgent } }] }),
  };
  return rows
    .find<Head>(filter, { projection: { _id: 1, lane: 1, sender: 1, rank: 1 } })
    .hint('queued')
    .sort({ rank: 1, dueAt: 1, seq: 1 })
    .limit(limit)
    .toArray();
}

function dueFilter(request: {
  readonly senders: readonly { readonly sender: string }[];
  readonly partitions: readonly number[];
  readonly now: Date;
}) {
  return {
    state: 'queued' as const,
    sender: { $in: request.senders.map((ready) => ready.sender) },
    partition: { $in: [...request.partitions] },
    dueAt: { $lte: request.now },
  };
}

/** One cheap look that answers "nothing" most of the time: something is due, or a lease has run out. */
export async function isAnythingDue(rows: Rows, request: ClaimRequest): Promise<boolean> {
  const lost = {
    state: { $in: ['leased' as const, 'joined' as const] },
    partition: { $in: [...request.partitions] },
    'lease.until': { $lt: request.realNow },
  };
  const found = await rows.findOne({ $or: [dueFilter(request), lost] }, { projection: { _id: 1 } });
  return found !== null;
}
