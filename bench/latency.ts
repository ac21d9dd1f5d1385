import { startCost } from './cost.ts';
import { atPace } from './crowd.ts';
import { medians, percentile } from './figures.ts';
import { inHouse, type House } from './house.ts';
import { mixedMessages, MIX, type BenchMessage } from './messages.ts';
import { MAJORITY, measured, upToThree, type Bench } from './report.ts';
import { settleTown } from './town.ts';

const PER_SECOND = 200;
const SECONDS = 10;
const WARM_UP_SECONDS = 2;

/** From message to enqueued reply at a steady pace. */
export const latency: Bench = {
  name: 'latency',
  about: `message to enqueued reply at ${PER_SECOND} messages a second`,
  run: ({ mongodbUri }) =>
    inHouse(mongodbUri, async (house) => {
      await settleTown(house.connection, house.now());
      const engine = house.engine({ work: ['inbox'] });
      await engine.start();
      await paced(house, engine.sink, mixedMessages(PER_SECOND * WARM_UP_SECONDS, 'warm-up', 1));
      const runs = await upToThree((index) => oneRun(house, engine.sink, index));
      await engine.stop();
      const figures = medians(runs);
      const row = (what: string, key: string, unit = 'ms') => ({ what, value: figures[key] ?? NaN, unit });
      return {
        bench: 'latency',
        title: `Latency at ${PER_SECOND} messages a second: from sink to enqueued reply`,
        figures: measured(figures),
        ratios: {},
        rows: [
          row('p50', 'p50Ms'),
          row('p90', 'p90Ms'),
          row('p99', 'p99Ms'),
          row('longest', 'longestMs'),
          row('CPU of this process', 'cpuPerThousand', 's / 1,000'),
          row('CPU of the database', 'databaseCpuPerThousand', 's / 1,000'),
          row('memory', 'rssMb', 'MB'),
          row('load average', 'loadAverage', ''),
        ],
        notes: [
          `open loop: counted from the planned moment, so lateness of the sender counts too; ${SECONDS} s a run, median of ${runs.length} runs`,
          'measured until the whole commit of the message is durable, one step after its outbox row; messages with an answer only',
          `the mix: ${MIX}; ${MAJORITY}`,
        ],
      };
    }),
};

type Sink = ReturnType<House['engine']>['sink'];

async function oneRun(house: House, sink: Sink, index: number): Promise<Record<string, number>> {
  const messages = mixedMessages(PER_SECOND * SECONDS, `run-${index}`, index + 2);
  const cost = startCost(house.uri);
  const latencies = await paced(house, sink, messages);
  const { cpu, databaseCpu, rssMb, load } = cost();
  return {
    p50Ms: percentile(latencies, 0.5),
    p90Ms: percentile(latencies, 0.9),
    p99Ms: percentile(latencies, 0.99),
    longestMs: Math.max(...latencies),
    cpuPerThousand: (cpu / messages.length) * 1_000,
    databaseCpuPerThousand: (databaseCpu / messages.length) * 1_000,
    rssMb,
    loadAverage: load,
  };
}

/** Latencies in ms of the messages that are answered. */
async function paced(house: House, sink: Sink, messages: readonly BenchMessage[]): Promise<number[]> {
  const plannedMs: number[] = [];
  await atPace(messages, PER_SECOND, ({ message }, atMs) => {
    plannedMs.push(atMs);
    return sink({ ...message, sentAt: new Date() });
  });
  const decidedMs = await house.decided(messages);
  return messages.flatMap(({ said }, index) =>
    said === 'talk' ? [] : [(decidedMs[index] ?? NaN) - (plannedMs[index] ?? NaN)],
  );
}
