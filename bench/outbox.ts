import { NOTHING, type Dispatch } from '#core/decision';
import type { Channel } from '#core/channel';
import type { ConversationRef } from '#core/message';
import { createOutboxStore } from '#models/outbox-store';
import { createChance } from '#src/database/chance';
import { createFakeChannel } from '#test/support/fake-channel';
import { startCost } from './cost.ts';
import { medians } from './figures.ts';
import { inHouse, type House } from './house.ts';
import { figuresOf, MAJORITY, measured, rowsOf, upToThree, type Bench } from './report.ts';

const GROUPS = 10_000;
const ACCOUNT = 'bench';

/** A notice to 10,000 groups: into the outbox, the same once more, decided in one step, and out with an urgent one. */
export const outbox: Bench = {
  name: 'outbox',
  about: 'a notice to 10,000 groups: enqueued, decided and spread, and sent through a fake channel',
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
          row('decided in one step in', 'decideMs', 'ms'),
          row('then spread to its lanes in', 'spreadMs', 'ms'),
          ...rowsOf('sent', 'sent and settled', figures),
          row('urgent message behind it sent after', 'urgentMs', 'ms'),
          row('memory', 'rssMb', 'MB'),
          row('load average', 'loadAverage', ''),
        ],
        notes: [
          `insertMany of ${GROUPS} rows; claims of at most 400, settled in groups; median of ${runs.length} runs; ${MAJORITY}`,
          'decided: one guarded transaction that writes mailings; spread: transactions of 500 rows',
          'the fake channel answers at once: this is the cost of leases, order and rate windows alone',
        ],
      };
    }),
};

async function oneRun(house: House, index: number): Promise<Record<string, number>> {
  const decided = await decideAndSpread(house, index);
  const { commits } = house.engine({ work: [] });
  const dispatches = noticeTo(`enqueued-${index}`);
  const enqueueMs = await timed(() => commits.steps.enqueue(dispatches));
  const enqueueAgainMs = await timed(() => commits.steps.enqueue(dispatches));
  return { enqueueMs, enqueueAgainMs, ...decided, ...(await sendAll(house, index)) };
}

/** The step of a secretary, and the work that it leaves; its rows are taken back, the next part has its own. */
async function decideAndSpread(house: House, index: number): Promise<Record<string, number>> {
  const { commits } = house.engine({ work: [] });
  const store = createOutboxStore(house.connection, createChance());
  const subject = `decided-${index}`;
  const decision = { ...NOTHING, dispatches: noticeTo(subject), guarded: true };
  const at = house.now();
  const decideMs = await timed(() => commits.guarded.commitGuarded(decision, { requestId: subject, at }));
  const spreadMs = await timed(async () => {
    while ((await store.spread(house.now())) > 0);
  });
  await house.connection.collection('outbox').deleteMany({ subjectId: `notice:${subject}` });
  return { decideMs, spreadMs };
}

async function sendAll(house: House, index: number): Promise<Record<string, number>> {
  const urgentKey = `urgent:${index}`;
  const { channel, urgentSent } = channelThatTells(urgentKey);
  let settled = 0;
  let allSettled: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (allSettled = resolve));
  const engine = house.engine({
    work: ['outbox'],
    channels: [channel],
    onOutboxEvent: ({ event }) => {
      if (event === 'outbox.settled' && (settled += 1) === GROUPS + 1) allSettled();
    },
  });
  const cost = startCost(house.uri);
  await engine.start();
  const urgentMs = timed(async () => {
    await engine.commits.steps.enqueue([urgentMessage(urgentKey)]);
    await urgentSent;
  });
  await done;
  const spent = cost();
  await engine.stop();
  return {
    ...figuresOf('sent', GROUPS, spent),
    urgentMs: await urgentMs,
    rssMb: spent.rssMb,
    loadAverage: spent.load,
  };
}

function channelThatTells(key: string): { readonly channel: Channel; readonly urgentSent: Promise<void> } {
  let tell: () => void = () => undefined;
  const urgentSent = new Promise<void>((resolve) => (tell = resolve));
  const channel: Channel = {
    ...createFakeChannel(),
    account: ACCOUNT,
    send: ({ id }) => {
      if (id === key) tell();
      return Promise.resolve({ status: 'delivered' });
    },
  };
  return { channel, urgentSent };
}

function urgentMessage(key: string): Dispatch {
  const to = { channel: 'web', account: ACCOUNT, conversationId: key } as const;
  return { key, to, body: { text: '【结果】表决已结束。' }, urgent: true };
}

function noticeTo(subject: string): Dispatch[] {
  const body = { text: '【通知】明天上午九点到下午五点停水检修，请提前储水。' };
  return Array.from({ length: GROUPS }, (_, index): Dispatch => {
    const to: ConversationRef = { channel: 'web', account: ACCOUNT, conversationId: `${subject}-${index}` };
    return {
      key: `notice:${subject}:${index}`,
      to,
      body,
      whenUncertain: 'hold',
      subjectId: `notice:${subject}`,
    };
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}
