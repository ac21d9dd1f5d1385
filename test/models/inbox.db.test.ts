import { afterAll, describe, expect, it, vi } from 'vitest';
import { collectionOf } from '#models/collection';
import { inboxCollection } from '#models/inbox';
import { createInboxStore } from '#models/inbox-store';
import { READER } from '#models/inbox-row';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { describeInboxStore } from '#test/conformance/inbox-store';
import { inbound, NOON } from '#test/support/inbound';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, [inboxCollection]);
const rows = database.db.collection<{ _id: string }>('inbox');

afterAll(async () => {
  await connection.close();
  await database.close();
});

describeInboxStore('the MongoDB inbox', async () => {
  await database.empty();
  return {
    store: createInboxStore(connection),
    finish: async (row) => {
      await rows.updateOne({ _id: row.id }, { $set: { state: 'done', doneAt: NOON } });
    },
    spoil: async (row, why) => {
      const spoilt = why === 'newer' ? { body: { type: 'hologram', url: 'x' } } : { sender: 7 };
      await rows.updateOne({ _id: row.id }, { $set: { message: { ...row.message, ...spoilt } } });
    },
  };
});

describe('the MongoDB inbox', () => {
  it('writes many messages in few round trips, each with its own answer', async () => {
    await database.empty();
    const store = createInboxStore(connection);
    const known = inbound('known');
    await store.record(known, NOON);
    const inserts = vi.spyOn(collectionOf(connection, inboxCollection), 'insertMany');

    const fresh = Array.from({ length: 400 }, (_, index) => inbound(`${index}`));
    const verdicts = await Promise.all([...fresh, known].map((message) => store.record(message, NOON)));

    expect(verdicts.filter((verdict) => verdict === 'stored')).toHaveLength(400);
    expect(verdicts.at(-1)).toBe('duplicate');
    expect(await rows.countDocuments()).toBe(401);
    expect(inserts.mock.calls.length).toBeLessThan(10);
  });

  it('refuses when too many wait, so that the vendor delivers again', async () => {
    await database.empty();
    const store = createInboxStore(connection, { maxOpen: 10, maxItems: 10 });

    const messages = Array.from({ length: 200 }, (_, index) => inbound(`${index}`));
    const results = await Promise.allSettled(messages.map((message) => store.record(message, NOON)));

    const kept = results.filter((result) => result.status === 'fulfilled').length;
    expect(kept).toBeLessThan(200);
    expect(await rows.countDocuments()).toBe(kept);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      name: 'TransientError',
    });
  });

  it('knows a delivery again for at least seven days after it was decided', () => {
    const kept = inboxCollection.indexes.find(({ options }) => options?.expireAfterSeconds !== undefined);

    expect(kept?.keys).toEqual({ doneAt: 1 });
    expect(kept?.options?.expireAfterSeconds).toBeGreaterThanOrEqual(7 * 86_400);
  });

  it('sets what is no message aside for an operator, and leaves what a newer version wrote to it', async () => {
    await database.empty();
    const store = createInboxStore(connection);
    await store.record(inbound('newer'), NOON);
    await store.record(inbound('broken'), NOON);
    const partitions = [...Array(16).keys()];
    const [newer, broken] = (await store.next(partitions, NOON, 10)).rows;
    const body = { type: 'hologram' };
    await rows.updateOne({ _id: newer?.id ?? '' }, { $set: { 'message.body': body } });
    await rows.updateOne({ _id: broken?.id ?? '' }, { $set: { message: 'none' } });

    await store.next(partitions, NOON, 10);

    const kept = await rows.find().sort({ order: 1 }).toArray();
    expect(kept).toMatchObject([
      { state: 'new', unreadableFor: READER, message: { body } },
      { state: 'dead', event: 'unreadable' },
    ]);
    await rows.updateOne({ _id: newer?.id ?? '' }, { $set: { unreadableFor: READER - 1 } });
    expect((await store.next(partitions, NOON, 10)).unread).toMatchObject([{ id: newer?.id, why: 'newer' }]);
  });

  it('finds the next rows without reading done or put-off ones', async () => {
    await database.empty();
    const store = createInboxStore(connection);
    const parked = Array.from({ length: 500 }, (_, index) => inbound(`${index}`));
    await Promise.all(parked.map((message) => store.record(message, NOON)));
    const until = new Date(NOON.getTime() + 60_000);
    await store.putOff((await rows.find().toArray()).map(({ _id }) => ({ id: _id, until })));
    await store.record(inbound('now'), NOON);

    const query = {
      state: 'new',
      partition: { $in: [...Array(16).keys()] },
      availableAt: { $lte: NOON },
      unreadableFor: { $not: { $gte: READER } },
    };
    const plan = await database.db
      .collection('inbox')
      .find(query)
      .sort({ availableAt: 1, order: 1 })
      .limit(10)
      .explain('executionStats');

    expect(plan['executionStats']).toMatchObject({ totalDocsExamined: 1 });
    expect(JSON.stringify(plan['queryPlanner'])).not.toContain('"SORT"');
  });

  it('knows without reading decided rows that nothing waits anywhere', async () => {
    await database.empty();
    const store = createInboxStore(connection);
    await Promise.all(Array.from({ length: 500 }, (_, index) => store.record(inbound(`${index}`), NOON)));
    const inbox = database.db.collection('inbox');
    await inbox.updateMany({}, { $set: { state: 'done' } });

    expect(await store.hasUndecidedBefore('any', new Date(NOON.getTime() + 60_000))).toBe(false);
    const plan = await inbox
      .find({ state: 'new', conversation: { $gte: '' }, 'message.sentAt': { $lt: NOON } })
      .explain('executionStats');
    expect(plan['executionStats']).toMatchObject({ totalDocsExamined: 0, totalKeysExamined: 0 });
  });
});
