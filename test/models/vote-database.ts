import mongoose, { type Connection } from 'mongoose';
import type { Write } from '#core/decision';
import { modelOf } from '#models/collection';
import { collections } from '#models/registry';
import { createWriteRunner } from '#models/write-batch';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

export interface VoteDatabase {
  readonly database: TestDatabase;
  readonly connection: Connection;
  /** Carries writes out as the commit of many decisions does: each write is a decision of its own. */
  together(writes: readonly Write[]): Promise<void>;
  /** Carries writes out as a guarded decision does. */
  guarded(writes: readonly Write[]): Promise<void>;
  close(): Promise<void>;
}

/** A database with the collections of topics, polls and meetings and their indexes. */
export async function connectVoteDatabase(): Promise<VoteDatabase> {
  const database = await connectTestDatabase();
  const connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
  const names = [
    'topics',
    'polls',
    'rolls',
    'rollDrafts',
    'households',
    'rosterLists',
    'ballots',
    'ballotEvents',
    'delegations',
    'papers',
    'pollSecrets',
    'meetings',
    'responses',
    'deadlines',
    'concerns',
  ];
  for (const definition of collections.filter(({ name }) => names.includes(name))) {
    const model = modelOf(connection, definition as never);
    await model.createCollection();
    await model.createIndexes();
  }
  const runner = createWriteRunner(connection);
  return {
    database,
    connection,
    async together(writes) {
      const failed = await runner.together(writes.map((write, owner) => ({ owner, write })));
      const [first] = failed.values();
      if (first) throw first as Error;
    },
    async guarded(writes) {
      const session = await connection.startSession();
      try {
        await session.withTransaction(() => runner.inTransaction(writes, session));
      } finally {
        await session.endSession();
      }
    },
    async close() {
      await connection.close();
      await database.close();
    },
  };
}
