import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { IndexDescriptionInfo } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '#test/support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

interface Visit {
  readonly code: number | null;
  readonly said: string;
}

async function doctor(environment: Readonly<Record<string, string>>): Promise<Visit> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/doctor.ts'], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { code, said: out + errors };
}

const healthy = () => doctor({ MONGODB_URI: app.database.uri, PORT: new URL(app.baseUrl).port });

describe('npm run doctor', () => {
  it('finds all well while the program runs', async () => {
    const { code, said } = await healthy();
    expect(said).toContain('ok      indexes: as declared');
    expect(said).toContain('ok      transactions: an abandoned one ends after ');
    expect(said).toContain('ok      work: nothing is stuck');
    expect(said).toContain('ok      program: runs and is ready');
    expect(said).toContain('ok      channel: web:');
    expect(code).toBe(0);
  });

  it('says what is stuck and what to do', async () => {
    const inbox = app.database.db.collection<{ _id: string }>('inbox');
    await inbox.insertOne({ _id: 'stuck', state: 'dead', receivedAt: new Date() } as { _id: string });
    const { said } = await healthy();
    await inbox.deleteOne({ _id: 'stuck' });
    expect(said).toMatch(/look {4}inbox\.dead: 1 messages were set aside after five tries\n +→ /);
  });

  it('names an index that is missing and ends with 1', async () => {
    const ballots = app.database.db.collection('ballots');
    const dropped = (await ballots.indexes()).find(({ name }) => name !== '_id_');
    const { key, name, ...options } = dropped as IndexDescriptionInfo & { name: string };
    await ballots.dropIndex(name);
    const { code, said } = await healthy();
    await ballots.createIndex(key, { name, ...options });
    expect(said).toContain('broken  indexes: ballots: missing ');
    expect(code).toBe(1);
  });

  it('tells a database that is away from a program that is away', async () => {
    const away = await doctor({
      MONGODB_URI: 'mongodb://127.0.0.1:9/yishi?serverSelectionTimeoutMS=500',
      PORT: '9',
    });
    expect(away.said).toContain('broken  database: cannot be reached');
    expect(away.said).toContain('look    program: nothing answers');
    expect(away.code).toBe(1);
  });

  it('names every wrong setting at once and ends with 2', async () => {
    const { code, said } = await doctor({ PORT: 'many', LOG_LEVEL: 'loud' });
    expect(said).toContain('PORT');
    expect(said).toContain('LOG_LEVEL');
    expect(code).toBe(2);
  });
});
