import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECOND_MS } from '#core/clock';
import type { Dispatch } from '#core/decision';
import { createOutboxWorker, type OutboxEvent, type OutboxWorker } from '#src/outbox/worker';
import { createFakeChannel, type FakeChannel } from '#test/support/fake-channel';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { createMemoryOutboxStore, type MemoryOutboxStore } from '#test/support/memory-outbox-store';

const LEASE_MS = 8 * SECOND_MS;
const SEND_TIMEOUT_MS = 20 * SECOND_MS;

let clock: FakeClock;
let store: MemoryOutboxStore;
let channel: FakeChannel;
let worker: OutboxWorker;
let events: OutboxEvent[];

beforeEach(() => {
  clock = createFakeClock();
  store = createMemoryOutboxStore(createFakeChance());
  startWith(createFakeChannel());
});

afterEach(async () => {
  channel.setHealth('ready');
  await Promise.all([worker.stop(), pump(40)]);
});

function startWith(fake: FakeChannel): void {
  channel = fake;
  events = [];
  worker = createOutboxWorker({
    store,
    channels: [channel],
    clock,
    realNow: () => clock.now(),
    monotonicMs: () => clock.now().getTime(),
    chance: createFakeChance(),
    partitions: () => [0, 1, 2, 3, 4, 5, 6, 7],
    onEvent: (event) => events.push(event),
    options: { leaseMs: LEASE_MS, sendTimeoutMs: SEND_TIMEOUT_MS },
  });
  worker.start();
}

/** Moves the clock in steps and lets everybody who woke up do their work. */
async function pump(seconds: number): Promise<void> {
  for (let step = 0; step < seconds * 2; step += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(SECOND_MS / 2);
  }
  await new Promise((resolve) => setImmediate(resolve));
}

function enqueue(key: string, more: Partial<Dispatch> = {}): void {
  const to = { channel: 'web', account: 'demo', conversationId: 'g1' } as const;
  store.enqueue({ key, to, body: { text: '您好' }, ...more }, clock.now());
}

const hanging = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

describe('the outbox worker', () => {
  it('sends what is queued and settles it', async () => {
    enqueue('a');
    await worker.idle();
    expect(channel.sent.map((message) => message.id)).toEqual(['a']);
    expect(store.row('a')).toMatchObject({ state: 'sent', outcome: 'delivered' });
  });

  it('sends one message of a conversation after the other without waiting for a poll', async () => {
    for (const key of ['a', 'b', 'c']) enqueue(key);
    await worker.idle();
    expect(channel.sent.map((message) => message.id)).toEqual(['a', 'b', 'c']);
  });

  it('finds new messages by itself', async () => {
    await worker.idle();
    enqueue('later');
    await pump(2);
    expect(channel.sent).toHaveLength(1);
  });

  it('burns no tries while the channel is not ready', async () => {
    channel.setHealth('needsLogin');
    enqueue('a');
    await pump(60);
    expect(store.row('a')).toMatchObject({ state: 'queued', tries: 0 });
    channel.setHealth('ready');
    await pump(2);
    expect(store.row('a')).toMatchObject({ state: 'sent' });
  });

  it('tries again what the vendor refused for now, not before the vendor allows', async () => {
    channel.answer({ status: 'retry', reason: '45009', retryAfterMs: 60_000 });
    enqueue('a');
    await pump(58);
    expect(channel.sent).toHaveLength(1);
    await pump(5);
    expect(channel.sent).toHaveLength(2);
    expect(store.row('a')).toMatchObject({ state: 'sent' });
  });

  it('holds a broadcast whose send never ended', async () => {
    channel.answer(hanging);
    enqueue('a', { whenUncertain: 'hold' });
    await pump(SEND_TIMEOUT_MS / SECOND_MS + 2);
    expect(store.row('a')).toMatchObject({ state: 'held', outcome: 'uncertain', reason: 'timeout' });
  });

  it('keeps its lease during a send that takes longer than the lease', async () => {
    channel.answer(hanging);
    enqueue('a');
    await pump(LEASE_MS / SECOND_MS + 5);
    expect(store.row('a')).toMatchObject({ state: 'leased', tries: 0 });
    const partitions = [0, 1, 2, 3, 4, 5, 6, 7];
    const senders = [{ sender: 'web:demo', sendsPerMinute: 20 }];
    expect(
      await store.claimBatch({ ...timeNow(), partitions, senders, leaseMs: LEASE_MS, limit: 1 }),
    ).toEqual([]);
  });

  it('takes a channel that throws as uncertain', async () => {
    channel.answer(() => Promise.reject(new TypeError('secret words')));
    enqueue('a', { whenUncertain: 'hold' });
    await worker.idle();
    expect(store.row('a')).toMatchObject({ state: 'held', reason: 'TypeError' });
  });

  it('leaves a message alone when its lease was taken over meanwhile', async () => {
    let answer: () => void = () => undefined;
    channel.answer(() => new Promise((resolve) => (answer = () => resolve({ status: 'delivered' }))));
    enqueue('a');
    worker.nudge();
    await channel.hasSent(1);
    const stolen = await stealLease();
    answer();
    await worker.idle();
    expect(events).toContainEqual({ event: 'outbox.leaseLost', id: 'a' });
    expect(store.row('a')).toMatchObject({ state: 'leased' });
    expect(await store.settle(stolen, { status: 'accepted' }, timeNow())).toBe(true);
  });

  it('sends a long text in numbered parts within the channel limit, each once', async () => {
    await worker.stop();
    startWith(createFakeChannel({ maxTextBytes: 55 }));
    channel.answer({ status: 'delivered' }, { status: 'retry', reason: 'busy' });
    enqueue('long', { body: { text: '第一行的内容\n第二行的内容\n第三行的内容' } });
    await pump(5);
    const texts = channel.sent.map((message) => message.body.text);
    expect(texts).toEqual([
      '（1/2）\n第一行的内容\n第二行的内容',
      '（2/2）\n第三行的内容',
      '（2/2）\n第三行的内容',
    ]);
    expect(channel.sent.map((message) => message.id)).toEqual(['long', 'long#2', 'long#2']);
    expect(store.row('long')).toMatchObject({ state: 'sent', partsSent: 1 });
  });

  it('lets sends under way end before it stops, and begins no others', async () => {
    let answer: () => void = () => undefined;
    channel.answer(() => new Promise((resolve) => (answer = () => resolve({ status: 'delivered' }))));
    enqueue('a');
    enqueue('b');
    worker.nudge();
    await channel.hasSent(1);
    const stopped = worker.stop();
    answer();
    await stopped;
    expect(store.row('a')).toMatchObject({ state: 'sent' });
    expect(store.row('b')).toMatchObject({ state: 'queued', tries: 0 });
  });

  it('breaks off a send that does not end while it stops', async () => {
    channel.answer(hanging);
    enqueue('a', { whenUncertain: 'hold' });
    worker.nudge();
    await channel.hasSent(1);
    await Promise.all([worker.stop(), pump(10)]);
    expect(store.row('a')).toMatchObject({ state: 'held', outcome: 'uncertain' });
  });
});

const timeNow = () => ({ now: clock.now(), realNow: clock.now() });

/** Another worker whose clock says that the lease is over. */
async function stealLease() {
  const realNow = new Date(clock.now().getTime() + LEASE_MS + 1);
  const senders = [{ sender: 'web:demo', sendsPerMinute: 20 }];
  const partitions = [0, 1, 2, 3, 4, 5, 6, 7];
  const [claim] = await store.claimBatch({
    now: clock.now(),
    realNow,
    partitions,
    senders,
    leaseMs: 60_000,
    limit: 1,
  });
  if (!claim) throw new Error('nothing to take over');
  return claim;
}
