/** A worker that kills itself at the step named on its command line: `<uri> <step> <messages>`. */
import type { Channel } from '#core/channel';
import type { OutboxStore } from '#core/outbox';
import { createOutboxStore } from '#models/outbox-store';
import { createChance } from '#src/database/chance';
import { createDatabaseClock, monotonicMs } from '#src/database/clock';
import { connectDatabase } from '#src/database/connection';
import { createOutboxWorker } from '#src/outbox/worker';
import { createFakeChannel } from '#test/support/fake-channel';
import type { CrashStep } from './crash-steps.ts';

const [uri = '', step = '', messages = '1'] = process.argv.slice(2);
const connection = await connectDatabase({ uri });
const counts = new Map<CrashStep, number>();

/** Dies, without any farewell, when all messages have come to the chosen step. */
function diesWhenAllAre(here: CrashStep, count: number): void {
  const passed = (counts.get(here) ?? 0) + count;
  counts.set(here, passed);
  if (here === step && passed >= Number(messages)) process.kill(process.pid, 'SIGKILL');
}

/** The same, and whoever comes first waits there for the others. */
async function passes(here: CrashStep, count: number): Promise<void> {
  diesWhenAllAre(here, count);
  if (here === step) await new Promise(() => undefined);
}

const vendor = createFakeChannel();
const channel: Channel = {
  ...vendor,
  async send(message) {
    await passes('sending', 1);
    await connection.collection<{ message: string }>('arrivals').insertOne({ message: message.id });
    await passes('arrived', 1);
    return { status: 'delivered' };
  },
};

const chance = createChance();
const store = createOutboxStore(connection, chance);
const watched: OutboxStore = {
  ...store,
  async claimBatch(request) {
    const claims = await store.claimBatch(request);
    await passes('claimed', claims.length);
    return claims;
  },
  async settleMany(settlements, time) {
    await passes('answered', Number(messages));
    const answers = await store.settleMany(settlements, time);
    diesWhenAllAre('settled', settlements.length);
    return answers;
  },
};

const clock = await createDatabaseClock({ connection });
createOutboxWorker({
  store: watched,
  channels: [channel],
  clock,
  realNow: clock.realNow,
  monotonicMs,
  chance,
  partitions: () => [0, 1, 2, 3, 4, 5, 6, 7],
}).start();
