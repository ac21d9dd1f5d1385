/**
 * Plays an operator's first two minutes: `npm start` in an empty data folder, a look at the pages, Ctrl-C, and the same
 * again. Fails when anything is not as the README says. Prints how long each start took.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout, findPlaces } from './mongo/places.ts';

const FIRST_START_MS = 300_000;
const LATER_START_MS = 60_000;
const STOP_MS = 60_000;

const dataDir = path.join(checkout, 'data/smoke');
const port = await findFreePort();
const baseUrl = `http://127.0.0.1:${port}`;

removeData();
try {
  await playOnce('first start', FIRST_START_MS);
  await playOnce('second start', LATER_START_MS);
} finally {
  removeData();
}

async function playOnce(name: string, patienceMs: number): Promise<void> {
  const begunAt = performance.now();
  const app = start();
  try {
    await untilReady(app, patienceMs);
    console.log(`smoke: ${name} was ready after ${seconds(begunAt)} s`);
    await lookAround();
    const stoppedAt = performance.now();
    await pressCtrlC(app);
    console.log(`smoke: ${name} stopped cleanly after ${seconds(stoppedAt)} s`);
  } catch (error) {
    if (app.exitCode === null) await pressCtrlC(app).catch(() => undefined);
    throw error;
  }
}

function start(): ChildProcess {
  // What `npm start` runs, without npm: after a Ctrl-C npm hides the exit code.
  return spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: checkout,
    // Like a terminal: a group of its own that gets the Ctrl-C together.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, MONGODB_URI: '' },
  });
}

async function untilReady(app: ChildProcess, patienceMs: number): Promise<void> {
  for (const begunAt = performance.now(); performance.now() - begunAt < patienceMs; await delay(200)) {
    assert.equal(app.exitCode, null, `npm start ended with ${app.exitCode} before it was ready`);
    const answer = await fetch(`${baseUrl}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  assert.fail(`npm start was not ready after ${patienceMs / 1000} s`);
}

async function lookAround(): Promise<void> {
  const page = await fetch(baseUrl);
  assert.equal(page.status, 200, 'the first page opens');
  assert.match(await page.text(), /<!doctype html>/i, 'the first page is a page');
  const answer = await fetch(`${baseUrl}/api/playground/conversations`);
  assert.equal(answer.status, 200, 'the playground answers');
  const { conversations } = (await answer.json()) as { conversations: unknown[] };
  assert.ok(conversations.length > 0, 'the demo community has conversations');
}

async function pressCtrlC(app: ChildProcess): Promise<void> {
  assert.ok(app.pid);
  process.kill(-app.pid, 'SIGINT');
  const [code] = (await Promise.race([once(app, 'exit'), delay(STOP_MS, ['nothing'], { ref: false })])) as (
    number | string
  )[];
  assert.equal(code, 0, `after Ctrl-C npm start ended with ${code}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}

function removeData(): void {
  rmSync(findPlaces(dataDir).homeDir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1000).toFixed(1);
}
