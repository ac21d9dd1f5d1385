/**
 * A real MongoDB for tests.
 *
 *     const database = await connectTestDatabase();
 *     afterAll(() => database.close());
 *     await mongoose.connect(database.uri); // the uri names the database
 *
 * Every call gives a new, empty database on the replica set that the test run started once
 * (test/support/global-setup.ts), so each `*.db.test.ts` file has its own. `MONGODB_TEST_URI` names a running
 * replica set to use instead, which saves its start.
 */
import { randomBytes } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { inject } from 'vitest';

export interface TestDatabase {
  /** Connection string that includes `dbName`. */
  readonly uri: string;
  readonly dbName: string;
  /** The database by the plain driver, for arranging and looking past the code under test. */
  readonly db: Db;
  /** Removes every document and keeps collections and indexes: for `beforeEach`. */
  empty(): Promise<void>;
  /** Drops the database and disconnects. Call it in `afterAll`, after closing your own connections. */
  close(): Promise<void>;
}

export async function connectTestDatabase(): Promise<TestDatabase> {
  const dbName = `yishi_test_${randomBytes(6).toString('hex')}`;
  const uri = withDatabase(inject('mongoUri'), dbName);
  const client = await MongoClient.connect(uri, { maxPoolSize: 5 });
  const db = client.db(dbName);
  return {
    uri,
    dbName,
    db,
    empty: () => emptyCollections(db),
    close: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
}

function withDatabase(uri: string, dbName: string): string {
  const named = new URL(uri);
  named.pathname = `/${dbName}`;
  return named.href;
}

async function emptyCollections(db: Db): Promise<void> {
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
  await Promise.all(collections.map(({ name }) => db.collection(name).deleteMany({})));
}
