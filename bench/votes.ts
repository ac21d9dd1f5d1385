import type { Connection } from 'mongoose';
import { boundNote } from './bounds.ts';
import { startCost } from './cost.ts';
import { inCrowd } from './crowd.ts';
import { medians } from './figures.ts';
import { inHouse, type House } from './house.ts';
import type { BenchMessage } from './messages.ts';
import { figuresOf, MAJORITY, measured, rowsOf, upToThree, type Bench, type BenchOptions } from './report.ts';
import { settleTown } from './town.ts';
import { measureClosing, measureTally } from './votes-closing.ts';
import { ballotMessages } from './votes-town.ts';

const AT_ONCE = 400;
const NAIVE_AT_ONCE = 16;
const NAIVE_BALLOTS = 100;
const MANY = 10_000;
const MILLION = 1_000_000;
const BOUNDS = { ballots: { atLeast: 1_500 }, tally: { atMost: 100 }, closing: { atMost: 1_000 } };

/** Ballots a second through the whole path, beside a transaction with a counter; recount and closing. */
export const votes: Bench = {
  name: 'votes',
  about: 'ballots a second, sink to kept and answered; recount; closing',
  run: ({ mongodbUri, small = false }) =>
    inHouse(mongodbUri, async (house) => {
      await settleTown(house.connection, house.now());
      const [count, many] = small ? [600, MANY / 10] : [3_000, MANY];
      const runs = await upToThree((index) => oneRun(house, index, count));
      const figures: Record<string, number> = {
        ...medians(runs),
        ...(await measureTally(house, many)),
        ...(await measureClosing(house, many)),
      };
      const [perSecond = NaN, naive = NaN] = [figures['ballotsPerSecond'], figures['naivePerSecond']];
      const [ballots, ...ballotCosts] = rowsOf('ballots', 'ballots: sink to kept and answered', figures);
      const value = (key: string) => figures[key] ?? NaN;
      return {
        bench: 'votes',
        title: 'Votes: from channel sink to the kept ballot with its answer enqueued',
        figures: measured(figures),
        ratios: measured({ ballotsToNaive: perSecond / naive }),
        rows: [
          ...(ballots ? [{ ...ballots, note: boundNote(perSecond, BOUNDS.ballots) }] : []),
          ...ballotCosts,
          ...rowsOf('changes', 'changes: the same people vote once more', figures),
          ...rowsOf('naive', 'naive: a transaction with a counter', figures),
          {
            what: `recount of ${many} ballots`,
            value: value('tallyMs'),
            unit: 'ms',
            note: boundNote(value('tallyMs'), BOUNDS.tally),
          },
          {
            what: `end of a poll of ${many} to its result queued`,
            value: value('closingMs'),
            unit: 'ms',
            note: boundNote(value('closingMs'), BOUNDS.closing),
          },
          { what: 'memory', value: value('rssMb'), unit: 'MB' },
          { what: 'load average', value: value('loadAverage'), unit: '' },
        ],
        notes: [
          `${count} ballots in 100 groups of 20 polls, ${AT_ONCE} at a time; naive: ${NAIVE_BALLOTS} in one poll, ${NAIVE_AT_ONCE} at a time; median of ${runs.length} runs`,
          `each ballot: inbox row, ballot, event, answer one-to-one, deadline of the gathered line; ${MAJORITY}`,
          'closing: barrier, recount, seal over every ballot and event, result; no grace',
        ],
      };
    }),
};

/** The recount at the size of a city; with `--small` a tenth of it. */
export const votesMillion: Bench = {
  name: 'votes-million',
  about: 'recount of 1,000,000 ballots',
  onRequest: true,
  run: ({ mongodbUri, small = false }: BenchOptions) =>
    inHouse(mongodbUri, async (house) => {
      const tally = await measureTally(house, small ? MILLION / 10 : MILLION);
      return {
        bench: 'votes-million',
        title: 'Recount of very many ballots',
        figures: measured(tally),
        ratios: {},
        rows: [
          { what: `recount of ${tally.tallyBallots} ballots`, value: tally.tallyMs, unit: 'ms' },
          { what: 'memory that three recounts added', value: tally.tallyGrowthMb, unit: 'MB' },
        ],
        notes: ['streamed in the order of the voters'],
      };
    }),
};

async function oneRun(house: House, index: number, count: number): Promise<Record<string, number>> {
  await Promise.all(
    ['ballots', 'ballotEvents'].map((name) => house.connection.collection(name).deleteMany({})),
  );
  const spent = await cast(house, ballotMessages(count, `votes-${index}`));
  const changed = await cast(house, ballotMessages(count, `changes-${index}`));
  const naive = startCost(house.uri);
  await naiveBallots(house.connection, `naive-${index}`);
  return {
    ...figuresOf('ballots', count, spent),
    ...figuresOf('changes', count, changed),
    ...figuresOf('naive', NAIVE_BALLOTS, naive()),
    rssMb: spent.rssMb,
    loadAverage: spent.load,
  };
}

async function cast(house: House, ballots: readonly BenchMessage[]) {
  const engine = house.engine({ work: ['inbox'] });
  await engine.start();
  try {
    const cost = startCost(house.uri);
    await inCrowd(ballots, AT_ONCE, ({ message }) => engine.sink(message));
    await house.decided(ballots);
    return cost();
  } finally {
    await engine.stop();
  }
}

/** The naive way: a transaction a ballot that keeps it and adds one to the poll's counter. */
async function naiveBallots(connection: Connection, run: string): Promise<void> {
  const ballots = connection.collection('naive_ballots');
  const polls = connection.collection('naive_polls');
  await Promise.all([ballots, polls].map(({ name }) => connection.createCollection(name)));
  const everybody = Array.from({ length: NAIVE_BALLOTS }, (_, index) => index);
  await inCrowd(everybody, NAIVE_AT_ONCE, async (index) => {
    const session = await connection.startSession();
    try {
      await session.withTransaction(async () => {
        const option = `counts.${index % 3}`;
        await ballots.insertOne({ _id: `${run}|${index}` as never, choice: index % 3 }, { session });
        await polls.updateOne({ _id: run as never }, { $inc: { [option]: 1 } }, { session, upsert: true });
      });
    } finally {
      await session.endSession();
    }
  });
}
