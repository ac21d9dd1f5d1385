import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

import type { Express } from 'express';
import type { Connection } from 'mongoose';
import { z } from 'zod';

import type { Channel } from '#core/channel';
import { SECOND_MS, type Chance } from '#core/clock';
import type { Deadline } from '#core/deadline';
import type { PictureRenderer } from '#core/picture';
import type { WebChannel, WebDirectory } from '#core/web-chat';
import { createPictureRenderer } from '#src/picture/render-png';
import { deadlineWords } from '#texts/words';

import type { Config } from '../config.ts';
import { isDatabaseReady } from '../database/connection.ts';
import { monotonicMs, type DatabaseClock } from '../database/clock.ts';
import type { LiveHints } from '../http/console/live.ts';
import type { PlaygroundDeps } from '../http/playground/routes.ts';
import type { HttpDeps } from '../http/server.ts';
import type { Log } from '../log.ts';
import { createPreviewTable, createStepTable } from './console-steps.ts';
import { createLightOf, explainFailure, pollVerdict } from './console.ts';
import type { Engine } from './engine.ts';
import type { Features } from './features.ts';
import type { createTelling } from './metrics.ts';
import type { Stores } from './stores.ts';

export interface HttpParts {
  readonly config: Config;
  readonly connection: Connection;
  readonly log: Log;
  readonly rootDir: string;
  readonly sessionSecret: string;
  readonly stores: Stores;
  readonly engine: Engine;
  readonly features: Features;
  readonly clock: DatabaseClock;
  readonly channels: readonly Channel[];
  readonly web: WebChannel;
  readonly directory: WebDirectory;
  readonly telling: ReturnType<typeof createTelling>;
  readonly live: LiveHints;
  readonly chance: Chance;
  readonly consoleLinks: PlaygroundDeps['consoleLinks'];
}

/** What the http server needs, out of the parts of the program. */
export async function httpDepsOf(parts: HttpParts): Promise<HttpDeps> {
  const { config, connection, stores, engine, features, clock } = parts;
  const pictures = createPictureRenderer();
  const { useCases } = features;
  return {
    console: {
      stores,
      media: stores.media,
      steps: createStepTable(useCases, stores.outbox),
      previews: createPreviewTable(useCases),
      commits: engine.commits.requests,
      numbers: stores.numbers,
      now: () => clock.now(),
      nudge: engine.nudge,
      lightOf: createLightOf(stores.places),
      explain: explainFailure,
      verdictWords: pollVerdict,
      demo: !config.realChannel,
    },
    ...(config.playground && { playground: playgroundDepsOf(parts, pictures) }),
    health: {
      channels: parts.channels,
      metrics: parts.telling.registry,
      pingDatabase: async () => {
        if (!(await isDatabaseReady(connection))) throw new Error('the database does not answer');
      },
    },
    live: parts.live,
    logins: stores.logins,
    realNow: () => clock.realNow(),
    client: connection.getClient(),
    dbName: connection.name,
    sessionSecret: parts.sessionSecret,
    secure: config.PUBLIC_URL?.startsWith('https:') ?? false,
    distDir: join(parts.rootDir, 'web', 'dist'),
    version: await versionOf(parts.rootDir),
    log: parts.log,
  };
}

function playgroundDepsOf(parts: HttpParts, pictures: PictureRenderer): PlaygroundDeps {
  const { stores, clock } = parts;
  return {
    web: parts.web,
    directory: parts.directory,
    transcript: stores.transcript,
    media: stores.media,
    pictures,
    newId: () => parts.chance.id(),
    clock: {
      now: () => clock.now(),
      offsetMs: () => clock.offsetMs,
      advance: (seconds) => advanceThrough(parts, seconds),
    },
    nextDeadline: async () => nextLabel(await stores.deadlines.nextDue()),
    consoleLinks: parts.consoleLinks,
  };
}

/** Longer than this a moved clock does not stop at deadlines on its way; they fire late, but all of them. */
const STOPS_WITHIN_MS = 10_000;

/** Moves the demo's clock from deadline to deadline, so that each fires at its own time, as it would in life. */
async function advanceThrough({ stores, engine, clock }: HttpParts, seconds: number): Promise<void> {
  const target = clock.now().getTime() + seconds * SECOND_MS;
  const stopBefore = monotonicMs() + STOPS_WITHIN_MS;
  while (monotonicMs() < stopBefore) {
    const next = await stores.deadlines.nextDue();
    if (!next || next.dueAt.getTime() > target) break;
    await advanceTo(clock, next.dueAt.getTime());
    await engine.catchUp();
  }
  await advanceTo(clock, target);
}

async function advanceTo(clock: DatabaseClock, atMs: number): Promise<void> {
  const aheadMs = atMs - clock.now().getTime();
  if (aheadMs > 0) await clock.advance(Math.ceil(aheadMs / SECOND_MS));
}

function nextLabel(deadline: Deadline | undefined): { at: Date; label: string } | undefined {
  return deadline && { at: deadline.dueAt, label: deadlineWords(deadline.kind) };
}

const packageSchema = z.object({ version: z.string() });

async function versionOf(rootDir: string): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(join(rootDir, 'package.json'), 'utf8'))).version;
}

export function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(app);
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

const DRAIN_MS = 2_000;

/** Takes no more connections; streams are cut, requests under way get a moment to end. */
export function closeServer(server: Server | undefined): Promise<void> {
  if (!server) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Collections whose changes consoles want to hear about. */
const WATCHED = ['concerns', 'endorsements', 'topics', 'polls', 'ballots', 'meetings', 'responses', 'outcomes', 'objections', 'assignments', 'notices', 'outbox'];

/**
 * Tells which collections change, in whatever process. Only a hint: when the stream breaks, pages still read anew by
 * themselves, and the stream is opened again with the next page that listens.
 */
export function watchChanges(connection: Connection, publish: (collection: string) => void, log: Log) {
  const stream = connection.watch([{ $match: { 'ns.coll': { $in: WATCHED } } }, { $project: { _id: 1, ns: 1 } }]);
  stream.on('change', (change: { ns?: { coll?: string } }) => {
    if (change.ns?.coll !== undefined) publish(change.ns.coll);
  });
  stream.on('error', (error: unknown) => log.warn({ error }, 'live hints: the change stream broke'));
  return { close: () => stream.close() };
}
