import type { ConversationRef } from '#core/message';
import type { Dispatch } from '#core/decision';
import { createFakeChannel } from '#test/support/fake-channel';
import { startCost } from './cost.ts';
import { medians } from './figures.ts';
import { inHouse, type House } from './house.ts';
import { figuresOf, MAJORITY, measured, rowsOf, upToThree, type Bench } from './report.ts';

const GROUPS = 10_000;
const ACCOUNT = 'bench';

/** A notice to 10,000 groups: into the outbox, the same once more, and out through a channel that takes all at once. */
export const outbox: Bench = {
  name: 'outbox',
  about: 'a notice to 10,000 groups: enqueued, and sent through a fake channel',
  run: ({ mongodbUri }) =>
    inHouse(mongodbUri, async (house) => {
      const runs = await upToThree((index) => oneRun(house, index));
      const figures = medians(runs);
      const row = (what: string, key: string, unit: string) => ({ what, value: figures[key] ?? NaN, unit });
      return {
        bench: 'outbox',
        title: 'Outbox: a notice to 10,000 groups',
        figures: measured(figures),
        ratios: {},
        rows: [
          row('enqueued in', 'enqueueMs', 'ms'),
          row('enqueued again in', 'enqueueAgainMs', 'ms'),
          ...rowsOf('sent', 'sent and settled', figures),
          row('memory', 'rssMb', 'MB'),
          row('load average', 'loadAverage', ''),
        ],
        notes: [
          `insertMany of ${GROUPS} rows; claims of at most 400, settled in groups; median of ${runs.length} runs; ${MAJORITY}`,
          'the fake channel answers at once: this is the cost of leases, order and rate windows alone',
        ],
      };
    }),
};

async function oneRun(house: House, index: number): Promise<Record<string, number>> {
  let settled = 0;
  let allSettled: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (allSettled = resolve));
  const channel = { ...createFakeChannel(), account: ACCOUNT };
  const engine = house.engine({
    work: ['outbox'],
    channels: [channel],
    onOutboxEvent: ({ event }) => {
      if (event === 'outbox.settled' && (settled += 1) === GROUPS) allSettled();
    },
  });
  const dispatches = noticeTo(index);
  const enqueueMs = await timed(() => engine.commits.steps.enqueue(dispatches));
  const enqueueAgainMs = await timed(() => engine.commits.steps.enqueue(dispatches));
  const cost = startCost(house.uri);
  await engine.start();
  await done;
  const spent = cost();
  await engine.stop();
  return {
    ...figuresOf('sent', GROUPS, spent),
    enqueueMs,
    enqueueAgainMs,
    rssMb: spent.rssMb,
    loadAverage: spent.load,
  };
}

function noticeTo(run: number): Dispatch[] {
  const body = { text: '【通知】明天上午九点到下午五点停水检修，请提前储水。' };
  return Array.from({ length: GROUPS }, (_, index): Dispatch => {
    const to: ConversationRef = { channel: 'web', account: ACCOUNT, conversationId: `g${run}-${index}` };
    return {
      key: `notice:bench-${run}:${index}`,
      to,
      body,
      whenUncertain: 'hold',
      subjectId: `notice:bench-${run}`,
    };
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
