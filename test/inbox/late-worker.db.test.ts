import { beforeEach, describe, expect, it } from 'vitest';
import { defineCommand } from '#core/command';
import type { CommitSteps } from '#models/commit';
import { createDirectory } from '#models/directory';
import { createWriteRunner } from '#models/write-batch';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, note, settle, vote, type EngineOptions } from '#test/support/inbox-engine';
import { useTestDatabase } from '#test/support/stored';

const { connection, db } = await useTestDatabase();

beforeEach(async () => {
  await settle(connection, ['residents']);
});
const engine = (more: Partial<EngineOptions> = {}) =>
  createTestEngine({ connection, clock: createFakeClock(NOON), ...more });
const count = (name: string, query: object = {}) => db.collection(name).countDocuments(query);
const numbers = async () =>
  (
    await db
      .collection('identities')
      .find({ _id: /^note:/ })
      .toArray()
  )
    .map(({ personId }) => String(personId))
    .sort();

/** Stops the worker in front of a step, as a process stops that is paused; `resume` lets it go on. */
function pausedBefore(step: keyof CommitSteps) {
  let resume: (() => void) | undefined;
  let reach: (() => void) | undefined;
  const isReached = new Promise<void>((resolve) => (reach = resolve));
  const isResumed = new Promise<void>((resolve) => (resume = resolve));
  let trusted = [...Array(16).keys()];
  const steps = (all: CommitSteps): CommitSteps => {
    const run = all[step] as (argument: unknown) => Promise<unknown>;
    const late = async (argument: unknown) => {
      reach?.();
      trusted = [];
      await isResumed;
      return run(argument);
    };
    return { ...all, [step]: late };
  };
  return { steps, isReached, trusted: () => trusted, resume: () => resume?.() };
}

const STEPS = ['write', 'enqueue', 'audit', 'finish'] as const;

describe('a worker that is paused beyond its lease', () => {
  it.each(STEPS)('before "%s", and goes on when another has decided: one effect a message', async (step) => {
    const pause = pausedBefore(step);
    const [paused, other] = [engine(pause), engine()];
    for (const text of ['记 一', '1', '记 二']) await paused.intake.sink(inbound(text, { who: text }));

    const late = paused.worker.drain();
    await pause.isReached;
    await other.worker.drain();
    pause.resume();
    await late;
    await other.worker.drain();

    expect(await numbers()).toEqual(['#1', '#2']);
    expect(await count('identities', { _id: /^vote:/ })).toBe(1);
    expect(await count('outbox')).toBe(2);
    expect(await count('audit')).toBe(2);
    expect(await count('inbox', { state: 'done' })).toBe(3);
    expect((await db.collection('counters').findOne())?.['last']).toBe(2);
  });

  it('commits nothing when its lease ran out while it decided', async () => {
    let trusted = [...Array(16).keys()];
    const slow = defineCommand<string>({
      ...note,
      parse: (_rest, original) => ({ ok: true, args: original }),
      run: async () => {
        trusted = [];
        return { writes: [], dispatches: [], event: 'too.late' };
      },
    });
    const one = engine({ trusted: () => trusted, commands: [slow, vote] });
    await one.intake.sink(inbound('记 一'));

    expect(await one.worker.drain()).toBe(0);
    expect([await count('outbox'), await count('identities', { _id: /^note:/ })]).toEqual([0, 0]);
    expect(one.happened).toEqual(['lease.lost']);
    await engine().worker.drain();
    expect(await numbers()).toEqual(['#1']);
  });
});

describe('a commit that comes late', () => {
  const directory = createDirectory(connection);
  const later = (ms: number) => new Date(NOON.getTime() + ms);
  const events = [
    { what: 'joined', write: directory.joined('g', 'p', NOON) },
    { what: 'left', write: directory.left('g', 'p', later(1_000)) },
    { what: 'back', write: directory.joined('g', 'p', later(2_000)) },
  ];

  it.each([
    [[0, 1, 2], false],
    [[0, 2, 1], false],
    [[0, 1], true],
    [[0, 1, 0], true],
    [[0, 1, 2, 1], false],
    [[0, 1, 2, 0, 1], false],
  ])('leaves a member as the latest event says: %j', async (order, hasLeft) => {
    const { together } = createWriteRunner(connection);

    for (const index of order) {
      const write = events[index]?.write;
      if (write) await together([{ owner: 0, write }]);
    }

    const kept = await db.collection('memberships').findOne();
    expect(kept).toMatchObject({ groupId: 'g', personId: 'p', joinedAt: NOON });
    expect(kept?.['leftAt'] !== undefined).toBe(hasLeft);
  });
});

describe('a redelivery', () => {
  it('after the row is gone has no second effect, though its number is not given to anybody else', async () => {
    const one = engine();
    const message = inbound('记 一', { messageId: 'old' });
    await one.intake.sink(message);
    await one.worker.drain();
    await db.collection('inbox').deleteMany({});

    await one.intake.sink(message);
    await one.intake.sink(inbound('记 二'));
    await one.worker.drain();

    expect((await numbers())[0]).toBe('#1');
    expect(await count('identities', { _id: /^note:/ })).toBe(2);
    expect(await count('outbox')).toBe(2);
  });
});
