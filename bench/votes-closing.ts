import { createPollStore } from '#models/polls';
import { startCost } from './cost.ts';
import { median } from './figures.ts';
import type { House } from './house.ts';
import { bigPoll, castByAll, setClosing } from './votes-town.ts';

const TIMES = 3;
const DAY_MS = 86_400_000;

/** How long a recount takes: every ballot read from the database and counted. */
export async function measureTally(house: House, count: number) {
  const poll = bigPoll(house, count, DAY_MS);
  await castByAll(house, poll);
  const polls = createPollStore(house.connection);
  const times: number[] = [];
  const rssBeforeMb = process.memoryUsage.rss() / 2 ** 20;
  let rssMb = rssBeforeMb;
  for (let time = 0; time < TIMES; time += 1) {
    const cost = startCost(house.uri);
    const { voters } = await polls.tally(poll);
    const { seconds, rssMb: mostMb } = cost();
    if (voters !== count) throw new Error(`counted ${voters} of ${count} ballots`);
    times.push(seconds * 1_000);
    rssMb = Math.max(rssMb, mostMb);
  }
  return { tallyMs: median(times), tallyBallots: count, tallyGrowthMb: rssMb - rssBeforeMb };
}

/** So long until the end that the rows are there before. */
const ENDS_IN_MS = 20_000;
const PATIENCE_MS = 60_000;

/**
 * From the end of a poll of everybody to its result in the outbox, by the real schedule: the barrier, the recount, the
 * seal over every ballot and event, and the commit.
 */
export async function measureClosing(house: House, count: number) {
  const poll = bigPoll(house, count, ENDS_IN_MS);
  await castByAll(house, poll);
  if (house.now() > poll.closesAt) throw new Error('the poll ended before its ballots were there');
  const engine = house.engine({ work: ['schedule'] });
  await engine.start();
  try {
    await setClosing(house, poll);
    const queuedAt = await whenQueued(house, poll.id);
    return { closingMs: queuedAt.getTime() - poll.closesAt.getTime() };
  } finally {
    await engine.stop();
  }
}

async function whenQueued({ connection, now }: House, pollId: string): Promise<Date> {
  const untilMs = performance.now() + PATIENCE_MS;
  while (performance.now() < untilMs) {
    const at = now();
    if (await connection.collection('outbox').findOne({ subjectId: pollId })) return at;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the result was not queued');
}
