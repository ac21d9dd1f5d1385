import type { Connection } from 'mongoose';
import { afterAll, beforeEach } from 'vitest';
import { collections } from '#models/registry';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { connectTestDatabase, type TestDatabase } from './mongo.ts';

/**
 * A database for the tests of a file, with our connection and the indexes of these collections: it is empty before each
 * test and given back at the end. Awaited at the top of the file, before its own hooks.
 */
export async function useTestDatabase(
  wanted: Parameters<typeof ensureIndexes>[1] = collections,
): Promise<Pick<TestDatabase, 'uri' | 'db'> & { readonly connection: Connection }> {
  const database = await connectTestDatabase();
  const connection = await connectDatabase({ uri: database.uri });
  await ensureIndexes(connection, wanted);
  beforeEach(() => database.empty());
  afterAll(async () => {
    await connection.close();
    await database.close();
  });
  return { uri: database.uri, db: database.db, connection };
}
