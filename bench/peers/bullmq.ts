import { Queue, Worker } from 'bullmq';
import { countdown, JOB_TEXT, type Attended, type Contestant } from './contestant.ts';
import { programOf, withServer, type ServerRecipe } from './server.ts';

const JOBS = 4_000;
const CONCURRENCY = 100;
const ENQUEUED_TOGETHER = 500;
const NAME = 'jobs';

const REDIS: ServerRecipe = {
  programs: ['/usr/bin/redis-server'],
  args: (port, folder) => [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
    ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'],
  ],
  readyLine: 'Ready to accept connections',
  endSignal: 'SIGTERM',
};

/** Undefined where there is no Redis. */
export function bullmq(): Contestant | undefined {
  if (programOf(REDIS) === undefined) return undefined;
  return {
    key: 'bullmq',
    title: 'BullMQ 6.7.0 on Redis',
    jobs: JOBS,
    settings: `native redis-server, append-only file, fsync every second; one worker, concurrency ${CONCURRENCY}; addBulk of ${ENQUEUED_TOGETHER}`,
    within: (use) =>
      withServer(REDIS, (server) =>
        use({
          enqueue: (count) => enqueue(server.port, count),
          drain: (count) => drain(server.port, count),
          attend: (onStart) => attend(server.port, onStart),
          serverCpu: server.cpuSeconds,
        }),
      ),
  };
}

function connectionTo(port: number) {
  // What a worker's blocking calls need.
  return { connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null } };
}

async function enqueue(port: number, count: number): Promise<void> {
  const queue = new Queue(NAME, connectionTo(port));
  const jobs = [...Array(count).keys()].map((job) => ({ name: 'job', data: { job, text: JOB_TEXT } }));
  for (let from = 0; from < count; from += ENQUEUED_TOGETHER) {
    await queue.addBulk(jobs.slice(from, from + ENQUEUED_TOGETHER));
  }
  await queue.close();
}

async function drain(port: number, count: number): Promise<void> {
  const { done, tick } = countdown(count);
  const options = { ...connectionTo(port), concurrency: CONCURRENCY };
  const worker = new Worker(NAME, async () => undefined, options);
  // It tells of `completed` once that is stored.
  worker.on('completed', tick);
  await done;
  await worker.close();
}

async function attend(port: number, onStart: (job: number) => void): Promise<Attended> {
  const queue = new Queue<{ job: number; text: string }>(NAME, connectionTo(port));
  const options = { ...connectionTo(port), concurrency: CONCURRENCY };
  const worker = new Worker<{ job: number }>(NAME, async ({ data }) => onStart(data.job), options);
  await worker.waitUntilReady();
  return {
    enqueue: (job) => queue.add('job', { job, text: JOB_TEXT }),
    async stop() {
      await worker.close();
      await queue.close();
    },
  };
}
