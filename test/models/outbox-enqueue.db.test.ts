import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dispatch } from '#core/decision';
import { collectionOf } from '#models/collection';
import { createEnqueuer } from '#models/outbox-enqueue';
import { outboxCollection } from '#models/outbox';
import { collections } from '#models/registry';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, collections);
const outbox = collectionOf(connection, outboxCollection);
const { within } = createEnqueuer(connection, { now: () => new Date('2026-05-20T09:00:00+08:00') });

beforeEach(() => outbox.deleteMany({}));

afterAll(async () => {
  await connection.close();
  await database.close();
});

function dispatchTo(conversationId: string, key = 'poll-result:p1:g1'): Dispatch {
  return { key, to: { channel: 'web', account: 'demo', conversationId }, body: { text: '结果' } };
}

/** One step of a secretary that sends these. */
function step(dispatches: readonly Dispatch[]) {
  return connection.transaction((session) => within(dispatches, 'request:1', session));
}

async function lanes(): Promise<string[]> {
  const rows = await outbox.find().sort({ _id: 1 }).toArray();
  return rows.map((row) => `${row._id} → ${row.lane}`);
}

describe('messages of a step', () => {
  it('are enqueued once, also when one step names a key twice', async () => {
    await step([dispatchTo('g1'), dispatchTo('g1'), dispatchTo('g2', 'poll-result:p1:g2')]);
    await step([dispatchTo('g1')]);

    expect(await lanes()).toEqual(['poll-result:p1:g1 → web:demo:g1', 'poll-result:p1:g2 → web:demo:g2']);
  });

  it('that were enqueued before stay in their conversation, and do not fail the step', async () => {
    await step([dispatchTo('g1')]);

    await step([dispatchTo('moved'), dispatchTo('g2', 'poll-result:p1:g2')]);

    expect(await lanes()).toEqual(['poll-result:p1:g1 → web:demo:g1', 'poll-result:p1:g2 → web:demo:g2']);
  });

  it('are enqueued once by steps at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => step([dispatchTo('g1')])));

    expect(await outbox.countDocuments()).toBe(1);
  });
});
