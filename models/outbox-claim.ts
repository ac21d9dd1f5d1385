import type { Connection, mongo } from 'mongoose';
import type { Chance } from '#core/clock';
import { MINUTE_MS } from '#core/clock';
import { MAX_TRIES, OUTBOX_RANK, type ClaimRequest, type OutboxClaim } from '#core/outbox';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder, isDuplicateKey } from './driver-error.ts';
import type { LanePauses } from './lanes.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';

/** Queries a claim may spend on lanes with a long backlog before the rest waits for the next claim. */
const MOST_ROUNDS = 4;
/** Times of tries kept on a row; more than a row can have within one rate window. */
export const TRIED_AT_KEPT = 60;

export interface ClaimDeps {
  readonly connection: Connection;
  readonly pauses: LanePauses;
  readonly chance: Chance;
}

type Rows = mongo.Collection<OutboxDocument>;
type Head = Pick<OutboxDocument, '_id' | 'lane'>;

/** The claim as `OutboxStore.claimBatch` promises it. */
export function createClaim(deps: ClaimDeps): (request: ClaimRequest) => Promise<readonly OutboxClaim[]> {
  const rows = collectionOf(deps.connection, outboxCollection);
  return (request) => atBorder(() => claimBatch(rows, deps, request));
}

async function claimBatch(
  rows: Rows,
  deps: ClaimDeps,
  request: ClaimRequest,
): Promise<readonly OutboxClaim[]> {
  const [busy, paused] = await Promise.all([
    busyLanes(rows, request),
    deps.pauses.pausedAt(request.partitions, request.realNow),
  ]);
  const heads = await findHeads(rows, request, [...busy, ...paused]);
  if (heads.length === 0) return [];
  const token = deps.chance.id();
  await lease(rows, heads, token, request);
  const leased = await rows.find({ 'lease.token': token, state: 'leased' }).toArray();
  const stale = leased.filter((row) => row.expiresAt !== undefined && row.expiresAt <= request.now);
  const live = leased.filter((row) => !stale.includes(row));
  const fullUntil = await fullLanes(rows, live, request);
  const full = live.filter((row) => fullUntil.has(row.lane));
  await Promise.all([bury(rows, stale, token, request.now), giveBack(rows, full, token)]);
  await deps.pauses.pause(full.map((row) => pauseOf(row, fullUntil)));
  return live.filter((row) => !fullUntil.has(row.lane)).map((row) => claimOf(row, token));
}

/** Lanes with a message in flight. A crashed worker's are freed first, or a busy queue would starve recovery. */
async function busyLanes(rows: Rows, request: ClaimRequest): Promise<readonly string[]> {
  const filter = { state: 'leased', partition: { $in: [...request.partitions] } } as const;
  const projection = { _id: 1, lane: 1, 'lease.until': 1 };
  const leased = await rows.find(filter, { projection }).toArray();
  const expired = leased.filter((row) => !row.lease || row.lease.until < request.realNow);
  if (expired.length > 0) await takeOver(rows, expired, request);
  return leased.filter((row) => !expired.includes(row)).map((row) => row.lane);
}

async function takeOver(rows: Rows, expired: readonly Head[], { now, realNow }: ClaimRequest): Promise<void> {
  const lost = { _id: { $in: idsOf(expired) }, state: 'leased', 'lease.until': { $lt: realNow } } as const;
  const unsure = { mayAlreadyBeSent: true, lastTriedAt: realNow };
  const common = {
    $unset: { lease: '' as const },
    $inc: { tries: 1 },
    $push: { triedAts: { $each: [realNow], $slice: -TRIED_AT_KEPT } },
  };
  const held = {
    ...unsure,
    state: 'held',
    outcome: 'uncertain',
    reason: 'worker lost',
    asideAt: now,
  } as const;
  const mustHold = { $or: [{ whenUncertain: 'hold' as const }, { tries: { $gte: MAX_TRIES - 1 } }] };
  await rows.updateMany({ ...lost, ...mustHold }, { ...common, $set: held });
  await rows.updateMany(lost, { ...common, $set: { ...unsure, state: 'queued', rank: OUTBOX_RANK.started } });
}

/** The first due row of each free lane, urgent ones first, then by age. */
async function findHeads(
  rows: Rows,
  request: ClaimRequest,
  blocked: readonly string[],
): Promise<readonly Head[]> {
  const heads = new Map<string, Head>();
  const perRound = request.limit * 2;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = await dueRows(rows, request, [...blocked, ...heads.keys()], perRound);
    for (const row of found) {
      if (heads.size < request.limit && !heads.has(row.lane)) heads.set(row.lane, row);
    }
    if (found.length < perRound || heads.size >= request.limit) break;
  }
  return [...heads.values()];
}

function dueRows(
  rows: Rows,
  request: ClaimRequest,
  blocked: readonly string[],
  limit: number,
): Promise<Head[]> {
  const filter = {
    state: 'queued',
    sender: { $in: request.senders.map((ready) => ready.sender) },
    partition: { $in: [...request.partitions] },
    dueAt: { $lte: request.now },
    ...(blocked.length > 0 && { lane: { $nin: [...blocked] } }),
  } as const;
  return rows
    .find<Head>(filter, { projection: { _id: 1, lane: 1 } })
    .hint('queued')
    .sort({ rank: 1, dueAt: 1, seq: 1 })
    .limit(limit)
    .toArray();
}

/** A lane that another worker leased meanwhile breaks the batch off: what is leased by then is ours all the same. */
async function lease(
  rows: Rows,
  heads: readonly Head[],
  token: string,
  request: ClaimRequest,
): Promise<void> {
  const until = new Date(request.realNow.getTime() + request.leaseMs);
  const update = { $set: { state: 'leased', lease: { token, until } } } as const;
  try {
    await rows.updateMany({ _id: { $in: idsOf(heads) }, state: 'queued' }, update);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/**
 * Lanes whose rate window is full, and when a slot is free again. Asked after the lease: while we hold the lane's
 * only lease nobody else can add a try, so two instances together keep the limit. Ends of tries are counted, not
 * starts: a send that lingered on the wire must not bring two minutes' messages together at the vendor.
 */
async function fullLanes(
  rows: Rows,
  leased: readonly OutboxDocument[],
  request: ClaimRequest,
): Promise<ReadonlyMap<string, Date>> {
  const limits = new Map(request.senders.map((ready) => [ready.sender, ready.sendsPerMinute]));
  const limited = leased.filter((row) => Number.isFinite(limits.get(row.sender) ?? 0));
  const tries = await recentTries(rows, limited, request.realNow);
  const full = new Map<string, Date>();
  for (const row of limited) {
    const freeAt = slotFreeAt(tries.get(row.lane) ?? [], limits.get(row.sender) ?? 0);
    if (freeAt && freeAt > request.realNow) full.set(row.lane, freeAt);
  }
  return full;
}

async function recentTries(
  rows: Rows,
  leased: readonly OutboxDocument[],
  realNow: Date,
): Promise<ReadonlyMap<string, readonly Date[]>> {
  if (leased.length === 0) return new Map();
  const since = new Date(realNow.getTime() - MINUTE_MS);
  const lane = { $in: leased.map((row) => row.lane) };
  const projection = { _id: 0, lane: 1, triedAts: 1 };
  const tried = await rows.find({ lane, lastTriedAt: { $gt: since } }, { projection }).toArray();
  const byLane = new Map<string, Date[]>();
  for (const row of tried) {
    const recent = row.triedAts.filter((triedAt) => triedAt > since);
    byLane.set(row.lane, [...(byLane.get(row.lane) ?? []), ...recent]);
  }
  return byLane;
}

/** When one more try is within the limit; undefined: now. `tries` are those of the last minute. */
export function slotFreeAt(tries: readonly Date[], sendsPerMinute: number): Date | undefined {
  if (tries.length < sendsPerMinute) return undefined;
  const ends = tries.map((triedAt) => triedAt.getTime()).sort((one, other) => one - other);
  const leaving = ends[ends.length - Math.max(1, sendsPerMinute)];
  return leaving === undefined ? undefined : new Date(leaving + MINUTE_MS);
}

async function bury(rows: Rows, stale: readonly OutboxDocument[], token: string, now: Date): Promise<void> {
  if (stale.length === 0) return;
  const update = {
    $set: { state: 'dead', outcome: 'expired', reason: 'too late', asideAt: now },
    $unset: { lease: '' },
  } as const;
  await rows.updateMany({ _id: { $in: idsOf(stale) }, 'lease.token': token }, update);
}

async function giveBack(rows: Rows, full: readonly OutboxDocument[], token: string): Promise<void> {
  if (full.length === 0) return;
  const update = { $set: { state: 'queued' }, $unset: { lease: '' } } as const;
  await rows.updateMany({ _id: { $in: idsOf(full) }, 'lease.token': token }, update);
}

function pauseOf(row: OutboxDocument, fullUntil: ReadonlyMap<string, Date>) {
  return { _id: row.lane, partition: row.partition, pausedUntil: fullUntil.get(row.lane) ?? row.dueAt };
}

function claimOf(document: OutboxDocument, leaseToken: string): OutboxClaim {
  const { lease: _lease, settledBy: _settledBy, triedAts: _triedAts, lastTriedAt: _last, ...row } = document;
  return { row: recordOf(row), leaseToken };
}

function idsOf(rows: readonly { readonly _id: string }[]): string[] {
  return rows.map((row) => row._id);
}

export type OutboxBulk = mongo.AnyBulkWriteOperation<OutboxDocument>[];
