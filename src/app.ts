import type { Express } from 'express';
import type { Connection } from 'mongoose';

import type { Channel } from '#core/channel';
import type { LeaseKind } from '#core/leases';
import type { WebChannel } from '#core/web-chat';
import { createWebChannel } from '#bots/web/adapter';
import { collections } from '#models/registry';
import { createDemoOffset } from '#models/settings';
import { createWebDirectory } from '#models/web-directory';

import { factsElsewhere } from './app/channels.ts';
import { createEngine, type Engine } from './app/engine.ts';
import { openEntrance, type Entrance } from './app/entrance.ts';
import { createFeatures } from './app/features.ts';
import { healthDepsOf, httpDepsOf } from './app/http.ts';
import { readStanding } from './app/machinery.ts';
import { createTelling } from './app/metrics.ts';
import { addStandingMetrics } from './app/standing-metrics.ts';
import { createStores, type Stores } from './app/stores.ts';
import { watchChanges } from './app/changes.ts';
import type { Config } from './config.ts';
import { createChance } from './database/chance.ts';
import { createDatabaseClock, monotonicMs, type DatabaseClock } from './database/clock.ts';
import { migrations } from './database/migrations.ts';
import { prepareDatabase } from './database/prepare.ts';
import { watchPresence } from './database/presence.ts';
import { createLiveHints } from './http/console/live.ts';
import type { PlaygroundDeps } from './http/playground/routes.ts';
import { buildHealthApp, buildHttpApp } from './http/server.ts';
import type { Log } from './log.ts';

export interface AppDeps {
  readonly connection: Connection;
  readonly log: Log;
  /** Channels besides the web channel. */
  readonly channels: readonly Channel[];
  /** Root of the installation: package.json and web/dist are there. */
  readonly rootDir: string;
  /** Where requests come in; absent: it is made at the start. */
  readonly entrance?: Entrance;
  /** Signs sessions. */
  readonly sessionSecret: string;
  /** Ways into the console for the demo's office holders; empty when there is no demo. */
  readonly consoleLinks: PlaygroundDeps['consoleLinks'];
}

export interface App {
  readonly stores: Stores;
  readonly engine: Engine;
  readonly clock: DatabaseClock;
  /**
   * Works and lets requests in; resolves with the address once it does both. `prepare` is done before. When it fails
   * nothing is left running.
   */
  start(prepare?: (baseUrl: string) => Promise<void>): Promise<{ baseUrl: string }>;
  /** Takes no more, lets what is under way end, and gives back its leases; within ten seconds. */
  stop(): Promise<void>;
}

/** Vendors deliver late: three tries of five seconds, rounded up. The playground delivers at once. */
const VENDOR_GRACE_MS = 30_000;

/** Puts the program together. Nothing works before `start`. */
export async function buildApp(config: Config, deps: AppDeps): Promise<App> {
  const { connection, log } = deps;
  await prepareDatabase(connection, {
    migrations,
    collections,
    onDone: (id, tookMs) => log.info({ migration: id, tookMs }, 'database: a migration was done'),
  });
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
    channelFacts: (to) =>
      channels.find(({ kind, account }) => kind === to.channel && account === to.account)?.capabilities ??
      factsElsewhere(config, to),
    graceMs: config.realChannel ? VENDOR_GRACE_MS : 0,
    consoleUrl: (path) => `${address.baseUrl}${path}`,
    votePages: {
      key: deps.sessionSecret,
      // Without its public address a real program knows only this machine's, which nobody in a group can open.
      url: (path) =>
        config.realChannel && config.PUBLIC_URL === undefined ? undefined : `${address.baseUrl}${path}`,
    },
  });
  const telling = createTelling(log);
  const time = () => ({ now: clock.now(), realNow: clock.realNow() });
  addStandingMetrics({
    registry: telling.registry,
    read: () => readStanding(stores, time()),
    time,
    monotonicMs,
  });
  const work = config.ROLES.filter((role): role is LeaseKind => role !== 'http');
  const parts = { config, ...deps, stores, features, clock, channels, chance, telling, work };
  const engine = createEngine({ ...parts, botName: config.BOT_NAME });
  const live = createLiveHints();
  const directory = createWebDirectory(connection, monotonicMs);
  const isWeb = config.ROLES.includes('http');
  const http = isWeb
    ? buildHttpApp(await httpDepsOf({ ...parts, engine, web, directory, live }))
    : buildHealthApp(healthDepsOf(parts));
  const changes = watchChanges({
    connection,
    clock,
    onChange(change) {
      if (isWeb) live.publish(change.collection);
      engine.heard(change);
    },
    onBroken: (error) => log.warn({ error }, 'hints: the change stream broke; it is opened again'),
  });
  return { stores, engine, clock, ...createRun({ ...parts, deps, http, engine, web, changes, address }) };
}

interface RunParts {
  readonly config: Config;
  readonly deps: AppDeps;
  readonly http: Express;
  readonly engine: Engine;
  readonly web: WebChannel;
  readonly channels: readonly Channel[];
  readonly changes: { close(): Promise<void> };
  readonly clock: DatabaseClock;
  /** Where the address is kept that links begin with. */
  readonly address: { baseUrl: string };
}

/** Start and end in their order. */
function createRun(parts: RunParts): Pick<App, 'start' | 'stop'> {
  const { config, deps, engine, web, address } = parts;
  const presence = watchPresence(deps.connection, monotonicMs);
  let entrance = deps.entrance;

  async function begin(prepare?: (baseUrl: string) => Promise<void>): Promise<void> {
    entrance ??= await openEntrance(config);
    address.baseUrl = entrance.baseUrl;
    await engine.start();
    await prepare?.(address.baseUrl);
    // Ours first: it keeps nobody waiting, and a post that is let in must find it there.
    if (config.playground) await web.start(engine.sink);
    entrance.open(parts.http, () => (presence.isThere() ? undefined : 'databaseAway'));
    for (const channel of deps.channels) await channel.start(engine.sink);
  }

  async function leave(): Promise<void> {
    await Promise.all(parts.channels.map((channel) => channel.stop()));
    await engine.leave();
    await parts.changes.close();
    parts.clock.stop();
  }

  return {
    async start(prepare) {
      try {
        await begin(prepare);
        return address;
      } catch (error) {
        await engine.finish();
        await leave();
        throw error;
      }
    },
    async stop() {
      // What comes in is kept, so channels may hear until the last of ours is sent.
      await Promise.all([entrance?.shut(), engine.finish()]);
      await leave();
    },
  };
}
