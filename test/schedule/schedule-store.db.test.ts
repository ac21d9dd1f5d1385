import type { Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { NOTHING, type Write } from '#core/decision';
import { createGuardedCommit } from '#models/commit';
import { collections } from '#models/registry';
import { createScheduleStore } from '#models/schedules';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { describeScheduleStore } from '#test/conformance/schedule-store';
import { createFakeClock } from '#test/support/fake-clock';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await connectDatabase({ uri: database.uri });
  await ensureIndexes(connection, collections);
});
afterAll(async () => {
  await connection.close();
  await database.close();
});
beforeEach(() => database.empty());

describeScheduleStore('the store in MongoDB', async () => {
  const clock = createFakeClock();
  const commit = createGuardedCommit({ connection, clock, recountEndorsements: async () => undefined });
  return {
    store: createScheduleStore(connection),
    carryOut: (...writes: readonly Write[]) =>
      commit.commitGuarded({ ...NOTHING, writes }, { requestId: 'test', at: clock.now() }),
  };
});
