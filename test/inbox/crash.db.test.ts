import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#test/support/inbox-engine';
import { useTestDatabase } from '#test/support/stored';

const { connection, uri, db } = await useTestDatabase();

beforeEach(async () => {
  await settle(connection, ['residents']);
});
const script = fileURLToPath(new URL('crashing-worker.ts', import.meta.url));

/** Runs the process to its end; the signal that killed it, if one did. */
async function runProcess(step: string, when: string): Promise<string | null> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, uri, step, when], {
    stdio: 'inherit',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}

const steps = ['record', 'write', 'enqueue', 'recount', 'audit', 'finish'];
const cases = steps.flatMap((step) => ['before', 'after'].map((when) => ({ step, when })));

describe('a process that is killed', () => {
  it.each(cases)('$when "$step" leaves exactly one effect after its restart', async ({ step, when }) => {
    expect(await runProcess(step, when)).toBe('SIGKILL');
    expect(await runProcess('none', 'before')).toBeNull();

    const marks = await db
      .collection('identities')
      .find({ _id: /^(note|vote):/ })
      .toArray();
    const numbers = marks.map(({ personId }) => String(personId)).filter((id) => id.startsWith('#'));
    expect(marks).toHaveLength(3);
    expect(numbers.sort()).toEqual(['#1', '#2']);
    expect(await db.collection('outbox').countDocuments()).toBe(2);
    expect(await db.collection('audit').countDocuments()).toBe(2);
    expect(await db.collection('inbox').countDocuments({ state: 'done' })).toBe(3);
  });
});
