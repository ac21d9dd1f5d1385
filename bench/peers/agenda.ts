import { MongoBackend, MongoChangeStreamNotificationChannel } from '@agendajs/mongo-backend';
import { Agenda, type AgendaOptions } from 'agenda';
import type { Db } from 'mongodb';
import { inCrowd } from '../crowd.ts';
import { countdown, JOB_TEXT, type Attended, type Contestant } from './contestant.ts';
import { inPeerDatabase } from './mongo-peer.ts';

const JOBS = 1_000;
const CONCURRENCY = 100;
const ENQUEUED_AT_ONCE = 32;
const COLLECTION = 'agendaJobs';

export function agenda(mongodbUri: string): Contestant {
  return {
    key: 'agenda',
    title: 'agenda 6.2.6',
    jobs: JOBS,
    settings: `@agendajs/mongo-backend 4.0.3, concurrency ${CONCURRENCY}, default lock limits and polling; enqueued one by one, ${ENQUEUED_AT_ONCE} at a time; latency with its change-stream channel; w: majority`,
    within: (use) =>
      inPeerDatabase(mongodbUri, (db) =>
        use({
          enqueue: (count) => enqueue(db, count),
          drain: (count) => drain(db, count),
          attend: (onStart) => attend(db, onStart),
        }),
      ),
  };
}

async function open(db: Db, run: (job: number) => void, more: Partial<AgendaOptions> = {}): Promise<Agenda> {
  const backend = new MongoBackend({ mongo: db, collection: COLLECTION });
  const opened = new Agenda({
    backend,
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
    ...more,
  });
  await opened.ready;
  opened.define<{ job: number }>('job', async ({ attrs }) => run(attrs.data.job));
  return opened;
}

async function enqueue(db: Db, count: number): Promise<void> {
  const opened = await open(db, () => undefined);
  await inCrowd([...Array(count).keys()], ENQUEUED_AT_ONCE, (job) =>
    opened.now('job', { job, text: JOB_TEXT }),
  );
  await opened.stop();
}

async function drain(db: Db, count: number): Promise<void> {
  const { done, tick } = countdown(count);
  const opened = await open(db, () => undefined);
  // It tells of `complete` once the job is saved.
  opened.on('complete', tick);
  await opened.start();
  await done;
  await opened.stop();
}

async function attend(db: Db, onStart: (job: number) => void): Promise<Attended> {
  const notificationChannel = new MongoChangeStreamNotificationChannel({ db, collection: COLLECTION });
  const opened = await open(db, onStart, { notificationChannel });
  await opened.start();
  return {
    enqueue: (job) => opened.now('job', { job, text: JOB_TEXT }),
    stop: () => opened.stop(),
  };
}
