import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelOf, recordOf } from '#models/collection';
import { createRowSequence, outboxCollection, outboxRowOf, type OutboxDocument } from '#models/outbox';
import { createOutboxOperations } from '#models/outbox-operations';
import { createOutboxStore } from '#models/outbox-store';
import { ensureIndexes } from '#src/database/indexes';
import { OUTBOX_COLLECTIONS } from '#test/outbox/outbox-database';
import { checkAgainstModel } from '#test/outbox/outbox-model';
import { describeOutboxLimits } from '#test/conformance/outbox-limits';
import { describeOutboxOperations, type OperatedOutbox } from '#test/conformance/outbox-operations';
import { describeOutboxStore, group } from '#test/conformance/outbox-store';
import { createFakeChance } from '#test/support/fake-clock';
import { propertyRuns } from '#test/support/property-runs';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
  await ensureIndexes(connection, OUTBOX_COLLECTIONS);
});

afterAll(async () => {
  await connection.close();
  await database.close();
});

const sequence = createRowSequence();

async function emptyOutbox(): Promise<OperatedOutbox> {
  await database.empty();
  const rows = connection.collection<OutboxDocument>('outbox');
  return {
    store: createOutboxStore(connection, createFakeChance()),
    operations: createOutboxOperations(connection),
    async enqueue(dispatch, now) {
      const row = outboxRowOf(dispatch, now, sequence(now));
      const result = await rows.updateOne({ _id: row._id }, { $setOnInsert: row }, { upsert: true });
      return result.upsertedCount === 1 ? 'queued' : 'duplicate';
    },
    async row(id) {
      const found = await rows.findOne({ _id: id });
      return found ? recordOf({ ...found, body: found.body ?? { text: '' } }) : undefined;
    },
  };
}

it('does no more than the simplest account of an outbox allows', async () => {
  await checkAgainstModel(emptyOutbox, propertyRuns(12));
});

describeOutboxStore('the store in MongoDB', emptyOutbox);
describeOutboxLimits('the store in MongoDB', emptyOutbox);
describeOutboxOperations('the store in MongoDB', emptyOutbox);

it('stores rows that its own strict schema accepts', async () => {
  const now = new Date('2026-12-01T12:00:00Z');
  const full = {
    subjectId: 's',
    groupId: 'g',
    expiresAt: now,
    notBefore: now,
    urgent: true,
    whenUncertain: 'hold',
  } as const;
  const row = outboxRowOf(
    { key: 'k', to: group('g'), body: { text: 't', mentions: ['m'] }, ...full },
    now,
    1,
  );
  const model = modelOf(connection, outboxCollection);
  await expect(new model(row).validate()).resolves.toBeUndefined();
});
