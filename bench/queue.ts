import { medians } from './figures.ts';
import { agenda } from './peers/agenda.ts';
import { bullmq } from './peers/bullmq.ts';
import type { Contestant } from './peers/contestant.ts';
import { findAndUpdate } from './peers/find-and-update.ts';
import { graphile } from './peers/graphile.ts';
import { mongodbQueue } from './peers/mongodb-queue.ts';
import { measureRates, measureStart } from './queue-measure.ts';
import { listeners } from './queue-distant.ts';
import { ourStore, ourWorker } from './queue-ours.ts';
import { queueReport } from './queue-report.ts';
import type { Bench } from './report.ts';

/** A further round begins only when it is likely to end before this. */
const ROUNDS_WITHIN_MS = 280_000;
const MOST_ROUNDS = 3;
/** With --small one round, of a quarter of the jobs. */
const SMALL_SHARE = 4;

/** Our outbox and other people's queues in turn, so that a busy minute of the machine falls on all of them. */
export const queue: Bench = {
  name: 'queue',
  about: 'claim and acknowledgement beside agenda, mongodb-queue, BullMQ, graphile-worker (3 to 5 minutes)',
  onRequest: true,
  async run({ mongodbUri, small = false }) {
    const contestants = small ? lineUp(mongodbUri).map(withFewerJobs) : lineUp(mongodbUri);
    const distant = listeners(mongodbUri);
    const rounds = await inRounds(small ? 1 : MOST_ROUNDS, async (index) => {
      const figures: Record<string, number>[] = [];
      for (const contestant of contestants) {
        figures.push(await measureRates(contestant, mongodbUri));
        // The others' latencies are only for comparison: once is enough.
        if (index === 0 || contestant.key === 'oursWorker') figures.push(await measureStart(contestant));
      }
      for (const listener of distant) figures.push(await measureStart(listener));
      return Object.assign({}, ...figures) as Record<string, number>;
    });
    return queueReport({ contestants, distant, figures: medians(rounds), rounds: rounds.length });
  },
};

function lineUp(mongodbUri: string): readonly Contestant[] {
  return [
    ourStore(mongodbUri),
    agenda(mongodbUri),
    ourStore(mongodbUri, 4),
    mongodbQueue(mongodbUri),
    ourWorker(mongodbUri),
    findAndUpdate(mongodbUri, 1),
    findAndUpdate(mongodbUri, 32),
    ...[bullmq(), graphile()].flatMap((peer) => peer ?? []),
  ];
}

function withFewerJobs(contestant: Contestant): Contestant {
  return { ...contestant, jobs: contestant.jobs / SMALL_SHARE };
}

async function inRounds<Result>(most: number, round: (index: number) => Promise<Result>): Promise<Result[]> {
  const startedMs = performance.now();
  const results: Result[] = [];
  for (let spentMs = 0; results.length < most;) {
    results.push(await round(results.length));
    spentMs = performance.now() - startedMs;
    if (spentMs + spentMs / results.length > ROUNDS_WITHIN_MS) break;
  }
  return results;
}
