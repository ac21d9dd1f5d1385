import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#core/clock';
import type { CommitGuarded } from '#core/commit';
import { NOTHING } from '#core/decision';
import { TransientError } from '#core/errors';
import type { Schedule } from '#core/schedule';
import { createGuardedCommit } from '#models/commit';
import { createDeadlineStore } from '#models/deadlines';
import { collections } from '#models/registry';
import { createScheduleStore } from '#models/schedules';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createDeadlineRunner } from '#src/schedule/deadline-runner';
import { createSlotRunner } from '#src/schedule/slot-runner';
import { pollClose } from '#test/conformance/deadline-store';
import { hourly } from '#test/conformance/schedule-store';
import { createDatabaseGate, type DatabaseGate } from '#test/support/database-gate';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

/** Longer than the driver rests between two looks at a server that did not answer (half a second). */
const SELECT_WITHIN_MS = 2_500;

let database: TestDatabase;
let gate: DatabaseGate;
let connection: Connection;
let clock: FakeClock;
let commit: CommitGuarded;

beforeAll(async () => {
  database = await connectTestDatabase();
  const direct = await connectDatabase({ uri: database.uri });
  await ensureIndexes(direct, collections);
  await direct.close();
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.empty();
  gate = await createDatabaseGate(database.uri);
  await gate.open();
  connection = await connectDatabase({ uri: gate.uriOf(database.uri), selectWithinMs: SELECT_WITHIN_MS });
  clock = createFakeClock();
  const guarded = createGuardedCommit({ connection, clock, recountEndorsements: async () => undefined });
  commit = guarded.commitGuarded;
});
afterEach(async () => {
  await connection.close();
  await gate.close();
});

/** What was sent, which is kept in the same transaction as the mark that it happened. */
const told = async () => (await database.db.collection('outbox').distinct('_id')).map(String).sort();

const saying = (key: string) => ({
  ...NOTHING,
  dispatches: [
    { key, to: { channel: 'web', account: 'demo', conversationId: 'g' } as const, body: { text: key } },
  ],
});

function slotRunner(onDeciding: () => Promise<void> = async () => undefined) {
  const each: Schedule = { ...hourly('here'), catchUp: { policy: 'each' } };
  return createSlotRunner({
    store: createScheduleStore(connection),
    schedules: async () => [each],
    handlers: {
      async 'digest.morning'({ slotAt }) {
        await onDeciding();
        return saying(slotAt.toISOString());
      },
    },
    commit,
    clock,
    chance: createFakeChance(),
  });
}

describe('a database that is away', () => {
  it('over several slots leaves none of them out and runs none twice', async () => {
    const runner = slotRunner();
    await runner.runDue();
    await gate.shut();
    clock.advance(3 * HOUR_MS);
    await expect(runner.runDue()).rejects.toThrow(TransientError);
    await gate.open();
    expect(await runner.runDue()).toBe(3);
    expect(await runner.runDue()).toBe(0);
    expect(await told()).toHaveLength(3);
  });

  it('in the midst of a slot lets it run again, with one effect', async () => {
    const away = { next: true };
    const runner = slotRunner(async () => {
      if (away.next) await gate.shut();
    });
    await runner.runDue();
    clock.advance(HOUR_MS);
    await expect(runner.runDue()).rejects.toThrow(TransientError);
    away.next = false;
    await gate.open();
    clock.advance(MINUTE_MS);
    expect(await runner.runDue()).toBe(1);
    expect(await told()).toHaveLength(1);
  });

  it('over a deadline lets it fire once when it is back', async () => {
    const store = createDeadlineStore(connection);
    const runner = createDeadlineRunner({
      store,
      handlers: { 'poll.close': async ({ subjectId }) => saying(`result:${subjectId}`) },
      commit,
      takeNumberFor: () => async () => 1,
      clock,
      chance: createFakeChance(),
    });
    const writes = [store.set(pollClose('a', MINUTE_MS))];
    await commit({ ...NOTHING, writes }, { requestId: 'test', at: clock.now() });
    await gate.shut();
    clock.advance(2 * MINUTE_MS);
    await expect(runner.runDue()).rejects.toThrow(TransientError);
    await gate.open();
    expect(await runner.runDue()).toBe(1);
    expect(await runner.runDue()).toBe(0);
    expect(await told()).toEqual(['result:a']);
  });
});
