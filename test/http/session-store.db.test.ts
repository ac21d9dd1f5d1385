import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { sessions } from '#src/http/session';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let client: MongoClient;

beforeAll(async () => {
  database = await connectTestDatabase();
  // A set of one member never has two: as if the majority was lost. One connection: what is asked first is heard first.
  client = await MongoClient.connect(database.uri, { w: 2, monitorCommands: true, maxPoolSize: 1 });
});
afterAll(async () => {
  await client.close();
  await database.close();
});

it('the store of sessions writes nothing by itself, for nobody would hear when that fails', async () => {
  const commands: string[] = [];
  client.on('commandStarted', ({ commandName }) => commands.push(commandName));
  sessions({ client, dbName: database.dbName, secret: 'long enough', secure: false });
  await client.db(database.dbName).command({ ping: 1 });
  await client.db(database.dbName).command({ ping: 1 });
  expect(commands).toEqual(['ping', 'ping']);
});
