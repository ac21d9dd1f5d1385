import { MINUTE_MS, type Chance } from '#core/clock';
import type { Dispatch } from '#core/decision';
import {
  MAX_TRIES,
  OUTBOX_RANK,
  progressOf,
  rowChangeOf,
  type ClaimRequest,
  type OutboxClaim,
  type OutboxRow,
  type OutboxStore,
  type OutboxTime,
  type SettleOutcome,
} from '#core/outbox';
import type { OutboxOperations } from '#core/outbox-operations';
import { recordOf } from '#models/collection';
import { createMemoryOperations } from './memory-outbox-operations.ts';
import { createRowSequence, outboxIdOf, outboxRowOf } from '#models/outbox';

interface Kept {
  row: OutboxRow;
  lease?: { token: string; until: Date } | undefined;
  tries: Date[];
}

export interface MemoryOutboxStore extends OutboxStore {
  /** `duplicate`: the key was enqueued before. */
  enqueue(dispatch: Dispatch, now: Date): 'queued' | 'duplicate';
  row(id: string): OutboxRow | undefined;
  rows(): readonly OutboxRow[];
  readonly operations: OutboxOperations;
}

/** The outbox for fast tests; allowed there because it passes the suite that the one in MongoDB passes. */
export function createMemoryOutboxStore(chance: Chance): MemoryOutboxStore {
  const kept = new Map<string, Kept>();
  const pauses = new Map<string, Date>();
  const sequence = createRowSequence();

  const leased = () => [...kept.values()].filter((one) => one.row.state === 'leased');
  const owned = (claim: OutboxClaim) => {
    const one = kept.get(claim.row.id);
    return one?.row.state === 'leased' && one.lease?.token === claim.leaseToken ? one : undefined;
  };
  const pause = (lane: string, until: Date) => {
    const known = pauses.get(lane);
    if (!known || known < until) pauses.set(lane, until);
  };

  function takeOver({ now, realNow, partitions }: ClaimRequest): void {
    for (const one of leased()) {
      if (!partitions.includes(one.row.partition) || (one.lease && one.lease.until >= realNow)) continue;
      const tries = one.row.tries + 1;
      const mustHold = one.row.whenUncertain === 'hold' || tries >= MAX_TRIES;
      const unsure = { ...one.row, tries, mayAlreadyBeSent: true };
      one.row = mustHold
        ? { ...unsure, state: 'held', outcome: 'uncertain', reason: 'worker lost', asideAt: now }
        : { ...unsure, state: 'queued', rank: OUTBOX_RANK.started };
      one.lease = undefined;
      one.tries.push(realNow);
    }
  }

  function isDue({ row }: Kept, request: ClaimRequest): boolean {
    const ready = request.senders.some((one) => one.sender === row.sender);
    return (
      row.state === 'queued' &&
      ready &&
      request.partitions.includes(row.partition) &&
      row.dueAt <= request.now
    );
  }

  function findHeads(request: ClaimRequest): readonly Kept[] {
    const blocked = new Set(leased().map((one) => one.row.lane));
    for (const [lane, until] of pauses) if (until > request.realNow) blocked.add(lane);
    const due = [...kept.values()].filter((one) => isDue(one, request) && !blocked.has(one.row.lane));
    const heads = new Map<string, Kept>();
    for (const one of due.sort(byPlace)) if (!heads.has(one.row.lane)) heads.set(one.row.lane, one);
    return [...heads.values()].slice(0, request.limit);
  }

  /** When the lane of this row may be used again; undefined: now. */
  function fullUntil({ row }: Kept, request: ClaimRequest): Date | undefined {
    const limit = request.senders.find((one) => one.sender === row.sender)?.sendsPerMinute ?? 0;
    const since = request.realNow.getTime() - MINUTE_MS;
    const lane = [...kept.values()].filter((one) => one.row.lane === row.lane);
    const ends = lane.flatMap((one) => one.tries.map((at) => at.getTime())).filter((at) => at > since);
    const leaving = ends.sort((one, other) => one - other).at(-limit);
    return ends.length < limit || leaving === undefined ? undefined : new Date(leaving + MINUTE_MS);
  }

  function claimOne(one: Kept, request: ClaimRequest, leaseToken: string): OutboxClaim[] {
    if (one.row.expiresAt && one.row.expiresAt <= request.now) {
      one.row = { ...one.row, state: 'dead', outcome: 'expired', reason: 'too late', asideAt: request.now };
      return [];
    }
    const until = fullUntil(one, request);
    if (until) {
      pause(one.row.lane, until);
      return [];
    }
    one.row = { ...one.row, state: 'leased' };
    one.lease = { token: leaseToken, until: new Date(request.realNow.getTime() + request.leaseMs) };
    return [{ row: one.row, leaseToken }];
  }

  function settle(claim: OutboxClaim, outcome: SettleOutcome, time: OutboxTime): boolean {
    const one = owned(claim);
    if (!one) return false;
    const { pauseMs, ...change } = rowChangeOf(claim.row, outcome, chance.fraction());
    const released = outcome.status === 'released';
    if (pauseMs !== undefined) pause(one.row.lane, new Date(time.realNow.getTime() + pauseMs));
    if (!released) one.tries.push(time.realNow);
    const rank = change.state === 'queued' && !released ? OUTBOX_RANK.started : one.row.rank;
    const isAside = change.state === 'held' || change.state === 'dead';
    one.row = {
      ...one.row,
      ...change,
      rank,
      ...(change.state === 'sent' && { doneAt: time.now }),
      ...(isAside && { asideAt: time.now }),
    };
    one.lease = undefined;
    return true;
  }

  function redrive(id: string, now: Date): boolean {
    const one = kept.get(id);
    if (!one || (one.row.state !== 'held' && one.row.state !== 'dead')) return false;
    const { outcome: _outcome, reason: _reason, expiresAt: _expiresAt, asideAt: _asideAt, ...row } = one.row;
    one.row = { ...row, state: 'queued', tries: 0, dueAt: now, rank: OUTBOX_RANK.normal };
    return true;
  }

  function confirm(id: string, now: Date): boolean {
    const one = kept.get(id);
    if (one?.row.state !== 'held') return false;
    const { reason: _reason, asideAt: _asideAt, ...row } = one.row;
    one.row = { ...row, state: 'sent', outcome: 'delivered', doneAt: now };
    return true;
  }

  return {
    operations: createMemoryOperations({
      rows: () => [...kept.values()].map((one) => one.row),
      pausedUntil: (lane) => pauses.get(lane),
      redrive,
      confirm,
    }),
    enqueue(dispatch, now) {
      const row = recordOf(outboxRowOf(dispatch, now, sequence(now)));
      if (kept.has(row.id)) return 'duplicate';
      kept.set(row.id, { row, tries: [] });
      return 'queued';
    },
    row: (id) => kept.get(id)?.row,
    rows: () => [...kept.values()].map((one) => one.row),
    async claimBatch(request) {
      takeOver(request);
      const leaseToken = chance.id();
      return findHeads(request).flatMap((one) => claimOne(one, request, leaseToken));
    },
    async extend(claims, realNow, leaseMs) {
      const until = new Date(realNow.getTime() + leaseMs);
      const ours = claims.filter((claim) => owned(claim) !== undefined);
      for (const claim of ours)
        Object.assign(owned(claim) ?? {}, { lease: { token: claim.leaseToken, until } });
      return new Set(ours);
    },
    settle: async (claim, outcome, time) => settle(claim, outcome, time),
    settleMany: async (settlements, time) => settlements.map((one) => settle(one.claim, one.outcome, time)),
    progress: async (subjectId) =>
      progressOf([...kept.values()].map((one) => one.row).filter((row) => row.subjectId === subjectId)),
    groupOf: async (id) => kept.get(id)?.row.groupId,
    redrive: async (id, now) => redrive(id, now),
    confirmDelivered: async (id, now) => confirm(id, now),
    async cancelQueued(which) {
      const ids = 'ids' in which ? which.ids.map(outboxIdOf) : undefined;
      const chosen = [...kept.values()].filter(({ row }) =>
        ids ? ids.includes(row.id) : 'subjectId' in which && row.subjectId === which.subjectId,
      );
      const untouched = chosen.filter(
        ({ row }) =>
          row.state === 'queued' && row.tries === 0 && row.partsSent === 0 && !row.mayAlreadyBeSent,
      );
      for (const { row } of untouched) kept.delete(row.id);
      return untouched.length;
    },
  };
}

function byPlace(one: Kept, other: Kept): number {
  const [a, b] = [one.row, other.row];
  return a.rank - b.rank || a.dueAt.getTime() - b.dueAt.getTime() || a.seq - b.seq;
}
