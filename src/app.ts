import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Connection } from 'mongoose';

import type { Channel } from '#core/channel';
import type { LeaseKind } from '#core/leases';
import { createWebChannel } from '#bots/web/adapter';
import { collections } from '#models/registry';
import { createDemoOffset } from '#models/settings';
import { createWebDirectory } from '#models/web-directory';

import { createEngine, type Engine } from './app/engine.ts';
import { createFeatures } from './app/features.ts';
import { closeServer, httpDepsOf, listen, watchChanges } from './app/http.ts';
import { createTelling } from './app/metrics.ts';
import { createStores, type Stores } from './app/stores.ts';
import type { Config } from './config.ts';
import { createChance } from './database/chance.ts';
import { createDatabaseClock, monotonicMs, type DatabaseClock } from './database/clock.ts';
import { ensureIndexes } from './database/indexes.ts';
import { createLiveHints } from './http/console/live.ts';
import type { PlaygroundDeps } from './http/playground/routes.ts';
import { buildHttpApp } from './http/server.ts';
import type { Log } from './log.ts';

export interface AppDeps {
  readonly connection: Connection;
  readonly log: Log;
  /** Channels besides the web channel. */
  readonly channels: readonly Channel[];
  /** Root of the installation: package.json and web/dist are there. */
  readonly rootDir: string;
  /** Signs sessions and receipts. */
  readonly sessionSecret: string;
  /** Ways into the console for the demo's office holders; empty when there is no demo. */
  readonly consoleLinks: PlaygroundDeps['consoleLinks'];
}

export interface App {
  readonly stores: Stores;
  readonly engine: Engine;
  readonly clock: DatabaseClock;
  /**
   * Works and listens; resolves with the address once it does both. `prepare` is done before the process says that it
   * is ready.
   */
  start(prepare?: (baseUrl: string) => Promise<void>): Promise<{ baseUrl: string }>;
  /** Takes no more, lets what is under way end, and gives back its leases. */
  stop(): Promise<void>;
}

/** Vendors deliver late: three tries of five seconds, rounded up. The playground delivers at once. */
const VENDOR_GRACE_MS = 30_000;
const RECEIPT_CHARS = 8;
/** Without the signs that are mistaken for each other; 32 of them, so that every bit counts alike. */
const RECEIPT_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Puts the program together. Nothing works before `start`. */
export async function buildApp(config: Config, deps: AppDeps): Promise<App> {
  const { connection, log } = deps;
  await ensureIndexes(connection, collections);
  const chance = createChance();
  const clock = await createDatabaseClock({
    connection,
    ...(config.playground && { demoOffset: createDemoOffset(connection) }),
    onSyncFailed: (error) => log.warn({ error }, 'clock: the database could not be asked'),
  });
  const stores = createStores(connection, chance);
  const web = createWebChannel({
    transcript: stores.transcript,
    now: () => clock.now(),
    botName: config.BOT_NAME,
  });
  const channels = config.playground ? [web, ...deps.channels] : deps.channels;
  const address = { baseUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}` };
  const features = createFeatures({
    stores,
    chance,
    channelFacts: ({ channel, account }) =>
      channels.find((one) => one.kind === channel && one.account === account)?.capabilities,
    receiptCode: (ballotId) => receiptCode(deps.sessionSecret, ballotId),
    graceMs: config.realChannel ? VENDOR_GRACE_MS : 0,
    consoleUrl: (path) => `${address.baseUrl}${path}`,
  });
  const telling = createTelling(log);
  const work = config.ROLES.filter((role): role is LeaseKind => role !== 'http');
  const parts = { config, ...deps, stores, features, clock, channels, chance, telling, work };
  const engine = createEngine({ ...parts, botName: config.BOT_NAME });
  const live = createLiveHints();
  const directory = createWebDirectory(connection, monotonicMs);
  const http = buildHttpApp(await httpDepsOf({ ...parts, engine, web, directory, live }));
  const changes = watchChanges(connection, live.publish, log);
  let server: Server | undefined;

  return {
    stores,
    engine,
    clock,
    async start(prepare) {
      await engine.start();
      if (config.ROLES.includes('http')) {
        server = await listen(http, config.PORT, config.HOST);
        const { port } = server.address() as AddressInfo;
        address.baseUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${port}`;
      }
      await prepare?.(address.baseUrl);
      // Channels last: with them the process says that it is ready.
      for (const channel of channels) await channel.start(engine.sink);
      return address;
    },
    async stop() {
      await Promise.all(channels.map((channel) => channel.stop()));
      await closeServer(server);
      await engine.stop();
      await changes.close();
      clock.stop();
    },
  };
}

/** The same ballot always has the same code; without the secret nobody can compute another's. */
function receiptCode(secret: string, ballotId: string): string {
  const digest = createHmac('sha256', secret).update(`receipt:${ballotId}`).digest();
  const code = [...digest.subarray(0, RECEIPT_CHARS)].map((byte) =>
    RECEIPT_ALPHABET.charAt(byte % RECEIPT_ALPHABET.length),
  );
  return code.join('');
}
