import { runBaseline, runSingles } from './baseline.ts';
import { startCost } from './cost.ts';
import { inCrowd } from './crowd.ts';
import { medians } from './figures.ts';
import { inHouse, type House } from './house.ts';
import { mixedMessages, MIX } from './messages.ts';
import { figuresOf, MAJORITY, measured, rowsOf, upToThree, type Bench } from './report.ts';
import { settleTown } from './town.ts';

const MESSAGES = 3_000;
const BASELINE_MESSAGES = 600;
const AT_ONCE = 400;

/** How many messages a second are kept, and how many are handled to the enqueued reply, beside the naive way. */
export const inbound: Bench = {
  name: 'inbound',
  about: 'messages a second: durable, and handled with the reply enqueued',
  run: ({ mongodbUri }) =>
    inHouse(mongodbUri, async (house) => {
      await settleTown(house.connection, house.now());
      const runs = await upToThree((index) => oneRun(house, index));
      const figures = medians(runs);
      const naive = figures['naivePerSecond'] ?? NaN;
      return {
        bench: 'inbound',
        title: 'Inbound: from channel sink to durable, and to handled with the reply enqueued',
        figures: measured(figures),
        ratios: measured({
          durableToSingle: (figures['durablePerSecond'] ?? NaN) / (figures['singlePerSecond'] ?? NaN),
          durableToNaive: (figures['durablePerSecond'] ?? NaN) / naive,
          handledToNaive: (figures['handledPerSecond'] ?? NaN) / naive,
        }),
        rows: [
          ...rowsOf('durable', 'sink to durable', figures),
          ...rowsOf('backlog', 'backlog handled', figures),
          ...rowsOf('handled', 'sink to handled', figures),
          ...rowsOf('single', 'one insert a message', figures),
          ...rowsOf('naive', 'naive: a transaction a message', figures),
          { what: 'memory', value: figures['rssMb'] ?? NaN, unit: 'MB' },
          { what: 'load average', value: figures['loadAverage'] ?? NaN, unit: '' },
        ],
        notes: [
          `${MESSAGES} messages a stretch, ${AT_ONCE} at a time (one insert a message and naive: ${BASELINE_MESSAGES}, 32 at a time); median of ${runs.length} runs`,
          `the mix: ${MIX}`,
          `inbox group commit of at most 200 messages or 5 ms, decided in pages of at most 1,500 and commits of about 800; ${MAJORITY}`,
        ],
      };
    }),
};

async function oneRun(house: House, index: number): Promise<Record<string, number>> {
  const engine = house.engine({ work: ['inbox'] });
  const first = mixedMessages(MESSAGES, `backlog-${index}`, index * 2 + 1);
  const durable = startCost(house.uri);
  await inCrowd(first, AT_ONCE, ({ message }) => engine.sink(message));
  const durableCost = durable();
  const backlog = startCost(house.uri);
  await engine.start();
  await house.decided(first);
  const backlogCost = backlog();
  const second = mixedMessages(MESSAGES, `live-${index}`, index * 2 + 2);
  const handled = startCost(house.uri);
  await inCrowd(second, AT_ONCE, ({ message }) => engine.sink(message));
  await house.decided(second);
  const handledCost = handled();
  await engine.stop();
  const single = startCost(house.uri);
  await runSingles(house.connection, mixedMessages(BASELINE_MESSAGES, `single-${index}`, index));
  const singleCost = single();
  const naive = startCost(house.uri);
  await runBaseline(house.connection, mixedMessages(BASELINE_MESSAGES, `naive-${index}`, index));
  return {
    ...figuresOf('durable', MESSAGES, durableCost),
    ...figuresOf('backlog', MESSAGES, backlogCost),
    ...figuresOf('handled', MESSAGES, handledCost),
    ...figuresOf('single', BASELINE_MESSAGES, singleCost),
    ...figuresOf('naive', BASELINE_MESSAGES, naive()),
    rssMb: handledCost.rssMb,
    loadAverage: handledCost.load,
  };
}
