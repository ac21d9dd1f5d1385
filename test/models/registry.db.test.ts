import { afterAll, describe, expect, it } from 'vitest';
import { collections } from '#models/registry';
import { connectDatabase, isDatabaseReady } from '#src/database/connection';
import { ensureIndexes, indexDifferences } from '#src/database/indexes';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase({ untouched: true });
const connection = await connectDatabase({ uri: database.uri });

afterAll(async () => {
  await connection.close();
  await database.close();
});

describe('the database', () => {
  it('has exactly the indexes that are declared beside the schemas', async () => {
    await ensureIndexes(connection, collections);
    await ensureIndexes(connection, collections);

    expect(await indexDifferences(connection, collections)).toEqual([]);
  });

  it('tells of an index that nobody declared and of one that is missing', async () => {
    await ensureIndexes(connection, collections);
    await database.db.collection('groups').createIndex({ unit: 1 });
    await database.db.collection('groups').dropIndex('conversationKey_1');

    const [missing, undeclared, ...others] = await indexDifferences(connection, collections);

    expect(missing).toContain('groups: missing {"key":{"conversationKey":1},"unique":true');
    expect(undeclared).toContain('groups: undeclared {"key":{"unit":1}');
    expect(others).toEqual([]);
  });

  it('does not mind the index that a sharded cluster needs', async () => {
    const declared = [{ name: 'divided', indexes: [], shardKey: { keys: { _id: 'hashed' as const } } }];
    await database.db.collection('divided').createIndex({ _id: 'hashed' });

    expect(await indexDifferences(connection, declared)).toEqual([]);
    await database.db.collection('divided').createIndex({ lane: 1 });
    expect(await indexDifferences(connection, declared)).toHaveLength(1);
  });

  it('lists each collection once, every one with a reason for each index', () => {
    const names = collections.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    for (const { indexes } of collections) for (const { why } of indexes) expect(why).not.toBe('');
  });

  it('waits for a majority and its journal with every write', () => {
    const { writeConcern, readConcern } = connection.getClient().options;
    expect(writeConcern).toMatchObject({ w: 'majority', journal: true });
    expect(readConcern).toMatchObject({ level: 'majority' });
  });

  it('is ready while it answers, and not after the connection was closed', async () => {
    const other = await connectDatabase({ uri: database.uri });
    expect(await isDatabaseReady(other)).toBe(true);

    await other.close();
    expect(await isDatabaseReady(other)).toBe(false);
  });
});
