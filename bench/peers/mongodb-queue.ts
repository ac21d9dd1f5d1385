import mongoDbQueue, { type MongoDbQueue } from '@openwar/mongodb-queue';
import { inCrowd } from '../crowd.ts';
import { JOB_TEXT, type Contestant } from './contestant.ts';
import { inPeerDatabase } from './mongo-peer.ts';

const JOBS = 2_000;
const WORKERS = 32;

interface Payload {
  readonly job: number;
  readonly text: string;
}

export function mongodbQueue(mongodbUri: string): Contestant {
  return {
    key: 'mongodbQueue',
    title: '@openwar/mongodb-queue 7.1.0',
    jobs: JOBS,
    settings: `${WORKERS} consumers of get and ack, its own indexes; enqueued one by one, ${WORKERS} at a time; w: majority`,
    within: (use) =>
      inPeerDatabase(mongodbUri, async (db) => {
        const queue = mongoDbQueue<Payload>(db, 'jobs');
        await queue.createIndexes();
        return use({
          enqueue: (count) =>
            inCrowd([...Array(count).keys()], WORKERS, (job) => queue.add({ job, text: JOB_TEXT })),
          async drain() {
            await Promise.all(Array.from({ length: WORKERS }, () => consume(queue)));
          },
        });
      }),
  };
}

async function consume(queue: MongoDbQueue<Payload>): Promise<void> {
  for (let message = await queue.get(); message; message = await queue.get()) await queue.ack(message.ack);
}
