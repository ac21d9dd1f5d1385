import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OUTBOX_PARTITIONS } from '#core/outbox';
import { collectionOf } from '#models/collection';
import { outboxCollection } from '#models/outbox';
import { createOutboxStore } from '#models/outbox-store';
import { createOutboxWorker } from '#src/outbox/worker';
import { createFakeChannel } from '#test/support/fake-channel';
import { createFakeChance, createFakeClock } from '#test/support/fake-clock';
import { useTestDatabase } from '#test/support/stored';
import { CRASH_STEPS, type CrashStep } from './crash-steps.ts';
import { enqueuerOn, OUTBOX_COLLECTIONS } from './outbox-database.ts';

/** What the vendor got in all and what became of the row, after a crash at the step and another worker's turn. */
const EXPECTED = {
  claimed: { resend: [1, 'sent'], hold: [0, 'held'] },
  sending: { resend: [1, 'sent'], hold: [0, 'held'] },
  arrived: { resend: [2, 'sent'], hold: [1, 'held'] },
  answered: { resend: [2, 'sent'], hold: [1, 'held'] },
  settled: { resend: [1, 'sent'], hold: [1, 'sent'] },
} as const satisfies Record<CrashStep, Record<'resend' | 'hold', readonly [number, string]>>;

const { connection, uri, db } = await useTestDatabase(OUTBOX_COLLECTIONS);

async function runUntilKilled(step: CrashStep): Promise<void> {
  const args = ['--import', 'tsx', 'test/outbox/crash-child.ts', uri, step, '2'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

/** Another instance, for which the dead one's lease is over. */
async function takeOver(): Promise<void> {
  const gone = { $set: { 'lease.until': new Date(0) } };
  await collectionOf(connection, outboxCollection).updateMany({ state: 'leased' }, gone);
  const vendor = createFakeChannel();
  const clock = createFakeClock(new Date(Date.now() + 60_000));
  const worker = createOutboxWorker({
    store: createOutboxStore(connection, createFakeChance('second')),
    channels: [
      {
        ...vendor,
        async send(message) {
          await db.collection('arrivals').insertOne({ message: message.id });
          return { status: 'delivered' };
        },
      },
    ],
    clock,
    realNow: () => clock.now(),
    monotonicMs: () => clock.now().getTime(),
    chance: createFakeChance(),
    partitions: () => Array.from({ length: OUTBOX_PARTITIONS }, (_, index) => index),
  });
  worker.start();
  await worker.idle();
  await worker.stop();
}

describe('a worker killed on the way out', () => {
  it.each(CRASH_STEPS)('at "%s" loses nothing and doubles nothing unmarked', async (step) => {
    const to = (conversationId: string) => ({ channel: 'web', account: 'demo', conversationId }) as const;
    const body = { text: '您好' };
    const reply = { key: 'resend', to: to('a'), body };
    const broadcast = { key: 'hold', to: to('b'), body, whenUncertain: 'hold' as const };
    await enqueuerOn(connection)([reply, broadcast], new Date());

    await runUntilKilled(step);
    await takeOver();

    for (const policy of ['resend', 'hold'] as const) {
      const [arrivals, state] = EXPECTED[step][policy];
      expect(await db.collection('arrivals').countDocuments({ message: policy })).toBe(arrivals);
      const row = await collectionOf(connection, outboxCollection).findOne({ _id: policy });
      expect(row).toMatchObject({ state, mayAlreadyBeSent: step !== 'settled' });
    }
  });
});
