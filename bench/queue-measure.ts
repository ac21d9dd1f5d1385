import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { startCost } from './cost.ts';
import { atPace } from './crowd.ts';
import { percentile } from './figures.ts';
import type { Contestant, OpenQueue } from './peers/contestant.ts';
import { figuresOf } from './report.ts';

const LATENCY_PER_SECOND = 20;
const LATENCY_JOBS = 80;
const WARM_UP_JOBS = 20;
/** Longer than any peer's slowest poll. */
const STARTED_WITHIN_MS = 12_000;

type Figures = Record<string, number>;

/** One round of one contestant: rates, CPU and write conflicts of enqueueing and of claim and acknowledgement. */
export function measureRates(contestant: Contestant, mongodbUri: string): Promise<Figures> {
  const { key, jobs } = contestant;
  return contestant.within(async (queue) => {
    const enqueue = await costOf(queue, mongodbUri, () => queue.enqueue(jobs));
    const drain = await costOf(queue, mongodbUri, () => queue.drain(jobs));
    return {
      ...figuresOf(`${key}Enqueue`, jobs, enqueue),
      ...figuresOf(`${key}Claim`, jobs, drain),
      ...(queue.serverCpu === undefined && { [`${key}ConflictsPerJob`]: drain.conflicts / jobs }),
      loadAverage: drain.load,
    };
  });
}

async function costOf(queue: OpenQueue, mongodbUri: string, work: () => Promise<void>) {
  const conflicts = await writeConflicts(mongodbUri);
  const serverCpu = queue.serverCpu?.();
  const stop = startCost(mongodbUri);
  await work();
  const cost = stop();
  const own = serverCpu !== undefined && { databaseCpu: (queue.serverCpu?.() ?? NaN) - serverCpu };
  return { ...cost, ...own, conflicts: (await writeConflicts(mongodbUri)) - conflicts };
}

/** Write conflicts that the server has met since it started, all databases together; NaN where it does not say. */
async function writeConflicts(mongodbUri: string): Promise<number> {
  const client = await MongoClient.connect(mongodbUri);
  try {
    const status = await client.db('admin').command({ serverStatus: 1 });
    const metrics = status['metrics'] as { operation?: { writeConflicts?: number | bigint } } | undefined;
    return Number(metrics?.operation?.writeConflicts ?? NaN);
  } finally {
    await client.close();
  }
}

/** From the moment a job should have been enqueued until its work begins, by a worker that waits; open loop. */
export function measureStart({ key, within }: Pick<Contestant, 'key' | 'within'>): Promise<Figures> {
  return within(async (queue) => {
    if (queue.attend === undefined) return {};
    const startedMs = new Map<number, number>();
    const worker = await queue.attend((job) => void startedMs.set(job, performance.now()));
    try {
      const jobs = [...Array(WARM_UP_JOBS + LATENCY_JOBS).keys()];
      const plannedMs: number[] = [];
      await atPace(jobs, LATENCY_PER_SECOND, (job, atMs) => {
        plannedMs.push(atMs);
        return worker.enqueue(job);
      });
      await allStarted(startedMs, jobs.length);
      const latencies = jobs
        .slice(WARM_UP_JOBS)
        .map((job) => (startedMs.get(job) ?? Infinity) - (plannedMs[job] ?? 0));
      return {
        [`${key}StartP50Ms`]: percentile(latencies, 0.5),
        [`${key}StartP99Ms`]: percentile(latencies, 0.99),
      };
    } finally {
      await worker.stop();
    }
  });
}

async function allStarted(started: ReadonlyMap<number, number>, count: number): Promise<void> {
  const giveUpMs = performance.now() + STARTED_WITHIN_MS;
  while (started.size < count && performance.now() < giveUpMs) await pause(10);
}

export const LATENCY_NOTE = `enqueue to start: ${LATENCY_JOBS} jobs a round at ${LATENCY_PER_SECOND} a second to a worker that waits, from the planned moment`;
