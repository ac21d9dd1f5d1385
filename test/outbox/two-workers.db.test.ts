import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import { OUTBOX_PARTITIONS } from '#core/outbox';
import { createOutboxStore } from '#models/outbox-store';
import { createOutboxWorker } from '#src/outbox/worker';
import { createFakeChannel, type FakeChannel } from '#test/support/fake-channel';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { useTestDatabase } from '#test/support/stored';
import { enqueuerOn, OUTBOX_COLLECTIONS } from './outbox-database.ts';

const ALL_PARTITIONS = Array.from({ length: OUTBOX_PARTITIONS }, (_, index) => index);
const LEASE_MS = 8_000;

const { connection } = await useTestDatabase(OUTBOX_COLLECTIONS);
let clock: FakeClock;

beforeEach(() => void (clock = createFakeClock()));

function message(key: string, conversationId: string): Dispatch {
  return { key, to: { channel: 'web', account: 'demo', conversationId }, body: { text: key } };
}

const timeNow = () => ({ now: clock.now(), realNow: clock.now() });

describe('two workers on the same partitions', () => {
  it('together never exceed a group rate in any sliding minute, and use it up', async () => {
    const perMinute = 5;
    const stores = ['one', 'other'].map((name) => createOutboxStore(connection, createFakeChance(name)));
    const messages = Array.from({ length: 30 }, (_, index) => message(`m${index}`, 'g1'));
    await enqueuerOn(connection)(messages, clock.now());
    const sentAtMs: number[] = [];

    async function turn(store: (typeof stores)[number]): Promise<void> {
      const senders = [{ sender: 'web:demo', sendsPerMinute: perMinute }];
      const request = { ...timeNow(), partitions: ALL_PARTITIONS, senders, leaseMs: LEASE_MS, limit: 10 };
      for (const claim of await store.claimBatch(request)) {
        sentAtMs.push(clock.now().getTime());
        await store.settle(claim, { status: 'delivered' }, timeNow());
      }
    }
    for (let step = 0; step < 100; step += 1) {
      await Promise.all(stores.map(turn));
      clock.advance(4_000);
    }

    expect(sentAtMs).toHaveLength(messages.length);
    for (const start of sentAtMs) {
      const inMinute = sentAtMs.filter((at) => at >= start && at < start + MINUTE_MS);
      expect(inMinute.length).toBeLessThanOrEqual(perMinute);
    }
  });

  it('send every message once and each conversation in order', async () => {
    const lanes = Array.from({ length: 20 }, (_, lane) => `g${lane}`);
    const messages = Array.from({ length: 10 }, (_, index) =>
      lanes.map((lane) => message(`${lane}-${index}`, lane)),
    ).flat();
    await enqueuerOn(connection)(messages, clock.now());
    const channel = createFakeChannel({ sendsPerMinute: Infinity });
    const workers = ['one', 'other'].map((name) => startWorker(name, channel));

    await channel.hasSent(messages.length);
    await Promise.all(workers.map((worker) => worker.stop()));

    expect(new Set(channel.sent.map(({ id }) => id)).size).toBe(messages.length);
    expect(channel.sent).toHaveLength(messages.length);
    for (const lane of lanes) {
      const inLane = channel.sent.filter(({ to }) => to.conversationId === lane).map(({ id }) => id);
      expect(inLane).toEqual(Array.from({ length: 10 }, (_, index) => `${lane}-${index}`));
    }
  });
});

/** Real pauses of a few milliseconds between looks, as two racing workers must both be awake. */
function startWorker(name: string, channel: FakeChannel) {
  const worker = createOutboxWorker({
    store: createOutboxStore(connection, createFakeChance(name)),
    channels: [channel],
    clock: {
      now: () => clock.now(),
      sleep: (ms, signal) => (ms > 1_000 ? clock.sleep(ms, signal) : nextTurn()),
    },
    realNow: () => clock.now(),
    monotonicMs: () => clock.now().getTime(),
    chance: createFakeChance(),
    partitions: () => ALL_PARTITIONS,
  });
  worker.start();
  return worker;
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
