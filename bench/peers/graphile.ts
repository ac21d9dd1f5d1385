import { existsSync, readdirSync } from 'node:fs';
import { Logger, makeWorkerUtils, run, type Runner, type RunnerOptions } from 'graphile-worker';
import { Pool } from 'pg';
import { countdown, JOB_TEXT, type Attended, type Contestant } from './contestant.ts';
import { programOf, withServer, type ServerRecipe } from './server.ts';

const JOBS = 4_000;
const CONCURRENCY = 24;
const LOCAL_QUEUE = 500;
const ENQUEUED_TOGETHER = 500;
const DEBIAN_FOLDER = '/usr/lib/postgresql';

const POSTGRES: ServerRecipe = {
  programs: debianVersions().map((version) => `${DEBIAN_FOLDER}/${version}/bin/postgres`),
  args: (port, folder) => ['-D', `${folder}/data`, '-h', '127.0.0.1', '-p', String(port), '-k', folder],
  readyLine: 'database system is ready to accept connections',
  // PostgreSQL's "fast" shutdown.
  endSignal: 'SIGINT',
  prepare: (folder) => {
    const program = (programOf(POSTGRES) ?? '').replace(/postgres$/, 'initdb');
    return [program, '-D', `${folder}/data`, '-A', 'trust', '-U', 'bench', '--no-sync'];
  },
};

/** Undefined where there is no PostgreSQL of Debian. */
export function graphile(): Contestant | undefined {
  if (programOf(POSTGRES) === undefined) return undefined;
  return {
    key: 'graphile',
    title: 'graphile-worker 0.17.3 on PostgreSQL',
    jobs: JOBS,
    settings: `native PostgreSQL as Debian sets it up; one process, ${CONCURRENCY} jobs at a time, local queue of ${LOCAL_QUEUE}, completions batched; addJobs of ${ENQUEUED_TOGETHER}`,
    within: (use) =>
      withServer(POSTGRES, ({ port, cpuSeconds }) =>
        withPool(port, async (pgPool) => {
          const utils = await makeWorkerUtils({ pgPool, logger: silent() });
          await utils.migrate();
          return use({
            enqueue: (count) => enqueue(utils, count),
            drain: (count) => drain(pgPool, count),
            attend: (onStart) => attend(pgPool, utils, onStart),
            serverCpu: cpuSeconds,
          });
        }),
      ),
  };
}

/** A pool of ours: graphile-worker does not wait for the end of its own, and the server's end would then be an error. */
async function withPool<Result>(port: number, use: (pool: Pool) => Promise<Result>): Promise<Result> {
  const pool = new Pool({
    host: '127.0.0.1',
    port,
    user: 'bench',
    database: 'postgres',
    max: CONCURRENCY + 2,
  });
  // Asked for by graphile-worker: the pool itself replaces a connection that broke, and queries tell of it.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => void client.on('error', ignore));
  try {
    return await use(pool);
  } finally {
    await pool.end();
  }
}

/** The newest first. */
function debianVersions(): string[] {
  if (!existsSync(DEBIAN_FOLDER)) return [];
  return readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a));
}

type Utils = Awaited<ReturnType<typeof makeWorkerUtils>>;

async function enqueue(utils: Utils, count: number): Promise<void> {
  const jobs = [...Array(count).keys()].map((job) => ({
    identifier: 'job',
    payload: { job, text: JOB_TEXT },
  }));
  for (let from = 0; from < count; from += ENQUEUED_TOGETHER) {
    await utils.addJobs(jobs.slice(from, from + ENQUEUED_TOGETHER));
  }
}

async function drain(pgPool: Pool, count: number): Promise<void> {
  const { done, tick } = countdown(count);
  const runner = await start(pgPool, tick);
  await done;
  // Completions are written in batches; the stop waits for the last one.
  await runner.stop();
}

function start(pgPool: Pool, onJob: (job: number) => void): Promise<Runner> {
  const batching = { localQueue: { size: LOCAL_QUEUE }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
  const options: RunnerOptions = {
    pgPool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: silent(),
    preset: { worker: batching },
    taskList: { job: (payload) => onJob((payload as { job: number }).job) },
  };
  return run(options);
}

async function attend(pgPool: Pool, utils: Utils, onStart: (job: number) => void): Promise<Attended> {
  const runner = await start(pgPool, onStart);
  return {
    enqueue: (job) => utils.addJob('job', { job, text: JOB_TEXT }),
    stop: () => runner.stop(),
  };
}

function silent(): Logger {
  return new Logger(() => () => undefined);
}
