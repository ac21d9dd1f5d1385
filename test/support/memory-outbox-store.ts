import type { Chance } from '#core/clock';
import type { Dispatch } from '#core/decision';
import {
  MAX_TRIES,
  OUTBOX_RANK,
  progressOf,
  type ClaimRequest,
  type OutboxClaim,
  type OutboxRow,
  type OutboxStore,
  type OutboxTime,
  type Settlement,
} from '#core/outbox';
import { freedPlaces, loginNewsOf, roomOf } from '#core/outbox-breaker';
import { rowChangeOf } from '#core/outbox-change';
import { canJoin, joinable } from '#core/outbox-join';
import type { OutboxOperations } from '#core/outbox-operations';
import { RATE_WINDOW_MS, roomAt, roomNow } from '#core/outbox-rate';
import { recordOf } from '#models/collection';
import { createRowSequence, outboxRowOf } from '#models/outbox';
import { afterQuietHours } from '#procedure/quiet-hours';
import { createMemoryLogins } from './memory-logins.ts';
import { createMemoryOperations } from './memory-outbox-operations.ts';

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
  const slow = new Map<string, Date>();
  const logins = createMemoryLogins();
  const sequence = createRowSequence();

  const underWay = () =>
    [...kept.values()].filter(({ row }) => row.state === 'leased' || row.state === 'joined');
  const owned = (id: string, token: string) => {
    const one = kept.get(id);
    return one?.lease?.token === token ? one : undefined;
  };
  const rest = (lane: string, until: Date, forAll: boolean) => {
    const rests = forAll ? pauses : slow;
    const known = rests.get(lane);
    if (!known || known < until) rests.set(lane, until);
  };
  const limitOf = ({ row }: Kept, request: ClaimRequest) =>
    request.senders.find((one) => one.sender === row.sender);

  function takeOver({ now, realNow, partitions }: ClaimRequest): void {
    for (const one of underWay()) {
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

  function isDue(one: Kept, request: ClaimRequest): boolean {
    const { row } = one;
    const rests = (slow.get(row.lane) ?? request.realNow) > request.realNow;
    return (
      row.state === 'queued' &&
      limitOf(one, request) !== undefined &&
      request.partitions.includes(row.partition) &&
      row.dueAt <= request.now &&
      !(rests && row.rank > OUTBOX_RANK.urgent)
    );
  }

  /** What each login may still begin in this claim. */
  function roomFor(one: Kept, claims: readonly OutboxClaim[], request: ClaimRequest): 'probe' | boolean {
    const state = logins.states().get(one.row.sender);
    const room = roomOf(state, request.realNow);
    if (room === 'none') return false;
    const taken = claims.filter(({ row }) => row.sender === one.row.sender).length;
    const sends = limitOf(one, request)?.loginSendsPerMinute ?? Infinity;
    const isUrgent = one.row.rank === OUTBOX_RANK.urgent;
    if (taken >= roomNow(state?.ends ?? [], sends, isUrgent, request.realNow)) return false;
    if (room === 'all') return true;
    return taken === 0 ? 'probe' : false;
  }

  function findHeads(request: ClaimRequest): readonly Kept[] {
    const blocked = new Set(underWay().map((one) => one.row.lane));
    for (const [lane, until] of pauses) if (until > request.realNow) blocked.add(lane);
    const due = [...kept.values()].filter((one) => isDue(one, request) && !blocked.has(one.row.lane));
    const heads = new Map<string, Kept>();
    for (const one of due.sort(byPlace)) if (!heads.has(one.row.lane)) heads.set(one.row.lane, one);
    return [...heads.values()].slice(0, request.limit);
  }

  /** Ends of the tries of this row's lane within the last minute. */
  function endsIn({ row }: Kept, { realNow }: ClaimRequest): readonly Date[] {
    const since = realNow.getTime() - RATE_WINDOW_MS;
    const lane = [...kept.values()].filter((one) => one.row.lane === row.lane);
    return lane.flatMap((one) => one.tries).filter((at) => at.getTime() > since);
  }

  /** True when the row does not go out now; it is where it belongs then. */
  function isPutAside(one: Kept, request: ClaimRequest): boolean {
    const { row } = one;
    if (row.expiresAt && row.expiresAt <= request.now) {
      const tooLate = { outcome: 'expired', reason: 'too late', asideAt: request.now } as const;
      one.row = { ...row, state: 'dead', ...tooLate };
      return true;
    }
    if (row.quietZone !== undefined && row.partsSent === 0) {
      const dueAt = afterQuietHours(request.now, row.quietZone);
      one.row = { ...row, dueAt };
      if (dueAt > request.now) return true;
    }
    const sends = limitOf(one, request)?.sendsPerMinute ?? 0;
    const until = roomAt(endsIn(one, request), sends, row.urgent === true, request.realNow);
    if (until) rest(row.lane, until, row.urgent === true || row.rank === OUTBOX_RANK.started);
    return until !== undefined;
  }

  function lease(one: Kept, request: ClaimRequest, token: string, state: 'leased' | 'joined'): OutboxRow {
    one.row = { ...one.row, state };
    one.lease = { token, until: new Date(request.realNow.getTime() + request.leaseMs) };
    return one.row;
  }

  function joinedWith(one: Kept, request: ClaimRequest, token: string): readonly OutboxRow[] {
    const ready = limitOf(one, request);
    if (!ready || !joinable(one.row)) return [];
    const room = roomNow(endsIn(one, request), ready.sendsPerMinute, false, request.realNow) - 1;
    const behind = [...kept.values()]
      .filter(({ row }) => row.lane === one.row.lane && row.state === 'queued' && row.dueAt <= request.now)
      .sort(byPlace);
    if (behind.length <= room) return [];
    const rows = canJoin(
      one.row,
      behind.map(({ row }) => row),
      ready.maxTextBytes,
    );
    return behind.slice(0, rows.length).map((other) => lease(other, request, token, 'joined'));
  }

  function claimAll(request: ClaimRequest): readonly OutboxClaim[] {
    const leaseToken = chance.id();
    const claims: OutboxClaim[] = [];
    for (const one of findHeads(request)) {
      const room = roomFor(one, claims, request);
      if (room === false || isPutAside(one, request)) continue;
      const row = lease(one, request, leaseToken, 'leased');
      const joined = joinedWith(one, request, leaseToken);
      const isProbe = room === 'probe' && { isProbe: true };
      claims.push({ row, leaseToken, ...(joined.length > 0 && { joined }), ...isProbe });
    }
    logins.take(claims, request.realNow);
    return claims;
  }

  function settleRow(settlement: Settlement, time: OutboxTime, isHead: boolean): void {
    const { claim, outcome } = settlement;
    const one = owned(claim.row.id, claim.leaseToken);
    if (!one) return;
    const { pauseMs, ...change } = rowChangeOf(settlement, chance.fraction());
    const released = outcome.status === 'released';
    if (isHead && pauseMs !== undefined) rest(one.row.lane, new Date(time.realNow.getTime() + pauseMs), true);
    if (isHead && !released) one.tries.push(time.realNow);
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
  }

  function settle(settlement: Settlement, time: OutboxTime): boolean {
    const { claim, outcome } = settlement;
    if (!owned(claim.row.id, claim.leaseToken)) return false;
    settleRow(settlement, time, true);
    for (const row of claim.joined ?? []) settleRow({ claim: { ...claim, row }, outcome }, time, false);
    return true;
  }

  function settleMany(settlements: readonly Settlement[], time: OutboxTime): readonly boolean[] {
    logins.settle(loginNewsOf(settlements), chance.fraction(), time.realNow);
    const answers = settlements.map((one) => settle(one, time));
    logins.free(freedPlaces(settlements.filter((_, index) => answers[index] === true)));
    return answers;
  }

  function redrive(id: string, now: Date): boolean {
    const one = kept.get(id);
    if (!one || (one.row.state !== 'held' && one.row.state !== 'dead')) return false;
    const { outcome: _o, reason: _r, expiresAt: _e, asideAt: _a, restMs: _m, ...row } = one.row;
    const urgency = row.urgent === true ? OUTBOX_RANK.urgent : OUTBOX_RANK.normal;
    const rank = row.partsSent > 0 ? OUTBOX_RANK.started : urgency;
    one.row = { ...row, state: 'queued', tries: 0, dueAt: now, rank };
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
      logins: logins.states,
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
    spread: async () => 0,
    async claimBatch(request) {
      takeOver(request);
      return claimAll(request);
    },
    async extend(claims, realNow, leaseMs) {
      const until = new Date(realNow.getTime() + leaseMs);
      const ours = claims.filter((claim) => owned(claim.row.id, claim.leaseToken) !== undefined);
      for (const { row, joined = [], leaseToken } of ours) {
        for (const { id } of [row, ...joined]) {
          const one = owned(id, leaseToken);
          if (one) one.lease = { token: leaseToken, until };
        }
      }
      return new Set(ours);
    },
    settle: async (claim, outcome, time) => settleMany([{ claim, outcome }], time)[0] === true,
    settleMany: async (settlements, time) => settleMany(settlements, time),
    progress: async (subjectId) =>
      progressOf([...kept.values()].map((one) => one.row).filter((row) => row.subjectId === subjectId)),
  };
}

function byPlace(one: Kept, other: Kept): number {
  const [a, b] = [one.row, other.row];
  return a.rank - b.rank || a.dueAt.getTime() - b.dueAt.getTime() || a.seq - b.seq;
}
