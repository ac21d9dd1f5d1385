import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Connection } from 'mongoose';
import { z } from 'zod';

import type { Channel } from '#core/channel';
import type { Chance } from '#core/clock';
import type { WebChannel, WebDirectory } from '#core/web-chat';
import { createPictureRenderer } from '#src/picture/render-png';

import type { Config } from '../config.ts';
import { isDatabaseReady } from '../database/connection.ts';
import type { DatabaseClock } from '../database/clock.ts';
import type { LiveHints } from '../http/console/live.ts';
import type { HealthDeps } from '../http/health.ts';
import type { PlaygroundDeps } from '../http/playground/routes.ts';
import type { HttpDeps } from '../http/server.ts';
import type { Log } from '../log.ts';
import { createPreviewTable, createStepTable } from './console-steps.ts';
import { createLightOf, explainFailure } from './console.ts';
import type { Engine } from './engine.ts';
import type { Features } from './features.ts';
import type { createTelling } from './metrics.ts';
import { readStandingInDetail } from './machinery.ts';
import { playgroundDepsOf } from './playground.ts';
import { writeTable } from '../tables/write-table.ts';
import { rosterTemplate } from './roster-steps.ts';
import { createSchedules, UPKEEP } from './schedules.ts';
import type { Stores } from './stores.ts';
import { votePageDepsOf } from './vote-page.ts';

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
  const ofPlaces = createSchedules(stores);
  const schedules = async () => [...UPKEEP, ...(await ofPlaces())];
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const distDir = join(parts.rootDir, 'web', 'dist');
  return {
    console: {
      stores,
      media: stores.media,
      steps: createStepTable(useCases, stores),
      previews: createPreviewTable(useCases, pictures),
      commits: engine.commits.requests,
      numbers: stores.numbers,
      now: () => clock.now(),
      nudge: engine.nudge,
      lightOf: createLightOf(stores.places),
      echo: useCases.feedback.echo,
      explain: explainFailure,
      exportPoll: useCases.polls.exportPoll,
      pollTable: async (poll) => {
        const sheets = await useCases.polls.resultTable(poll);
        return sheets && writeTable(sheets);
      },
      record: (entry) =>
        engine.commits.guarded.commitGuarded(
          { writes: [], dispatches: [], audit: [entry] },
          { requestId: `read:${parts.chance.id()}`, at: entry.at },
        ),
      demo: !config.realChannel,
      voteLink: useCases.polls.voteLink,
      rosterTemplate,
      outboxOperations: stores.outboxOperations,
      laneGroups: stores.machinery.laneGroups,
      standing: () => readStandingInDetail(stores, schedules, { now: clock.now(), realNow: clock.realNow() }),
    },
    ...(config.playground && {
      playground: playgroundDepsOf({ ...parts, pictures, canReset: !config.realChannel }),
    }),
    verify: useCases.polls.receipts,
    votePage: { ...votePageDepsOf(parts), secure, distDir, log: parts.log },
    health: healthDepsOf(parts),
    live: parts.live,
    logins: stores.logins,
    realNow: () => clock.realNow(),
    client: connection.getClient(),
    dbName: connection.name,
    sessionSecret: parts.sessionSecret,
    secure,
    distDir,
    version: await versionOf(parts.rootDir),
    log: parts.log,
  };
}

/** What a process says about itself, with pages or without. */
export function healthDepsOf({
  channels,
  telling,
  connection,
}: Pick<HttpParts, 'channels' | 'telling' | 'connection'>): HealthDeps {
  return {
    channels,
    metrics: telling.registry,
    pingDatabase: async () => {
      if (!(await isDatabaseReady(connection))) throw new Error('the database does not answer');
    },
  };
}

const packageSchema = z.object({ version: z.string() });

async function versionOf(rootDir: string): Promise<string> {
  return packageSchema.parse(JSON.parse(await readFile(join(rootDir, 'package.json'), 'utf8'))).version;
}
