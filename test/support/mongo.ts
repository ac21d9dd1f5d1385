/**
 * A real MongoDB for tests.
 *
 *     const database = await connectTestDatabase();
 *     afterAll(() => database.close());
 *     await mongoose.connect(database.uri); // the uri names the database
 *
 * Every call gives an empty database of its own on the replica set that the test run started once
 * (test/support/global-setup.ts). One that an earlier test file has closed is emptied and lent again with its
 * collections and indexes: making and dropping those some hundred times was most of the server's work, and under Wine
 * its end. `MONGODB_TEST_URI` names a running replica set to use instead, which saves its start.
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
  /**
   * Gives the database back and disconnects. Call it in `afterAll`, after closing your own connections and ending your
   * own processes: another test may have it next.
   */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Without any collection, and dropped at the end: for a test that changes or counts collections or indexes. */
  readonly untouched?: boolean;
  /** The stock to borrow from, so that a test can have one to itself. */
  readonly stock?: string;
}

/** Which databases there are and whether a test has them. */
interface Loan {
  readonly _id: string;
  readonly lent: boolean;
}

export async function connectTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { untouched = false, stock = 'loans' } = options;
  const uri = inject('mongoUri');
  const client = await MongoClient.connect(uri, { maxPoolSize: 5 });
  const loans = client.db('yishi_test').collection<Loan>(stock);
  const free = untouched
    ? null
    : await loans.findOneAndUpdate({ lent: false }, { $set: { lent: true } }, { returnDocument: 'after' });
  const dbName = free?._id ?? `yishi_test_${randomBytes(6).toString('hex')}`;
  const db = client.db(dbName);
  if (free) await emptyCollections(db);
  return {
    uri: withDatabase(uri, dbName),
    dbName,
    db,
    empty: () => emptyCollections(db),
    close: async () => {
      if (untouched) await db.dropDatabase();
      else await loans.updateOne({ _id: dbName }, { $set: { lent: false } }, { upsert: true });
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
