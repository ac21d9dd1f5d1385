import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Connection } from 'mongoose';

import { buildApp } from './app.ts';
import { loadChannels } from './app/channels.ts';
import { prepareDemo } from './app/demo.ts';
import { listenForTheEnd, type Ending } from './app/ending.ts';
import { openEntrance, type Entrance } from './app/entrance.ts';
import { keptSecret } from './app/secret.ts';
import { withDatabase } from './app/with-database.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { NewerDatabaseError } from './database/prepare.ts';
import { createLog, type Log } from './log.ts';

const EXIT_WRONG_SETTINGS = 2;
const EXIT_LOGIN_LOST = 3;
const EXIT_NEWER_DATABASE = 4;
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

interface Parts {
  readonly log: Log;
  readonly ending: Ending;
  readonly entrance: Entrance;
}

/** Works as soon as the database is there, until the end. */
async function main(config: Config, uri: string): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  const ending = listenForTheEnd(log);
  const entrance = await openEntrance(config);
  const onAway = (error: unknown) => log.warn({ error }, 'the database is away; waiting for it');
  try {
    await withDatabase({ uri, signal: ending.signal, onAway }, (connection) =>
      work(config, connection, { log, ending, entrance }),
    );
  } finally {
    await entrance.shut();
  }
}

async function work(config: Config, connection: Connection, { log, ending, entrance }: Parts): Promise<void> {
  const demo = { links: [] as Awaited<ReturnType<typeof prepareDemo>> };
  // A vendor's login does not come back by itself: whoever watches this process starts it anew.
  const onLost = () => ending.end(EXIT_LOGIN_LOST);
  const app = await buildApp(config, {
    connection,
    log,
    entrance,
    channels: await loadChannels(config, { log, connection, onLost }),
    rootDir,
    sessionSecret: config.SESSION_SECRET ?? (await keptSecret(config.DATA_DIR)),
    consoleLinks: () => demo.links,
  });
  try {
    const { baseUrl } = await app.start(async (address) => {
      if (!config.realChannel) demo.links = await prepareDemo(app, { config, baseUrl: address, connection });
    });
    process.stdout.write(opening(config, baseUrl));
    await ending.came;
  } finally {
    await app.stop();
  }
}

function opening(config: Config, baseUrl: string): string {
  if (!config.ROLES.includes('http')) return `\n议事 Yishi is ready: ${config.ROLES.join(', ')}\n\n`;
  const pages = [
    ...(config.playground ? [['聊天演示 playground', `${baseUrl}/playground`]] : []),
    ['工作台 console', `${baseUrl}/console/`],
  ];
  const lines = pages.map(([name, url]) => `  ${name}  ${url}`);
  const demo = config.realChannel ? [] : [`  登录链接 sign-in links  ${config.DATA_DIR}/demo.json`];
  return `\n议事 Yishi is ready\n${[...lines, ...demo].join('\n')}\n\n`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT_WRONG_SETTINGS;
  return error instanceof NewerDatabaseError ? EXIT_NEWER_DATABASE : 1;
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (config.MONGODB_URI === undefined)
    throw new ConfigError(['MONGODB_URI: is needed; npm start provides a database for trial']);
  await main(config, config.MONGODB_URI);
} catch (error) {
  const isPlain = error instanceof ConfigError || error instanceof NewerDatabaseError;
  process.stderr.write(`${isPlain ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = exitCodeOf(error);
}
