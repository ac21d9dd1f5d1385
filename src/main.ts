import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { buildApp } from './app.ts';
import { loadChannels } from './app/channels.ts';
import { prepareDemo } from './app/demo.ts';
import { keptSecret } from './app/secret.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { connectDatabase } from './database/connection.ts';
import { createLog } from './log.ts';

const EXIT_WRONG_SETTINGS = 2;
const EXIT_LOGIN_LOST = 3;
const rootDir = dirname(dirname(fileURLToPath(import.meta.url)));

async function main(config: Config, mongodbUri: string): Promise<void> {
  const log = createLog(config.LOG_LEVEL);
  const connection = await connectDatabase({ uri: mongodbUri });
  const sessionSecret = config.SESSION_SECRET ?? (await keptSecret(config.DATA_DIR));
  const lost = new AbortController();
  const demo = { links: [] as Awaited<ReturnType<typeof prepareDemo>> };
  const app = await buildApp(config, {
    connection,
    log,
    channels: await loadChannels(config, { log, connection, onLost: () => lost.abort() }),
    rootDir,
    sessionSecret,
    consoleLinks: () => demo.links,
  });
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    // A vendor's login does not come back by itself: whoever watches this process starts it anew.
    lost.signal.addEventListener('abort', () => {
      process.exitCode = EXIT_LOGIN_LOST;
      resolve();
    });
  });
  const { baseUrl } = await app.start(async (address) => {
    if (!config.realChannel) demo.links = await prepareDemo(app, { config, baseUrl: address, connection });
  });
  process.stdout.write(opening(config, baseUrl));
  await ended;
  await app.stop();
  await connection.close();
}

function opening(config: Config, baseUrl: string): string {
  const pages = [
    ...(config.playground ? [['聊天演示 playground', `${baseUrl}/playground`]] : []),
    ['工作台 console', `${baseUrl}/console/`],
  ];
  const lines = pages.map(([name, url]) => `  ${name}  ${url}`);
  const demo = config.realChannel ? [] : [`  登录链接 sign-in links  ${config.DATA_DIR}/demo.json`];
  return `\n议事 Yishi is ready\n${[...lines, ...demo].join('\n')}\n\n`;
}

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = parseConfig(process.env);
  if (config.MONGODB_URI === undefined)
    throw new ConfigError(['MONGODB_URI: is needed; npm start provides a database for trial']);
  await main(config, config.MONGODB_URI);
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = error instanceof ConfigError ? EXIT_WRONG_SETTINGS : 1;
}
