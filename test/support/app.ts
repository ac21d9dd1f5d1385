/**
 * The whole program for tests: on a free port, with its own database, seeded with the demo community.
 *
 *     const app = await startApp();
 *     afterAll(() => app.stop());
 *
 * Its clock begins at a fixed local time, so that weekdays, holidays and texts are the same whenever the test runs.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Channel } from '#core/channel';
import { buildApp, type App } from '#src/app';
import { prepareDemo } from '#src/app/demo';
import { parseConfig } from '#src/config';
import { connectDatabase } from '#src/database/connection';
import type { DemoFile } from '#src/demo/demo-file';
import { createLog } from '#src/log';
import { connectTestDatabase, type TestDatabase } from './mongo.ts';

export interface TestApp {
  /** Changes with a restart: the port is free again meanwhile. */
  readonly baseUrl: string;
  readonly database: TestDatabase;
  readonly app: App;
  /** Everything that was logged, one line of JSON each. */
  readonly logged: readonly string[];
  /** Ways into the console, as data/demo.json names them. */
  readonly demo: DemoFile;
  /** Ends the program cleanly and starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends the program; drops the database unless it is somebody else's. */
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** A database that is there already, for a second program beside the first. */
  readonly database?: TestDatabase;
  /** Local time of the demo community at the start, ISO with offset. */
  readonly startsAt?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Channels besides the web channel. */
  readonly channels?: readonly Channel[];
}

/** A Tuesday; the weeks behind it hold the Mid-Autumn Festival (25 to 27 September) and National Day (1 to 7 October). */
export const STARTS_AT = '2026-09-01T09:00:00+08:00';
export const TEST_SECRET = 'a secret that only tests know, long enough';

const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export async function startApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await connectTestDatabase());
  if (!options.database) await setClock(database, options.startsAt ?? STARTS_AT);
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-test-'));
  const logged: string[] = [];
  let running = await run(database, dataDir, logged, options);
  return {
    get baseUrl() {
      return running.baseUrl;
    },
    get app() {
      return running.app;
    },
    get demo() {
      return running.demo;
    },
    database,
    logged,
    async restart() {
      await running.end();
      running = await run(database, dataDir, logged, options);
    },
    async stop() {
      await running.end();
      await rm(dataDir, { recursive: true, force: true });
      if (!options.database) await database.close();
    },
  };
}

/** Puts the demo's clock to a moment before anything has looked at it. */
export async function setClock(database: TestDatabase, startsAt: string): Promise<void> {
  const { localTime } = (await database.db.admin().command({ hello: 1 })) as { localTime: Date };
  const offsetMs = Date.parse(startsAt) - localTime.getTime();
  // A clock set back must not make the server throw away as outdated what the test has just written.
  await database.db.admin().command({ setParameter: 1, ttlMonitorEnabled: offsetMs > 0 });
  const settings = database.db.collection<{ _id: string; offsetMs: number }>('settings');
  await settings.updateOne({ _id: 'demoClock' }, { $set: { offsetMs } }, { upsert: true });
}

async function run(
  database: TestDatabase,
  dataDir: string,
  logged: string[],
  { environment = {}, channels = [] }: TestAppOptions,
) {
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    MONGODB_URI: database.uri,
    LOG_LEVEL: 'debug',
    ...environment,
  });
  const connection = await connectDatabase({ uri: database.uri });
  const links = { all: [] as Awaited<ReturnType<typeof prepareDemo>> };
  const app = await buildApp(config, {
    connection,
    log: createLog(config.LOG_LEVEL, { write: (line) => void logged.push(line) }),
    channels,
    rootDir,
    sessionSecret: TEST_SECRET,
    consoleLinks: () => links.all,
  });
  const { baseUrl } = await app.start(async (address) => {
    links.all = await prepareDemo(app, { config, baseUrl: address, connection });
  });
  const demo = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoFile;
  const end = async () => {
    await app.stop();
    await connection.close();
  };
  return { app, baseUrl, demo, end };
}
