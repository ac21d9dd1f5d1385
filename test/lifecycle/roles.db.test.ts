import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConfigError, parseConfig } from '#src/config';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';
import { runProgram, startProgram, type Program, type RunningProgram } from '#test/support/program';

let database: TestDatabase;
let dataDir: string;
let pages: Program;
let deciding: RunningProgram;
let sending: RunningProgram;

const READY = /Yishi is ready: ([a-z,\s]+)/;

beforeAll(async () => {
  database = await connectTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'yishi-roles-'));
  const common = { MONGODB_URI: database.uri, DATA_DIR: dataDir };
  pages = await startProgram({ ...common, ROLES: 'http' });
  deciding = runProgram({ ...common, ROLES: 'inbox,schedule' });
  sending = runProgram({ ...common, ROLES: 'outbox' });
  await Promise.all([deciding.untilSaid(READY), sending.untilSaid(READY)]);
}, 120_000);
afterAll(async () => {
  await Promise.all([pages.kill(), deciding.kill(), sending.kill()]);
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('roles in processes of their own', () => {
  it('hand a message on: one takes it in, one decides it, one sends the answer', async () => {
    const conversation = `${pages.baseUrl}/api/playground/conversations/xingfuli-residents/messages`;
    const response = await fetch(conversation, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ persona: '张桂兰', text: '反映 3号楼门口的路灯坏了三天' }),
    });
    expect(response.status).toBe(202);
    const said = async () => {
      const { messages } = (await (await fetch(conversation)).json()) as { messages: { text: string }[] };
      return messages.map(({ text }) => text).join('\n');
    };
    await expect.poll(said, { timeout: 40_000 }).toContain('已登记：诉求#1');
  });

  it('end in order, each by itself, and leave no lease behind', async () => {
    expect(await deciding.interrupt()).toBe(0);
    expect(await sending.interrupt()).toBe(0);
    expect(await pages.interrupt()).toBe(0);
    expect(await database.db.collection('leases').countDocuments({ holder: { $exists: true } })).toBe(0);
  });
});

describe('settings of roles', () => {
  it('are refused where they cannot work', () => {
    const refused = (environment: Record<string, string>) => {
      try {
        parseConfig(environment);
        return [];
      } catch (error) {
        return error instanceof ConfigError ? error.problems.map((problem) => problem.split(':')[0]) : ['?'];
      }
    };
    expect(refused({ ROLES: 'http,inbox', HEALTH_PORT: '3001' })).toEqual(['HEALTH_PORT']);
    expect(refused({ ROLES: 'inbox', HEALTH_PORT: '3001' })).toEqual([]);
    expect(refused({ ROLES: '' })).toEqual([]);
    expect(refused({ ROLES: 'http,cleaning' })).toEqual(['ROLES.1']);
  });
});
