import { randomUUID } from 'node:crypto';
import type { Collection } from 'mongodb';
import { JOB_TEXT, type Contestant } from './contestant.ts';
import { inPeerDatabase } from './mongo-peer.ts';

const JOBS = 400;
const ENQUEUED_TOGETHER = 500;
const LEASE_MS = 30_000;

interface Job {
  readonly _id: string;
  readonly state: 'queued' | 'leased' | 'done';
  readonly dueAt: Date;
  readonly text: string;
  readonly token?: string;
  readonly leasedUntil?: Date;
}

/** What most people write themselves: one findOneAndUpdate a job by an index that fits, and a fenced update. */
export function findAndUpdate(mongodbUri: string, workers: number): Contestant {
  return {
    key: `findAndUpdate${workers}`,
    title: `plain findOneAndUpdate, ${workers === 1 ? 'one worker' : `${workers} workers`}`,
    jobs: JOBS,
    settings: `one job a claim and a fenced updateOne, index {state, dueAt}; insertMany of ${ENQUEUED_TOGETHER}; w: majority`,
    within: (use) =>
      inPeerDatabase(mongodbUri, async (db) => {
        const jobs = db.collection<Job>('jobs');
        await jobs.createIndex({ state: 1, dueAt: 1 });
        return use({
          enqueue: (count) => enqueue(jobs, count),
          async drain() {
            await Promise.all(Array.from({ length: workers }, () => work(jobs)));
          },
        });
      }),
  };
}

async function enqueue(jobs: Collection<Job>, count: number): Promise<void> {
  const dueAt = new Date();
  for (let from = 0; from < count; from += ENQUEUED_TOGETHER) {
    const length = Math.min(ENQUEUED_TOGETHER, count - from);
    const batch = Array.from({ length }, (_, index): Job => {
      return { _id: `job:${from + index}`, state: 'queued', dueAt, text: JOB_TEXT };
    });
    await jobs.insertMany(batch, { ordered: false });
  }
}

async function work(jobs: Collection<Job>): Promise<void> {
  for (;;) {
    const token = randomUUID();
    const now = new Date();
    const lease = { state: 'leased' as const, token, leasedUntil: new Date(now.getTime() + LEASE_MS) };
    const due = { state: 'queued' as const, dueAt: { $lte: now } };
    const claimed = await jobs.findOneAndUpdate(due, { $set: lease }, { sort: { dueAt: 1 } });
    if (!claimed) return;
    await jobs.updateOne({ _id: claimed._id, token }, { $set: { state: 'done' }, $unset: { token: '' } });
  }
}
