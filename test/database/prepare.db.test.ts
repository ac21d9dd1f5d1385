import type { Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { connectDatabase } from '#src/database/connection';
import { indexDifferences, type Indexed } from '#src/database/indexes';
import { NewerDatabaseError, prepareDatabase, type Migration } from '#src/database/prepare';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let connections: readonly Connection[];
let ran: string[];

beforeAll(async () => {
  database = await connectTestDatabase({ untouched: true });
  connections = await Promise.all([1, 2, 3].map(() => connectDatabase({ uri: database.uri })));
});
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await database.close();
});
beforeEach(async () => {
  await database.db.dropDatabase();
  ran = [];
});

const noting = (id: string): Migration => ({
  id,
  about: 'notes that it ran',
  up: async (connection) => {
    ran.push(id);
    await connection
      .collection<{ _id: string }>('notes')
      .updateOne({ _id: id }, { $inc: { times: 1 } }, { upsert: true });
  },
});
const MIGRATIONS = [noting('0001-first'), noting('0002-second')];
const WORDS: Indexed = { name: 'words', indexes: [{ keys: { word: 1 }, options: { name: 'word' } }] };

function prepare(
  options: { migrations?: readonly Migration[]; collections?: readonly Indexed[]; as?: number } = {},
) {
  const { migrations = MIGRATIONS, collections = [WORDS], as = 0 } = options;
  const connection = connections[as];
  if (!connection) throw new Error('no such process');
  return prepareDatabase(connection, { migrations, collections });
}

const kept = async (id: string) =>
  database.db.collection<{ _id: string; doneAt?: Date }>('migrations').findOne({ _id: id });

describe('preparing the database', () => {
  it('runs migrations in their order, records them, makes the indexes, and does nothing the second time', async () => {
    await prepare();
    await prepare();
    expect(ran).toEqual(['0001-first', '0002-second']);
    expect((await kept('0002-second'))?.doneAt).toBeInstanceOf(Date);
    expect(await indexDifferences(connections[0] as Connection, [WORDS])).toEqual([]);
    expect(await kept('lock')).toBeNull();
  });

  it('is done by one process while the others wait for it', async () => {
    await Promise.all([0, 1, 2].map((as) => prepare({ as })));
    expect(ran).toEqual(['0001-first', '0002-second']);
    expect(await kept('lock')).toBeNull();
  });

  it('goes on where a process died: what was not recorded runs again', async () => {
    const dying: Migration = { ...noting('0002-second'), up: () => Promise.reject(new Error('died')) };
    await expect(prepare({ migrations: [noting('0001-first'), dying] })).rejects.toThrow('died');
    await prepare();
    expect(ran).toEqual(['0001-first', '0002-second']);
  });

  it('takes over the lock of a process that was killed, once it has run out', async () => {
    await database.db
      .collection<{ _id: string }>('migrations')
      .insertOne({ _id: 'lock', holder: 'killed', until: new Date(0) } as { _id: string });
    await prepare();
    expect(ran).toEqual(['0001-first', '0002-second']);
  });

  it('refuses a database that a newer version has written, in plain words', async () => {
    await prepare({ migrations: [...MIGRATIONS, noting('0003-of-tomorrow')] });
    ran = [];
    await expect(prepare()).rejects.toThrow(NewerDatabaseError);
    await expect(prepare()).rejects.toThrow(/newer version of Yishi: it knows 0003-of-tomorrow/);
    expect(ran).toEqual([]);
  });

  it('makes an index anew that is declared otherwise now', async () => {
    await prepare();
    const unique: Indexed = {
      name: 'words',
      indexes: [{ keys: { word: 1 }, options: { name: 'word', unique: true } }],
    };
    await prepare({ collections: [unique] });
    expect(await indexDifferences(connections[0] as Connection, [unique])).toEqual([]);
    const other: Indexed = {
      name: 'words',
      indexes: [{ keys: { word: 1, at: 1 }, options: { name: 'word' } }],
    };
    await prepare({ collections: [other] });
    expect(await indexDifferences(connections[0] as Connection, [other])).toEqual([]);
  });
});
