import type { mongo } from 'mongoose';
import { canJoin, joinable } from '#core/outbox-join';
import type { ClaimRequest } from '#core/outbox';
import { roomNow } from '#core/outbox-rate';
import { withBodies, type OutboxBodies } from './outbox-bodies.ts';
import type { OutboxDocument } from './outbox.ts';

const MOST_JOINED = 20;

type Rows = mongo.Collection<OutboxDocument>;

/**
 * Where more short answers wait in a conversation than its minute has room for, those right behind the claimed one
 * go out with it as one message. By the claimed row's id, in their order.
 */
export async function joinBehind(
  rows: Rows,
  bodies: OutboxBodies,
  claimed: readonly OutboxDocument[],
  tries: ReadonlyMap<string, readonly Date[]>,
  token: string,
  request: ClaimRequest,
): Promise<ReadonlyMap<string, readonly OutboxDocument[]>> {
  const limits = new Map(request.senders.map((ready) => [ready.sender, ready]));
  const joined = new Map<string, readonly OutboxDocument[]>();
  for (const row of claimed) {
    const ready = limits.get(row.sender);
    if (!ready || !joinable(row)) continue;
    const room = roomNow(tries.get(row.lane) ?? [], ready.sendsPerMinute, false, request.realNow) - 1;
    if (room >= MOST_JOINED) continue;
    const behind = await waitingBehind(rows, row, request);
    if (behind.length <= room) continue;
    const chosen = canJoin(row, await withBodies(bodies, behind), ready.maxTextBytes);
    const got = await take(rows, row, chosen, token, request);
    if (got.length > 0) joined.set(row._id, got);
  }
  return joined;
}

function waitingBehind(
  rows: Rows,
  { lane }: OutboxDocument,
  { now }: ClaimRequest,
): Promise<OutboxDocument[]> {
  return rows
    .find({ lane, state: 'queued', dueAt: { $lte: now } })
    .hint('lane_order')
    .sort({ rank: 1, dueAt: 1, seq: 1 })
    .limit(MOST_JOINED)
    .toArray();
}

async function take(
  rows: Rows,
  head: OutboxDocument,
  chosen: readonly OutboxDocument[],
  token: string,
  request: ClaimRequest,
): Promise<readonly OutboxDocument[]> {
  if (chosen.length === 0) return [];
  const until = new Date(request.realNow.getTime() + request.leaseMs);
  const _id = { $in: chosen.map((row) => row._id) };
  const change = { state: 'joined', joinedTo: head._id, lease: { token, until } } as const;
  await rows.updateMany({ _id, state: 'queued' }, { $set: change });
  const got = await rows
    .find({ _id, state: 'joined', 'lease.token': token }, { projection: { _id: 1 } })
    .toArray();
  const mine = new Set(got.map((row) => row._id));
  return chosen.filter((row) => mine.has(row._id));
}
