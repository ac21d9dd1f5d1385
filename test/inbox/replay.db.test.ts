import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { TransientError } from '#core/errors';
import type { CommitSteps } from '#models/commit';
import { collections } from '#models/registry';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createFakeClock } from '#test/support/fake-clock';
import { inbound, NOON } from '#test/support/inbound';
import { createTestEngine, settle } from '#test/support/inbox-engine';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, collections);

beforeEach(async () => {
  await database.empty();
  await settle(connection, ['residents']);
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const STEPS = [
  'write',
  'enqueue',
  'recount',
  'audit',
  'finish',
] as const satisfies readonly (keyof CommitSteps)[];

/** The steps, of which one dies the first time: before it did anything, or after it did everything. */
function dying(steps: CommitSteps, step: keyof CommitSteps, when: 'before' | 'after'): CommitSteps {
  let isDead = false;
  const run = steps[step] as (argument: unknown) => Promise<unknown>;
  const once = async (argument: unknown) => {
    if (isDead) return run(argument);
    isDead = true;
    if (when === 'after') await run(argument);
    throw new TransientError(`died ${when} ${step}`);
  };
  return { ...steps, [step]: once };
}

const cases = STEPS.flatMap((step) => (['before', 'after'] as const).map((when) => ({ step, when })));

describe('a commit that dies', () => {
  it.each(cases)('$when "$step" has exactly one effect in the end', async ({ step, when }) => {
    const clock = createFakeClock(NOON);
    const one = createTestEngine({ connection, clock, steps: (steps) => dying(steps, step, when) });
    const messages = [
      inbound('记 一', { who: 'a' }),
      inbound('1', { who: 'b' }),
      inbound('记 二', { who: 'c' }),
    ];
    for (const message of messages) await one.intake.sink(message);

    await expect(one.worker.drain()).rejects.toThrow(`died ${when} ${step}`);
    await one.worker.drain();

    const { db } = database;
    const marks = await db
      .collection('identities')
      .find({ _id: /^(note|vote):/ })
      .toArray();
    expect(
      marks
        .map(({ personId }) => String(personId))
        .filter((id) => id.startsWith('#'))
        .sort(),
    ).toEqual(['#1', '#2']);
    expect(marks).toHaveLength(3);
    expect(await db.collection('outbox').countDocuments()).toBe(2);
    expect(await db.collection('audit').countDocuments()).toBe(2);
    expect(await db.collection('inbox').countDocuments({ state: 'done' })).toBe(3);
    expect(await db.collection('counters').findOne()).toMatchObject({ last: 2 });
  });
});
