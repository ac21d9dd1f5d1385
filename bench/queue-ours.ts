import { setTimeout as pause } from 'node:timers/promises';
import type { Channel } from '#core/channel';
import type { Dispatch } from '#core/decision';
import { SECOND_MS } from '#core/clock';
import { OUTBOX_PARTITIONS, type OutboxStore } from '#core/outbox';
import { createOutboxStore } from '#models/outbox-store';
import { createChance } from '#src/database/chance';
import { createFakeChannel } from '#test/support/fake-channel';
import { inHouse, type House } from './house.ts';
import { countdown, JOB_TEXT, type Attended, type Contestant, type OpenQueue } from './peers/contestant.ts';

const JOBS = 4_000;
/** As many as the outbox worker has places for. */
const CLAIMED_TOGETHER = 400;
const ACCOUNT = 'bench';
const SENDS_PER_MINUTE = 20;
const LEASE_MS = 8 * SECOND_MS;
const PARTITIONS = [...Array(OUTBOX_PARTITIONS).keys()];
/** Claims in a row that may find nothing before it counts as an error. */
const MOST_EMPTY_CLAIMS = 200;

/** The claim and the fenced settle of the outbox's port, by one claimer: what the goals are stated for. */
export function ourStore(mongodbUri: string, jobsALane = 1): Contestant {
  return {
    key: jobsALane === 1 ? 'ours' : `ours${jobsALane}ALane`,
    title: `ours, ${jobsALane === 1 ? 'a lane a job' : `${jobsALane} jobs a lane`}`,
    jobs: JOBS,
    settings: `claims of at most ${CLAIMED_TOGETHER}, each settled by one fenced bulk write; rate window of ${SENDS_PER_MINUTE} a lane kept; enqueued in one call; w: majority with journal`,
    within: (use) => inHouse(mongodbUri, (house) => use(openStore(house, jobsALane))),
  };
}

/** The same through the whole worker, as the peers with a worker of their own are measured. */
export function ourWorker(mongodbUri: string): Contestant {
  return {
    key: 'oursWorker',
    title: 'ours, the whole worker',
    jobs: JOBS,
    settings: `leases of the partitions, at most ${CLAIMED_TOGETHER} sends under way, a channel that answers at once`,
    within: (use) =>
      inHouse(mongodbUri, (house) => {
        const { enqueue } = openStore(house, 1);
        const drain = (count: number) => drainByWorker(house, count);
        return use({ enqueue, drain, attend: (onStart) => attend(house, onStart) });
      }),
  };
}

function openStore(house: House, jobsALane: number): OpenQueue {
  const store = createOutboxStore(house.connection, createChance());
  const { commits } = house.engine({ work: [] });
  const dispatches = (count: number) =>
    [...Array(count).keys()].map((job) => dispatchOf(job, Math.floor(job / jobsALane)));
  return {
    enqueue: (count) => commits.steps.enqueue(dispatches(count)),
    drain: (count) => drainStore(store, house.now, count),
  };
}

/** Claims and settles until `count` jobs are through. Throws when a lease is lost or the rest cannot be claimed. */
export async function drainStore(store: OutboxStore, now: () => Date, count: number): Promise<void> {
  const time = () => ({ now: now(), realNow: now() });
  const senders = [{ sender: `web:${ACCOUNT}`, sendsPerMinute: SENDS_PER_MINUTE }];
  const wish = { partitions: PARTITIONS, senders, leaseMs: LEASE_MS, limit: CLAIMED_TOGETHER };
  let emptyClaims = 0;
  for (let through = 0; through < count;) {
    const claims = await store.claimBatch({ ...time(), ...wish });
    const outcome = { status: 'delivered' } as const;
    const settled = await store.settleMany(
      claims.map((claim) => ({ claim, outcome })),
      time(),
    );
    if (settled.includes(false)) throw new Error('a lease was lost although nobody else claims');
    through += claims.length;
    emptyClaims = claims.length === 0 ? emptyClaims + 1 : 0;
    if (emptyClaims > MOST_EMPTY_CLAIMS) throw new Error(`${count - through} jobs cannot be claimed`);
    if (emptyClaims > 0) await pause(5);
  }
}

async function drainByWorker(house: House, count: number): Promise<void> {
  const { done, tick } = countdown(count);
  const engine = house.engine({
    work: ['outbox'],
    channels: [channelThat(() => undefined)],
    onOutboxEvent: ({ event }) => void (event === 'outbox.settled' && tick()),
  });
  await engine.start();
  await done;
  await engine.stop();
}

async function attend(house: House, onStart: (job: number) => void): Promise<Attended> {
  const engine = house.engine({ work: ['outbox'], channels: [channelThat(onStart)] });
  await engine.start();
  return {
    async enqueue(job) {
      await engine.commits.steps.enqueue([dispatchOf(job, job)]);
      engine.nudge();
    },
    stop: () => engine.stop(),
  };
}

/** Takes everything at once and says which job it was. */
export function channelThat(onSend: (job: number) => void): Channel {
  return {
    ...createFakeChannel({ sendsPerMinute: SENDS_PER_MINUTE }),
    account: ACCOUNT,
    async send({ id }) {
      onSend(Number(id.split(':').at(-1)));
      return { status: 'delivered' };
    },
  };
}

export function dispatchOf(job: number, lane: number): Dispatch {
  const to = { channel: 'web', account: ACCOUNT, conversationId: `group-${lane}` } as const;
  return { key: `notice:bench:${job}`, to, body: { text: JOB_TEXT }, whenUncertain: 'hold' };
}
