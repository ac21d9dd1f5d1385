import type { Connection, mongo } from 'mongoose';
import type { Chance } from '#core/clock';
import type { ClaimRequest, OutboxClaim } from '#core/outbox';
import { placeOf } from '#core/outbox-breaker';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder, isDuplicateKey } from './driver-error.ts';
import type { LaneRests } from './lanes.ts';
import { withBodies, type OutboxBodies } from './outbox-bodies.ts';
import { allowancesOf, findHeads, isAnythingDue, type Allowance, type Head } from './outbox-heads.ts';
import { joinBehind } from './outbox-join.ts';
import { fullLanes, ownFate, putAside, recentTries, type Fate } from './outbox-sift.ts';
import { busyLanes } from './outbox-takeover.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';
import type { Senders } from './senders.ts';

export interface ClaimDeps {
  readonly connection: Connection;
  readonly rests: LaneRests;
  readonly senders: Senders;
  readonly bodies: OutboxBodies;
  readonly chance: Chance;
}

type Rows = mongo.Collection<OutboxDocument>;

/** The claim as `OutboxStore.claimBatch` promises it. */
export function createClaim(deps: ClaimDeps): (request: ClaimRequest) => Promise<readonly OutboxClaim[]> {
  const rows = collectionOf(deps.connection, outboxCollection);
  let wasBusy = false;
  return (request) =>
    atBorder(async () => {
      // Where there was something a moment ago the cheap look would only be one more.
      if (!wasBusy && !(await isAnythingDue(rows, request))) return [];
      const claims = await claimBatch(rows, deps, request);
      wasBusy = claims.length > 0;
      return claims;
    });
}

async function claimBatch(
  rows: Rows,
  deps: ClaimDeps,
  request: ClaimRequest,
): Promise<readonly OutboxClaim[]> {
  const [busy, resting, states] = await Promise.all([
    busyLanes(rows, request),
    deps.rests.at(request.partitions, request.realNow),
    deps.senders.statesOf(request.senders.map((ready) => ready.sender)),
  ]);
  const allowances = allowancesOf(request, states);
  const blocked = [...busy, ...resting.paused];
  const found = await findHeads(rows, request, allowances, { blocked, slow: resting.slow });
  const heads = await withoutLostProbes(deps.senders, found, allowances, states, request);
  if (heads.length === 0) return [];
  const token = deps.chance.id();
  const leased = await lease(rows, heads, token, request);
  const isProbe = (row: OutboxDocument) => allowances.get(row.sender)?.isProbe === true;
  return sifted(rows, deps, leased, token, request, isProbe);
}

/** A login that may work again is tried with one message, by one instance. */
async function withoutLostProbes(
  senders: Senders,
  heads: readonly Head[],
  allowances: ReadonlyMap<string, Allowance>,
  states: Awaited<ReturnType<Senders['statesOf']>>,
  { realNow }: ClaimRequest,
): Promise<readonly Head[]> {
  const lost = new Set<string>();
  for (const { sender } of heads) {
    const state = states.get(sender);
    if (!state || allowances.get(sender)?.isProbe !== true) continue;
    if (!(await senders.takeProbe(sender, state, realNow))) lost.add(sender);
  }
  return heads.filter((head) => !lost.has(head.sender));
}

/** A lane that another worker leased meanwhile breaks the batch off: what is leased by then is ours all the same. */
async function lease(
  rows: Rows,
  heads: readonly Head[],
  token: string,
  request: ClaimRequest,
): Promise<readonly OutboxDocument[]> {
  const until = new Date(request.realNow.getTime() + request.leaseMs);
  const _id = { $in: heads.map((head) => head._id) };
  try {
    await rows.updateMany({ _id, state: 'queued' }, { $set: { state: 'leased', lease: { token, until } } });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return rows.find({ _id, state: 'leased', 'lease.token': token }).toArray();
}

/** Gives back what must not go out now, takes the places of what does, and joins answers behind it. */
async function sifted(
  rows: Rows,
  deps: ClaimDeps,
  leased: readonly OutboxDocument[],
  token: string,
  request: ClaimRequest,
  isProbe: (row: OutboxDocument) => boolean,
): Promise<readonly OutboxClaim[]> {
  const [worded, tries] = await Promise.all([
    withBodies(deps.bodies, leased),
    recentTries(rows, leased, request),
  ]);
  const fates = new Map<OutboxDocument, Fate>();
  for (const row of worded) {
    const fate = ownFate(row, request);
    if (fate) fates.set(row, fate);
  }
  const left = () => worded.filter((row) => !fates.has(row));
  for (const [row, fate] of fullLanes(left(), tries, request)) fates.set(row, fate);
  for (const row of await withoutPlace(deps.senders, left(), token, request))
    fates.set(row, { kind: 'back' });
  await deps.rests.rest(
    [...fates.values()].flatMap((fate) => (fate.kind === 'back' ? (fate.rest ?? []) : [])),
  );
  await putAside(rows, fates, token, request.now);
  const joined = await joinBehind(rows, deps.bodies, left(), tries, token, request);
  return left().map((row) => ({
    row: rowOf(row),
    leaseToken: token,
    ...(isProbe(row) && { isProbe: true }),
    ...(joined.has(row._id) && { joined: (joined.get(row._id) ?? []).map(rowOf) }),
  }));
}

/** Rows for which the login's minute has no place, where a login has a limit of its own. */
async function withoutPlace(
  senders: Senders,
  rows: readonly OutboxDocument[],
  token: string,
  request: ClaimRequest,
): Promise<readonly OutboxDocument[]> {
  const place = (row: OutboxDocument) => placeOf({ row: rowOf(row), leaseToken: token });
  const without: OutboxDocument[] = [];
  for (const { sender, loginSendsPerMinute: sends = Infinity } of request.senders) {
    const mine = rows.filter((row) => row.sender === sender);
    if (!Number.isFinite(sends) || mine.length === 0) continue;
    const granted = await senders.reserve(sender, mine.map(place), sends, request.realNow);
    without.push(...mine.filter((row) => !granted.has(place(row))));
  }
  return without;
}

/** The row as the rest of the program knows it; it has its words, or it would have been set aside. */
function rowOf(document: OutboxDocument): OutboxClaim['row'] {
  const {
    lease: _lease,
    settledBy: _settledBy,
    triedAts: _triedAts,
    lastTriedAt: _last,
    joinedTo: _joinedTo,
    bodyId: _bodyId,
    format: _format,
    body = { text: '' },
    ...row
  } = document;
  return recordOf({ ...row, body });
}

export type OutboxBulk = mongo.AnyBulkWriteOperation<OutboxDocument>[];
