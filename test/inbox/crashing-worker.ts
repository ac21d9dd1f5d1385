/**
 * A whole process for test/inbox/crash.db.test.ts: keeps and decides messages and kills itself at one step.
 *
 *     tsx crashing-worker.ts <mongodb uri> <step or "none"> <before|after>
 */
import type { InboundSink } from '#core/channel';
import { connectDatabase } from '#src/database/connection';
import type { CommitSteps } from '#models/commit';
import { inbound } from '#test/support/inbound';
import { createTestEngine } from '#test/support/inbox-engine';

const [uri = '', step = 'none', when = 'before'] = process.argv.slice(2);
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
}

async function dyingAt<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (step === name && when === 'before') die();
  const result = await work();
  if (step === name && when === 'after') die();
  return result;
}

function dyingSteps(steps: CommitSteps): CommitSteps {
  return {
    write: (writes) => dyingAt('write', () => steps.write(writes)),
    enqueue: (dispatches) => dyingAt('enqueue', () => steps.enqueue(dispatches)),
    recount: (ids) => dyingAt('recount', () => steps.recount(ids)),
    audit: (entries) => dyingAt('audit', () => steps.audit(entries)),
    finish: (items) => dyingAt('finish', () => steps.finish(items)),
  };
}

const connection = await connectDatabase({ uri });
const engine = createTestEngine({ connection, clock, steps: dyingSteps });
const sink: InboundSink = (message) => dyingAt('record', () => engine.intake.sink(message));

// The vendor delivers the same three again and again until they are taken.
for (const [id, text] of [
  ['m1', '记 一'],
  ['m2', '1'],
  ['m3', '记 二'],
] as const) {
  await sink(inbound(text, { messageId: id, who: id }));
}
await engine.worker.drain();
await connection.close();
