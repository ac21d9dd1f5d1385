import type { mongo } from 'mongoose';
import { MINUTE_MS } from '#core/clock';
import { OUTBOX_RANK, type ClaimRequest, type OutboxOutcome } from '#core/outbox';
import { RATE_WINDOW_MS, roomAt } from '#core/outbox-rate';
import { afterQuietHours } from '#procedure/quiet-hours';
import type { LaneRest } from './lanes.ts';
import { isReadable, OUTBOX_FORMAT, type OutboxDocument } from './outbox.ts';

type Rows = mongo.Collection<OutboxDocument>;

/** Why a leased row does not go out now. */
export type Fate =
  | { readonly kind: 'dead'; readonly outcome: OutboxOutcome; readonly reason: string }
  | { readonly kind: 'later'; readonly dueAt: Date }
  /** Back to where it was; its lane may rest. */
  | { readonly kind: 'back'; readonly rest?: LaneRest };

/** A row of a newer version waits for a newer instance; this long nobody looks at its lane. */
const NOT_OURS_MS = MINUTE_MS;

/** What a row's own words say about sending it now; undefined: nothing against it. */
export function ownFate(row: OutboxDocument, { now, realNow }: ClaimRequest): Fate | undefined {
  if ((row.format ?? OUTBOX_FORMAT) > OUTBOX_FORMAT) {
    const until = new Date(realNow.getTime() + NOT_OURS_MS);
    return { kind: 'back', rest: { lane: row.lane, partition: row.partition, until, forAll: true } };
  }
  if (!isReadable(row)) return { kind: 'dead', outcome: 'unreadable', reason: 'unreadable' };
  if (row.expiresAt && row.expiresAt <= now) return { kind: 'dead', outcome: 'expired', reason: 'too late' };
  return quietFate(row, now);
}

/** Whatever brought a row here in the night, it waits for the morning; what has begun is brought to its end. */
function quietFate(row: OutboxDocument, now: Date): Fate | undefined {
  if (row.quietZone === undefined || row.partsSent > 0) return undefined;
  const dueAt = afterQuietHours(now, row.quietZone);
  return dueAt > now ? { kind: 'later', dueAt } : undefined;
}

/**
 * Rows whose lane has used up its minute. Asked after the lease: while we hold the lane's only lease nobody else can
 * add a try, so several instances together keep the limit.
 */
export function fullLanes(
  leased: readonly OutboxDocument[],
  tries: ReadonlyMap<string, readonly Date[]>,
  request: ClaimRequest,
): ReadonlyMap<OutboxDocument, Fate> {
  const limits = new Map(request.senders.map((ready) => [ready.sender, ready.sendsPerMinute]));
  const full = new Map<OutboxDocument, Fate>();
  for (const row of leased) {
    const isUrgent = row.urgent === true;
    const ends = tries.get(row.lane) ?? [];
    const until = roomAt(ends, limits.get(row.sender) ?? 0, isUrgent, request.realNow);
    if (!until) continue;
    // An urgent message may come in before; but not between the parts or tries of another.
    const forAll = isUrgent || row.rank === OUTBOX_RANK.started;
    full.set(row, { kind: 'back', rest: { lane: row.lane, partition: row.partition, until, forAll } });
  }
  return full;
}

/** Ends of the tries of the last minute, by lane; for lanes whose channel has a limit. */
export async function recentTries(
  rows: Rows,
  leased: readonly OutboxDocument[],
  request: ClaimRequest,
): Promise<ReadonlyMap<string, readonly Date[]>> {
  const limits = new Map(request.senders.map((ready) => [ready.sender, ready.sendsPerMinute]));
  const limited = leased.filter((row) => Number.isFinite(limits.get(row.sender) ?? 0));
  if (limited.length === 0) return new Map();
  const since = new Date(request.realNow.getTime() - RATE_WINDOW_MS);
  const lane = { $in: limited.map((row) => row.lane) };
  const projection = { _id: 0, lane: 1, triedAts: 1 };
  const tried = await rows.find({ lane, lastTriedAt: { $gt: since } }, { projection }).toArray();
  const byLane = new Map<string, Date[]>();
  for (const row of tried) {
    const recent = row.triedAts.filter((triedAt) => triedAt > since);
    byLane.set(row.lane, [...(byLane.get(row.lane) ?? []), ...recent]);
  }
  return byLane;
}

/** Writes what does not go out; rows with the same fate by one operation. Fenced by the claim's token. */
export async function putAside(
  rows: Rows,
  fates: ReadonlyMap<OutboxDocument, Fate>,
  token: string,
  now: Date,
): Promise<void> {
  if (fates.size === 0) return;
  const groups = new Map<string, { readonly fate: Fate; readonly ids: string[] }>();
  for (const [row, fate] of fates) {
    const key = JSON.stringify(fate.kind === 'back' ? fate.kind : fate);
    const group = groups.get(key);
    if (group) group.ids.push(row._id);
    else groups.set(key, { fate, ids: [row._id] });
  }
  const operations = [...groups.values()].map(({ fate, ids }) => ({
    updateMany: {
      filter: { _id: { $in: ids }, state: 'leased' as const, 'lease.token': token },
      update: { $set: fieldsOf(fate, now), $unset: { lease: '' as const } },
    },
  }));
  await rows.bulkWrite(operations, { ordered: false });
}

function fieldsOf(fate: Fate, now: Date) {
  switch (fate.kind) {
    case 'dead':
      return { state: 'dead' as const, outcome: fate.outcome, reason: fate.reason, asideAt: now };
    case 'later':
      return { state: 'queued' as const, dueAt: fate.dueAt };
    case 'back':
      return { state: 'queued' as const };
  }
}
