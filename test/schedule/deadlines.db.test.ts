import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '#core/clock';
import type { Deadline, DeadlineHandler } from '#core/deadline';
import { NOTHING, type Decision } from '#core/decision';
import { TransientError } from '#core/errors';
import { createGuardedCommit, type GuardedRows } from '#models/commit';
import { createDeadlineStore } from '#models/deadlines';
import { createDeadlineRunner, type DeadlineEvent } from '#src/schedule/deadline-runner';
import { describeDeadlineStore, pollClose } from '#test/conformance/deadline-store';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { useTestDatabase } from '#test/support/stored';

const { connection, db } = await useTestDatabase();
let clock: FakeClock;
let rows: GuardedRows;

beforeEach(async () => {
  clock = createFakeClock();
  rows = createGuardedCommit({ connection, clock, recountEndorsements: async () => undefined });
});

const carryOut = (...writes: Decision['writes']) =>
  rows.commitGuarded({ ...NOTHING, writes }, { requestId: 'test', at: clock.now() });

describeDeadlineStore('the store in MongoDB', async () => ({
  store: createDeadlineStore(connection),
  carryOut,
}));

describe('the runner of deadlines', () => {
  let fired: string[];
  let events: DeadlineEvent[];

  beforeEach(() => {
    fired = [];
    events = [];
  });

  const note: DeadlineHandler = async (deadline) => {
    fired.push(deadline.id);
    return messageFor(deadline);
  };

  function runnerWith(handler: DeadlineHandler) {
    return createDeadlineRunner({
      store: createDeadlineStore(connection),
      handlers: { 'poll.close': handler },
      commit: rows.commitGuarded,
      takeNumberFor: () => async () => 1,
      clock,
      chance: createFakeChance(),
      onEvent: (event) => events.push(event),
    });
  }

  async function set(...deadlines: readonly Deadline[]): Promise<void> {
    const store = createDeadlineStore(connection);
    await carryOut(...deadlines.map((deadline) => store.set(deadline)));
  }

  const outboxIds = async () => (await db.collection('outbox').distinct('_id')).map(String);

  it('commits what the handler decides together with the mark that it fired', async () => {
    await set(pollClose('a', 0));
    expect(await runnerWith(note).runDue()).toBe(1);
    expect(await outboxIds()).toEqual(['result:a']);
    expect(await db.collection('deadlines').findOne()).toMatchObject({ state: 'fired' });
  });

  it('leaves nothing behind when the commit fails', async () => {
    await set(pollClose('a', 0));
    const broken: DeadlineHandler = async (deadline) => {
      const update = {
        kind: 'update',
        collection: 'polls',
        filter: { _id: 'x' },
        update: { $set: { a: 1 } },
        mustMatch: true,
      } as const;
      return { ...messageFor(deadline), writes: [update] };
    };
    expect(await runnerWith(broken).runDue()).toBe(0);
    expect(await outboxIds()).toEqual([]);
    expect(await db.collection('deadlines').findOne()).toMatchObject({ state: 'pending' });
  });

  it('fires each deadline exactly once when two instances look at the same time', async () => {
    const subjects = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await set(...subjects.map((subject) => pollClose(subject, 0)));
    const counts = await Promise.all([runnerWith(note).runDue(), runnerWith(note).runDue()]);
    await runnerWith(note).runDue();
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBeLessThanOrEqual(20);
    expect(await outboxIds()).toHaveLength(20);
    expect(events.filter(({ event }) => event === 'deadline.fired')).toHaveLength(20);
  });

  it('fires in the order of time after a jump over days, also what is set on the way', async () => {
    await set(pollClose('day1', DAY_MS), pollClose('day3', 3 * DAY_MS));
    const store = createDeadlineStore(connection);
    const chain: DeadlineHandler = async (deadline) => {
      fired.push(deadline.subjectId);
      const isFirst = deadline.subjectId === 'day1';
      return { ...NOTHING, writes: isFirst ? [store.set(pollClose('day2', 2 * DAY_MS))] : [] };
    };
    clock.advance(5 * DAY_MS);
    expect(await runnerWith(chain).runDue()).toBe(3);
    expect(fired).toEqual(['day1', 'day2', 'day3']);
  });

  it('fires a row again at the next time its handler sets', async () => {
    const store = createDeadlineStore(connection);
    const daily: DeadlineHandler = async (deadline, now) => {
      fired.push(`step${deadline.step}`);
      const next = { ...deadline, step: deadline.step + 1, dueAt: new Date(now.getTime() + DAY_MS) };
      return { ...NOTHING, writes: [store.again(next)] };
    };
    await set(pollClose('a', 0));
    const runner = runnerWith(daily);
    expect(await runner.runDue()).toBe(1);
    expect(await runner.runDue()).toBe(0);
    clock.advance(DAY_MS);
    expect(await runner.runDue()).toBe(1);
    expect(fired).toEqual(['step0', 'step1']);
  });

  it('is held up by no handler that fails, tries it again and raises an alert', async () => {
    await set(pollClose('bad', 0), pollClose('good', HOUR_MS));
    const picky: DeadlineHandler = async (deadline) => {
      if (deadline.subjectId === 'bad') throw new Error('bug');
      return note(deadline, clock.now(), async () => 1);
    };
    const runner = runnerWith(picky);
    clock.advance(HOUR_MS);
    await runner.runDue();
    expect(fired).toEqual(['poll.close:good']);
    for (let round = 0; round < 5; round += 1) {
      clock.advance(HOUR_MS);
      await runner.runDue();
    }
    const alerts = events.filter(({ event }) => event === 'deadline.alert');
    expect(alerts[0]).toMatchObject({ id: 'poll.close:bad', tries: 5 });
  });

  it('comes back to a handler that asks to wait, without holding up the others', async () => {
    await set(pollClose('waits', 0), pollClose('goes', 1));
    let mayClose = false;
    const barrier: DeadlineHandler = async (deadline) => {
      if (deadline.subjectId === 'waits' && !mayClose)
        throw new TransientError('not yet', { retryAfterMs: 500 });
      return note(deadline, clock.now(), async () => 1);
    };
    const runner = runnerWith(barrier);
    clock.advance(1);
    await runner.runDue();
    expect(fired).toEqual(['poll.close:goes']);
    mayClose = true;
    clock.advance(SECOND_MS);
    await runner.runDue();
    expect(fired).toEqual(['poll.close:goes', 'poll.close:waits']);
  });
});

function messageFor(deadline: Deadline): Decision {
  const to = { channel: 'web', account: 'demo', conversationId: 'g1' } as const;
  return { writes: [], dispatches: [{ key: `result:${deadline.subjectId}`, to, body: { text: '结果' } }] };
}
