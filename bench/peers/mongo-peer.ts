import { randomBytes } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';

/** Connections enough for 32 workers that each wait for their own answer. */
const CONNECTIONS = 64;

/** Gives a peer a database of its own on the mongod of all, with the write concern that our rows have. */
export async function inPeerDatabase<Result>(
  mongodbUri: string,
  use: (db: Db) => Promise<Result>,
): Promise<Result> {
  const writeConcern = { w: 'majority', journal: true } as const;
  const client = await MongoClient.connect(mongodbUri, { writeConcern, maxPoolSize: CONNECTIONS });
  const db = client.db(`yishi_bench_peer_${randomBytes(4).toString('hex')}`);
  try {
    return await use(db);
  } finally {
    await db.dropDatabase();
    await client.close();
  }
}
