import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkout, findPlaces } from '../../scripts/mongo/places.ts';
import { readState } from '../../scripts/mongo/state.ts';

// In the same file system as the cache, so that Wine's prefix is linked, not copied.
const dataDir = path.join(checkout, 'data', `embedded-mongo-test-${process.pid}`);
const { homeDir } = findPlaces(dataDir);

const removeData = async () => {
  await rm(homeDir, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
};
beforeAll(removeData);
afterAll(removeData);

/** Another program that starts the embedded database, says its address and holds it until its input ends. */
async function startHolder(): Promise<{ program: ChildProcess; uri: string }> {
  const holder = path.join(import.meta.dirname, 'mongo-holder.ts');
  const program = spawn(process.execPath, ['--import', 'tsx', holder, dataDir], {
    env: { ...process.env, MONGODB_URI: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: program.stdout })) {
    if (line.startsWith('mongodb://')) return { program, uri: line };
  }
  throw new Error('the embedded database did not start');
}

async function stopHolder(program: ChildProcess): Promise<void> {
  program.stdin?.end();
  await once(program, 'exit');
}

async function withNotes<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const writeNote = (uri: string, note: string) =>
  withNotes(uri, (client) =>
    client
      .db()
      .collection('notes')
      .insertOne({ note }, { writeConcern: { w: 'majority', j: true } }),
  );

const readNotes = (uri: string) =>
  withNotes(uri, async (client) =>
    (await client.db().collection('notes').find().toArray()).map(({ note }) => String(note)),
  );

it(
  'keeps its port and everything acknowledged, over a clean stop and over a kill of everything',
  { timeout: 180_000 },
  async () => {
    const first = await startHolder();
    await writeNote(first.uri, 'before a clean stop');
    await stopHolder(first.program);
    expect(readState(homeDir)).toEqual({ port: Number(new URL(first.uri).port) });

    const second = await startHolder();
    expect(second.uri).toBe(first.uri);
    await writeNote(second.uri, 'before the kill');
    const mongod = readState(homeDir)?.mongod;
    second.program.kill('SIGKILL');
    if (mongod) process.kill(mongod.pid, 'SIGKILL');

    const third = await startHolder();
    expect(third.uri).toBe(first.uri);
    expect(await readNotes(third.uri)).toEqual(['before a clean stop', 'before the kill']);
    if (process.getuid?.() === 0) {
      const status = readFileSync(`/proc/${readState(homeDir)?.mongod?.pid}/status`, 'utf8');
      expect(status, 'mongod does not run as root').not.toMatch(/^Uid:\s+0\b/m);
    }
    await stopHolder(third.program);
  },
);
