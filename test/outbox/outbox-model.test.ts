import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SendOutcome } from '#core/channel';
import { MINUTE_MS } from '#core/clock';
import { OUTBOX_PARTITIONS, type OutboxClaim } from '#core/outbox';
import { group } from '#test/conformance/outbox-store';
import { createFakeChance } from '#test/support/fake-clock';
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#test/support/memory-outbox-store';

/**
 * The simplest account of what the outbox may do: what was enqueued, what was put on the wire and by which claims,
 * and when a try ended. The store is checked against it after each step.
 */
interface Model {
  nowMs: number;
  readonly enqueued: Map<string, { lane: string; order: number; isUrgent: boolean; holds: boolean }>;
  readonly ended: Set<string>;
  readonly tryEndsMs: Map<string, number[]>;
  claims: { claim: OutboxClaim; untilMs: number }[];
}

interface World {
  readonly store: MemoryOutboxStore;
}

const LEASE_MS = 8_000;
const ENDED = -1;
const PER_MINUTE = 3;
const LANES = ['g1', 'g2', 'g3'];
const START_MS = new Date('2026-12-01T12:00:00Z').getTime();
const ALL_PARTITIONS = Array.from({ length: OUTBOX_PARTITIONS }, (_, index) => index);

type Command = fc.AsyncCommand<Model, World>;

class Enqueue implements Command {
  private readonly key: string;
  private readonly lane: string;
  private readonly isUrgent: boolean;
  private readonly holds: boolean;
  constructor(key: number, lane: string, isUrgent: boolean, holds: boolean) {
    this.key = `k${key}`;
    this.lane = lane;
    this.isUrgent = isUrgent;
    this.holds = holds;
  }
  check = () => true;
  async run(model: Model, { store }: World) {
    const dispatch = {
      key: this.key,
      to: group(this.lane),
      body: { text: 't' },
      urgent: this.isUrgent,
      whenUncertain: this.holds ? ('hold' as const) : ('resend' as const),
    };
    const result = store.enqueue(dispatch, new Date(model.nowMs));
    expect(result).toBe(model.enqueued.has(this.key) ? 'duplicate' : 'queued');
    if (result === 'queued') {
      const { lane, isUrgent, holds } = this;
      model.enqueued.set(this.key, { lane, order: model.enqueued.size, isUrgent, holds });
    }
  }
  toString = () => `enqueue(${this.key} to ${this.lane})`;
}

class Claim implements Command {
  check = () => true;
  async run(model: Model, { store }: World) {
    const now = new Date(model.nowMs);
    const senders = [{ sender: 'web:demo', sendsPerMinute: PER_MINUTE }];
    const request = { partitions: ALL_PARTITIONS, senders, now, realNow: now, leaseMs: LEASE_MS, limit: 10 };
    for (const one of model.claims) {
      if (one.untilMs !== ENDED && one.untilMs < model.nowMs) endTry(model, one.claim);
    }
    const claims = await store.claimBatch(request);
    for (const claim of claims) this.expectAllowed(model, claim);
    model.claims.push(...claims.map((claim) => ({ claim, untilMs: model.nowMs + LEASE_MS })));
  }
  private expectAllowed(model: Model, { row }: OutboxClaim) {
    const mine = model.enqueued.get(row.id);
    const lane = mine?.lane ?? '';
    const live = model.claims.filter((one) => one.untilMs >= model.nowMs);
    expect(live.some((one) => one.claim.row.lane === row.lane)).toBe(false);
    expect(model.ended.has(row.id)).toBe(false);
    const wasTried = model.claims.some((one) => one.claim.row.id === row.id);
    if (wasTried && mine?.holds) expect(row.mayAlreadyBeSent).toBe(false);
    const recent = (model.tryEndsMs.get(lane) ?? []).filter((at) => at > model.nowMs - MINUTE_MS);
    expect(recent.length).toBeLessThan(PER_MINUTE);
    if (row.tries === 0) this.expectFirst(model, row.id);
  }
  /** Nothing that is older in its lane and as urgent was left behind, unless it has ended or been held. */
  private expectFirst(model: Model, id: string) {
    const mine = model.enqueued.get(id);
    if (!mine) throw new Error('claimed what was never enqueued');
    for (const [key, other] of model.enqueued) {
      const isBefore =
        other.lane === mine.lane && other.order < mine.order && other.isUrgent === mine.isUrgent;
      if (isBefore)
        expect(model.ended.has(key) || model.claims.some((one) => one.claim.row.id === key)).toBe(true);
    }
  }
  toString = () => 'claim()';
}

const OUTCOMES: readonly SendOutcome[] = [
  { status: 'delivered' },
  { status: 'accepted' },
  { status: 'retry', reason: 'busy' },
  { status: 'uncertain', reason: 'timeout' },
  { status: 'rejected', reason: 'gone' },
];

class Settle implements Command {
  private readonly which: number;
  private readonly outcome: SendOutcome;
  constructor(which: number, outcome: SendOutcome) {
    this.which = which;
    this.outcome = outcome;
  }
  check = (model: Readonly<Model>) => model.claims.length > 0;
  async run(model: Model, { store }: World) {
    const chosen = model.claims[this.which % model.claims.length];
    if (!chosen) return;
    const now = new Date(model.nowMs);
    const isCurrent = store.row(chosen.claim.row.id)?.state === 'leased' && isNewest(model, chosen.claim);
    const settled = await store.settle(chosen.claim, this.outcome, { now, realNow: now });
    expect(settled).toBe(isCurrent);
    if (!settled) return;
    endTry(model, chosen.claim);
    chosen.untilMs = ENDED;
    if (!['retry', 'uncertain'].includes(this.outcome.status)) model.ended.add(chosen.claim.row.id);
  }
  toString = () => `settle(${this.which}, ${this.outcome.status})`;
}

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

function isNewest(model: Model, claim: OutboxClaim): boolean {
  const newest = model.claims.findLast((one) => one.claim.row.id === claim.row.id);
  return newest?.claim === claim && newest.untilMs !== ENDED;
}

function endTry(model: Model, { row }: OutboxClaim): void {
  const lane = model.enqueued.get(row.id)?.lane ?? '';
  const ends = model.tryEndsMs.get(lane) ?? [];
  model.tryEndsMs.set(lane, [...ends, model.nowMs]);
  for (const one of model.claims) if (one.claim.row.id === row.id) one.untilMs = ENDED;
}

it('never does more than the simplest account of an outbox allows', async () => {
  const commands = [
    fc
      .tuple(fc.nat(30), fc.constantFrom(...LANES), fc.boolean(), fc.boolean())
      .map(([key, lane, isUrgent, holds]) => new Enqueue(key, lane, isUrgent, holds)),
    fc.constant(new Claim()),
    fc.tuple(fc.nat(20), fc.constantFrom(...OUTCOMES)).map(([which, outcome]) => new Settle(which, outcome)),
    fc.constantFrom(100, 2_000, LEASE_MS + 1, MINUTE_MS).map((ms) => new Wait(ms)),
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
      const setup = () => ({
        model: {
          nowMs: START_MS,
          enqueued: new Map(),
          ended: new Set(),
          tryEndsMs: new Map(),
          claims: [],
        } as Model,
        real: { store: createMemoryOutboxStore(createFakeChance()) },
      });
      await fc.asyncModelRun(setup, sequence);
    }),
    { numRuns: 300 },
  );
});
