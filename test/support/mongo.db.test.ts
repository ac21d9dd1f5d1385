import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase({ untouched: true });
afterAll(() => database.close());
beforeEach(() => database.empty());

describe('a test database', () => {
  it('is a replica set: it takes transactions', async () => {
    const { db } = database;
    await db.client.withSession((session) =>
      session.withTransaction(async () => {
        await db.collection('things').insertOne({ kept: true }, { session });
      }),
    );
    expect(await db.collection('things').countDocuments()).toBe(1);
  });

  it('is empty again for the next test, with its indexes', async () => {
    const { db } = database;
    await db.createIndex('things', { name: 1 }, { unique: true });
    await db.collection('things').insertOne({ name: 'lamp' });
    await database.empty();
    expect(await db.collection('things').countDocuments()).toBe(0);
    expect(await db.collection('things').indexExists('name_1')).toBe(true);
  });

  it('shares nothing with the database of another file', async () => {
    const other = await connectTestDatabase();
    await other.db.collection('things').insertOne({ name: 'theirs' });
    expect(await database.db.collection('things').countDocuments()).toBe(0);
    await other.close();
  });

  it('is lent again after it was closed, empty and with its indexes, to one at a time', async () => {
    const borrow = () => connectTestDatabase({ stock: database.dbName });
    const first = await borrow();
    await first.db.createIndex('things', { name: 1 });
    await first.db.collection('things').insertOne({ name: 'theirs' });
    await first.close();

    const [second, third] = await Promise.all([borrow(), borrow()]);
    const again = [second, third].filter(({ dbName }) => dbName === first.dbName);
    expect(again).toHaveLength(1);
    expect(await again[0]?.db.collection('things').countDocuments()).toBe(0);
    expect(await again[0]?.db.collection('things').indexExists('name_1')).toBe(true);
    await Promise.all([second, third].map((one) => one.close()));
  });

  it('is gone after it was closed when no other test may have it', async () => {
    const other = await connectTestDatabase({ untouched: true });
    await other.db.collection('things').insertOne({ name: 'theirs' });
    await other.close();
    const { databases } = await database.db.admin().listDatabases({ nameOnly: true });
    expect(databases.map(({ name }) => name)).not.toContain(other.dbName);
  });
});
