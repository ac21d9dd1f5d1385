import fc from 'fast-check';
import { expect } from 'vitest';
import { MINUTE_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import { OUTBOX_PARTITIONS, type OutboxClaim, type OutboxRow, type SettleOutcome } from '#core/outbox';
import type { OperatedOutbox } from '#test/conformance/outbox-operations';
import { group } from '#test/conformance/outbox-store';

/** What was asked of the outbox about one message, in the order it was asked. */
interface Asked {
  readonly lane: string;
  readonly order: number;
  readonly isUrgent: boolean;
  readonly holds: boolean;
}

/** A claim that was given; `untilMs` is ENDED when it has come to an end. */
interface Given {
  readonly claim: OutboxClaim;
  readonly atMs: number;
  untilMs: number;
}

/**
 * The simplest account of what the outbox may do: what was enqueued, what was put on the wire and by which claims,
 * when a try ended, until when the vendor wished to be left alone. The store is checked against it after each step.
 */
interface Model {
  nowMs: number;
  readonly asked: Map<string, Asked>;
  /** Out for good, unless a secretary sends it again. */
  readonly ended: Set<string>;
  /** Taken by a claim at some time, alone or joined. */
  readonly taken: Set<string>;
  readonly laneEndsMs: Map<string, number[]>;
  readonly loginEndsMs: number[];
  given: Given[];
  sleepsUntilMs: number;
}

const LEASE_MS = 8_000;
const LONGEST_SEND_MS = 40_000;
const ENDED = -1;
const PER_MINUTE = 3;
const LOGIN_PER_MINUTE = 5;
const LANES = ['g1', 'g2', 'g3'];
const START_MS = new Date('2026-12-01T02:00:00Z').getTime();
const ALL_PARTITIONS = Array.from({ length: OUTBOX_PARTITIONS }, (_, index) => index);

type Command = fc.AsyncCommand<Model, OperatedOutbox>;

const rowsOf = ({ row, joined = [] }: OutboxClaim): readonly OutboxRow[] => [row, ...joined];
const timeOf = ({ nowMs }: Model) => ({ now: new Date(nowMs), realNow: new Date(nowMs) });

class Enqueue implements Command {
  private readonly key: string;
  private readonly lane: string;
  private readonly more: Partial<Dispatch>;
  constructor(key: number, lane: string, more: Partial<Dispatch>) {
    this.key = `k${key}`;
    this.lane = lane;
    this.more = more;
  }
  check = () => true;
  async run(model: Model, { enqueue }: OperatedOutbox) {
    const dispatch = { key: this.key, to: group(this.lane), body: { text: this.key }, ...this.more };
    const result = await enqueue(dispatch, new Date(model.nowMs));
    expect(result).toBe(model.asked.has(this.key) ? 'duplicate' : 'queued');
    if (result === 'duplicate') return;
    const { urgent: isUrgent = false, whenUncertain } = this.more;
    const asked = { lane: this.lane, order: model.asked.size, isUrgent, holds: whenUncertain === 'hold' };
    model.asked.set(this.key, asked);
  }
  toString = () => `enqueue(${this.key} to ${this.lane} ${JSON.stringify(this.more)})`;
}

class Claim implements Command {
  check = () => true;
  async run(model: Model, { store }: OperatedOutbox) {
    const limits = { sendsPerMinute: PER_MINUTE, loginSendsPerMinute: LOGIN_PER_MINUTE, maxTextBytes: 12 };
    const senders = [{ sender: 'web:demo', ...limits }];
    const request = { ...timeOf(model), partitions: ALL_PARTITIONS, senders, leaseMs: LEASE_MS, limit: 10 };
    for (const one of model.given) {
      if (one.untilMs !== ENDED && one.untilMs < model.nowMs) endTry(model, one);
    }
    const claims = await store.claimBatch(request);
    for (const claim of claims) {
      expectAllowed(model, claim);
      rowsOf(claim).forEach(({ id }) => model.taken.add(id));
      model.given.push({ claim, atMs: model.nowMs, untilMs: model.nowMs + LEASE_MS });
    }
    expectWithinLimits(model, claims);
  }
  toString = () => 'claim()';
}

function expectWithinLimits(model: Model, claims: readonly OutboxClaim[]): void {
  if (model.nowMs < model.sleepsUntilMs) expect(claims).toEqual([]);
  const isRecent = (endMs: number) => endMs > model.nowMs - MINUTE_MS;
  const underWay = model.given.filter((one) => one.untilMs >= model.nowMs);
  if (claims.length > 0) {
    expect(model.loginEndsMs.filter(isRecent).length + underWay.length).toBeLessThanOrEqual(LOGIN_PER_MINUTE);
  }
  for (const { row } of claims) {
    const ends = model.laneEndsMs.get(row.to.conversationId) ?? [];
    expect(ends.filter(isRecent).length).toBeLessThan(PER_MINUTE);
  }
}

function expectAllowed(model: Model, claim: OutboxClaim): void {
  const live = model.given.filter((one) => one.untilMs >= model.nowMs);
  expect(live.some((one) => one.claim.row.lane === claim.row.lane)).toBe(false);
  for (const row of rowsOf(claim)) {
    expect(row.lane).toBe(claim.row.lane);
    expect(model.ended.has(row.id)).toBe(false);
    if (model.taken.has(row.id) && model.asked.get(row.id)?.holds) expect(row.mayAlreadyBeSent).toBe(false);
    if (row.tries === 0 && !model.taken.has(row.id)) expectFirst(model, row.id, claim);
  }
}

/** Nothing that is older in its lane and as urgent was left behind, unless it was taken before or goes out with it. */
function expectFirst(model: Model, id: string, claim: OutboxClaim): void {
  const mine = model.asked.get(id);
  if (!mine) throw new Error('claimed what was never enqueued');
  const together = rowsOf(claim).map((row) => row.id);
  for (const [key, other] of model.asked) {
    const isBefore = other.lane === mine.lane && other.order < mine.order && other.isUrgent === mine.isUrgent;
    if (!isBefore || model.taken.has(key) || model.ended.has(key)) continue;
    expect(together.indexOf(key)).toBeGreaterThanOrEqual(0);
    expect(together.indexOf(key)).toBeLessThan(together.indexOf(id));
  }
}

const OUTCOMES: readonly SettleOutcome[] = [
  { status: 'delivered' },
  { status: 'accepted' },
  { status: 'needsHuman', reason: 'tap' },
  { status: 'released' },
  { status: 'retry', reason: 'busy' },
  { status: 'retry', reason: '45009', retryAfterMs: MINUTE_MS },
  { status: 'retry', reason: '45009', retryAfterMs: MINUTE_MS, scope: 'sender' },
  { status: 'uncertain', reason: 'timeout' },
  { status: 'rejected', reason: 'gone' },
];
const GOES_ON = ['retry', 'uncertain', 'released'];

class Settle implements Command {
  private readonly which: number;
  private readonly outcome: SettleOutcome;
  constructor(which: number, outcome: SettleOutcome) {
    this.which = which;
    this.outcome = outcome;
  }
  check = (model: Readonly<Model>) => model.given.length > 0;
  async run(model: Model, { store, row }: OperatedOutbox) {
    const chosen = model.given[this.which % model.given.length];
    if (!chosen) return;
    const { claim } = chosen;
    const isCurrent = (await row(claim.row.id))?.state === 'leased' && isNewest(model, chosen);
    expect(await store.settle(claim, this.outcome, timeOf(model))).toBe(isCurrent);
    if (!isCurrent) return;
    const { outcome } = this;
    if (outcome.status === 'released') chosen.untilMs = ENDED;
    else endTry(model, chosen);
    if (!GOES_ON.includes(outcome.status)) rowsOf(claim).forEach(({ id }) => model.ended.add(id));
    if (outcome.status === 'retry' && outcome.scope === 'sender') {
      model.sleepsUntilMs = model.nowMs + (outcome.retryAfterMs ?? 0);
    }
  }
  toString = () => `settle(${this.which}, ${JSON.stringify(this.outcome)})`;
}

/** A secretary decides about a held or dead row. */
class Decide implements Command {
  private readonly key: string;
  private readonly word: 'redriveMany' | 'confirmMany';
  constructor(key: number, word: 'redriveMany' | 'confirmMany') {
    this.key = `k${key}`;
    this.word = word;
  }
  check = () => true;
  async run(model: Model, { operations, row }: OperatedOutbox) {
    const before = (await row(this.key))?.state;
    const states = this.word === 'redriveMany' ? ['held', 'dead'] : ['held'];
    const done = (await operations[this.word]([this.key], new Date(model.nowMs))) === 1;
    expect(done).toBe(before !== undefined && states.includes(before));
    if (!done) return;
    // Sent again it stands behind all others; what was known of its order and of its holding is over.
    const asked = model.asked.get(this.key);
    if (this.word === 'confirmMany') model.ended.add(this.key);
    else if (asked) {
      model.ended.delete(this.key);
      model.asked.set(this.key, { ...asked, holds: false });
    }
  }
  toString = () => `${this.word}(${this.key})`;
}

/** Time passes; beyond a lease it is what a crash of the worker looks like from here. */
class Wait implements Command {
  private readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  check = () => true;
  async run(model: Model) {
    model.nowMs += this.ms;
  }
  toString = () => `wait(${this.ms})`;
}

function isNewest(model: Model, given: Given): boolean {
  const ids = rowsOf(given.claim).map(({ id }) => id);
  const newest = model.given.findLast((one) => rowsOf(one.claim).some(({ id }) => ids.includes(id)));
  return newest === given && given.untilMs !== ENDED;
}

function endTry(model: Model, given: Given): void {
  const lane = given.claim.row.to.conversationId;
  model.laneEndsMs.set(lane, [...(model.laneEndsMs.get(lane) ?? []), model.nowMs]);
  // A crashed worker's send cannot have ended later than any send may.
  model.loginEndsMs.push(Math.min(model.nowMs, given.atMs + LONGEST_SEND_MS));
  given.untilMs = ENDED;
}

const COMMANDS = [
  fc
    .tuple(
      fc.nat(30),
      fc.constantFrom(...LANES),
      fc.constantFrom<Partial<Dispatch>>(
        {},
        { joins: true },
        { joins: true },
        { urgent: true },
        { whenUncertain: 'hold' },
        { whenUncertain: 'hold', urgent: true },
      ),
    )
    .map(([key, lane, more]) => new Enqueue(key, lane, more)),
  fc.constant(new Claim()),
  fc.constant(new Claim()),
  fc.tuple(fc.nat(20), fc.constantFrom(...OUTCOMES)).map(([which, outcome]) => new Settle(which, outcome)),
  fc
    .tuple(fc.nat(30), fc.constantFrom('redriveMany' as const, 'confirmMany' as const))
    .map(([key, word]) => new Decide(key, word)),
  fc.constantFrom(100, 2_000, LEASE_MS + 1, MINUTE_MS, 2 * MINUTE_MS).map((ms) => new Wait(ms)),
];

/** Tries sequences of what may happen to an outbox, also crashes, and checks each step; nothing may be lost. */
export async function checkAgainstModel(make: () => Promise<OperatedOutbox>, numRuns: number): Promise<void> {
  const property = fc.asyncProperty(
    fc.commands(COMMANDS, { maxCommands: 60, size: 'max' }),
    async (sequence) => {
      const model: Model = {
        nowMs: START_MS,
        asked: new Map(),
        ended: new Set(),
        taken: new Set(),
        laneEndsMs: new Map(),
        loginEndsMs: [],
        given: [],
        sleepsUntilMs: 0,
      };
      const real = await make();
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      for (const key of model.asked.keys()) {
        const state = (await real.row(key))?.state;
        expect(state).toBeDefined();
        expect(model.ended.has(key)).toBe(state === 'sent' || (state === 'dead' && model.ended.has(key)));
      }
    },
  );
  await fc.assert(property, { numRuns });
}
