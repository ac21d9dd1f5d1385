import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundMessage } from '#core/message';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, settle, type EngineOptions } from '#test/support/inbox-engine';
import { useTestDatabase } from '#test/support/stored';

const { connection, db } = await useTestDatabase();

let clock: FakeClock;
beforeEach(async () => {
  await settle(connection, ['residents']);
  clock = createFakeClock(NOON);
});
const engine = (more: Partial<EngineOptions> = {}) => createTestEngine({ connection, clock, ...more });
const count = (name: string, query: object = {}) => db.collection(name).countDocuments(query);
const votes = () => count('identities', { _id: { $regex: '^vote:' } });
const lines = async () => (await db.collection('outbox').find().toArray()).map(({ body }) => body as unknown);
const lastAvailableAt = async () => {
  const rows = db.collection<{ availableAt: Date }>('inbox');
  return (await rows.findOne({}, { sort: { availableAt: -1 } }))?.availableAt;
};

const burst = (length: number, text = '1') =>
  Array.from({ length }, (): InboundMessage => inbound(text, { who: 'fast' }));
const say = (door: ReturnType<typeof engine>, messages: readonly InboundMessage[]) =>
  Promise.all(messages.map((message) => door.intake.sink(message)));

describe('somebody who talks too fast', () => {
  it('is heard later, loses nothing, is told once, and delays nobody', async () => {
    const one = engine();
    await say(one, burst(5_000));
    await one.intake.sink(inbound('2', { who: 'calm' }));

    await one.worker.drain();

    expect(await count('people')).toBe(2);
    expect(await votes()).toBe(21);
    expect(await lines()).toEqual([{ text: 'rate limited here' }]);
    expect(await count('inbox', { state: 'new', isPutOff: true })).toBe(4_980);
    clock.advance(60_000);
    await one.worker.drain();
    expect(await votes()).toBe(41);
  });

  it('is counted once, however many doors the messages come in by', async () => {
    const doors = [engine(), engine(), engine()];
    let turn = 0;
    for (const message of burst(45)) await doors[turn++ % 3]?.intake.sink(message);

    await doors[0]?.worker.drain();

    expect(await votes()).toBe(20);
    expect(await lastAvailableAt()).toEqual(new Date(NOON.getTime() + 25 * 3_000));
    expect(await lines()).toHaveLength(1);
  });

  it('is not counted by a delivery that comes again', async () => {
    const one = engine();
    const messages = burst(20);

    await say(one, [...messages, ...messages]);
    await one.worker.drain();
    await say(one, messages);
    await one.worker.drain();

    expect(await votes()).toBe(20);
    expect(await lines()).toEqual([]);
  });

  it('is still put off, behind what was put off before, when another process decides', async () => {
    const first = engine();
    await say(first, burst(40));
    await first.worker.drain();
    const second = engine();
    clock.advance(1);
    await say(second, burst(1));

    await second.worker.drain();

    expect(await lastAvailableAt()).toEqual(new Date(NOON.getTime() + 21 * 3_000));
    expect(await lines()).toHaveLength(1);
    clock.advance(21 * 3_000);
    await second.worker.drain();
    expect([await votes(), await count('inbox', { state: 'new' })]).toEqual([41, 0]);
  });

  it('loses nothing when the line cannot be queued', async () => {
    const one = engine({
      steps: (all) => ({
        ...all,
        enqueue: async (dispatches) => {
          if (dispatches.some(({ key }) => key.startsWith('rate:'))) throw new Error('no room');
          await all.enqueue(dispatches);
        },
      }),
    });
    await say(one, burst(25));

    await one.worker.drain();
    clock.advance(60_000);
    await one.worker.drain();

    expect(await votes()).toBe(25);
    expect(one.failures.map(({ event }) => event)).toEqual(['rate.limited']);
  });
});
