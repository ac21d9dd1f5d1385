import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createDatabaseGate, type DatabaseGate } from '#test/support/database-gate';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';
import { runProgram, type RunningProgram } from '#test/support/program';

let database: TestDatabase;
let gate: DatabaseGate;
let dataDir: string;
let port: number;
let running: RunningProgram[];

beforeAll(async () => {
  database = await connectTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-lifecycle-'));
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  gate = await createDatabaseGate(database.uri);
  port = await freePort();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((program) => program.kill()));
  await gate.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

function start(environment: Readonly<Record<string, string>> = {}): RunningProgram {
  const uri = gate.uriOf(database.uri);
  const program = runProgram({ MONGODB_URI: uri, PORT: String(port), DATA_DIR: dataDir, ...environment });
  running.push(program);
  return program;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

async function ask(path: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...options });
  const body: unknown = await response.json().catch(() => undefined);
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

/** Ends when the answer is the wished one; refused connections count as none. */
async function untilAnswered(path: string, status: number): Promise<Answer> {
  let answer: Answer | undefined;
  await expect
    .poll(async () => (answer = await ask(path).catch(() => undefined))?.status, {
      timeout: 40_000,
      interval: 50,
    })
    .toBe(status);
  return answer as Answer;
}

const post = (messageId: string, text: string) =>
  ask('/api/playground/conversations/xingfuli-residents/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona: '张桂兰', text, messageId }),
  });

describe('the program', () => {
  it('waits for a database that is away when it starts, and takes nothing meanwhile', async () => {
    const program = start();
    expect(await untilAnswered('/readyz', 503)).toMatchObject({ body: { ready: false, reason: 'starting' } });
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await post('early', '反映 路灯坏了')).toMatchObject({ status: 503, retryAfter: '5' });
    await gate.open();
    await untilAnswered('/readyz', 200);
    expect((await post('early', '反映 路灯坏了')).status).toBe(202);
    expect(await program.interrupt()).toBe(0);
    expect(await database.db.collection('leases').countDocuments({ holder: { $exists: true } })).toBe(0);
  });

  it('says so when the database goes away while it works, and goes on when it is back', async () => {
    await gate.open();
    start();
    await untilAnswered('/readyz', 200);
    await gate.shut();
    expect(await untilAnswered('/readyz', 503)).toMatchObject({ body: { ready: false } });
    expect(await untilAnswered('/api/playground/clock', 503)).toMatchObject({ retryAfter: '5' });
    expect(await post('meanwhile', '反映 垃圾房太臭')).toMatchObject({ status: 503, retryAfter: '5' });
    await gate.open();
    await untilAnswered('/readyz', 200);
    await expect
      .poll(async () => (await post('meanwhile', '反映 垃圾房太臭')).status, { timeout: 20_000 })
      .toBe(202);
    expect((await post('meanwhile', '反映 垃圾房太臭')).status).toBe(202);
    const concerns = database.db.collection('concerns');
    await expect.poll(() => concerns.countDocuments({ text: /垃圾房/ }), { timeout: 30_000 }).toBe(1);
  });

  it('ends at once at the second signal, however long the orderly end would take', async () => {
    await gate.open();
    const program = start();
    await untilAnswered('/readyz', 200);
    await gate.shut();
    program.signal('SIGTERM');
    program.signal('SIGINT');
    expect([130, 143]).toContain(await program.ended);
  });

  it('refuses a database of a newer version, in plain words and with its own exit code', async () => {
    const rows = database.db.collection<{ _id: string }>('migrations');
    await rows.insertOne({ _id: '9999-of-tomorrow' });
    await gate.open();
    const program = start();
    expect(await program.ended).toBe(4);
    expect(program.said()).toContain('newer version of Yishi: it knows 9999-of-tomorrow');
    await rows.deleteOne({ _id: '9999-of-tomorrow' });
  });
});
