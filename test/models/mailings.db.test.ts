import { beforeEach, describe, expect, it } from 'vitest';
import { UNDO_MS } from '#core/commit';
import { NOTHING, type Decision, type Dispatch } from '#core/decision';
import { collectionOf } from '#models/collection';
import { createGuardedCommit } from '#models/commit';
import { mailingsCollection } from '#models/mailings';
import { outboxBodiesCollection } from '#models/outbox-bodies';
import { outboxCollection } from '#models/outbox';
import { createOutboxStore } from '#models/outbox-store';
import { createRequestCommits } from '#models/request-commits';
import { createFakeChance, createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { useTestDatabase } from '#test/support/stored';

const GROUPS = 1_200;
const UNDOING = {
  kind: 'update',
  collection: 'notices',
  filter: { _id: 'x' },
  update: { $set: {} },
} as const;
const BODY = { text: '明天停水\n请提前存水' };

const { connection } = await useTestDatabase();
let clock: FakeClock;

beforeEach(() => void (clock = createFakeClock()));

const outbox = () => collectionOf(connection, outboxCollection);
const mailings = () => collectionOf(connection, mailingsCollection);
const store = () => createOutboxStore(connection, createFakeChance());
const commits = () =>
  createGuardedCommit({ connection, clock, recountEndorsements: () => Promise.resolve() });

function notice(more: Partial<Dispatch> = {}): Decision {
  const dispatches = Array.from({ length: GROUPS }, (_, index): Dispatch => ({
    key: `notice:1:g${index}`,
    to: { channel: 'web', account: 'demo', conversationId: `g${index}` },
    body: BODY,
    whenUncertain: 'hold',
    subjectId: 'notice:1',
    groupId: `g${index}`,
    ...more,
  }));
  return { ...NOTHING, dispatches, guarded: true };
}

const commit = (decision: Decision, requestId = 'r1') =>
  commits().commitGuarded(decision, { requestId, at: clock.now() });

async function spreadAll(): Promise<void> {
  while ((await store().spread(clock.now())) > 0);
}

describe('a message to very many groups', () => {
  it('is decided in few writes, and stands in its lanes once spread; its words are kept once', async () => {
    await commit(notice());
    expect(await outbox().countDocuments()).toBe(0);
    expect(await mailings().countDocuments()).toBe(3);

    await spreadAll();

    expect(await outbox().countDocuments({ body: { $exists: false } })).toBe(GROUPS);
    expect(await mailings().countDocuments()).toBe(0);
    const bodies = await collectionOf(connection, outboxBodiesCollection).find().toArray();
    expect(bodies.map(({ body }) => body)).toEqual([BODY]);
  });

  it('is the same when it is decided and spread again, and by two at once', async () => {
    await commit(notice());
    await Promise.all([spreadAll(), spreadAll()]);
    await outbox().updateOne({ _id: 'notice:1:g7' }, { $set: { state: 'sent', outcome: 'delivered' } });
    await commit(notice(), 'r2');
    await spreadAll();

    expect(await outbox().countDocuments()).toBe(GROUPS);
    expect(await outbox().findOne({ _id: 'notice:1:g7' })).toMatchObject({ state: 'sent' });
  });

  it('is sent with its words', async () => {
    await commit(notice());
    await spreadAll();
    const senders = [{ sender: 'web:demo', sendsPerMinute: 20 }];
    const request = { now: clock.now(), realNow: clock.now(), partitions: [0, 1, 2, 3, 4, 5, 6, 7] };
    const claims = await store().claimBatch({ ...request, senders, leaseMs: 1_000, limit: 5 });
    expect(claims.map(({ row }) => row.body)).toEqual([BODY, BODY, BODY, BODY, BODY]);
  });

  it('shows all its groups, whether they stand in their lanes already or not', async () => {
    await commit(notice());
    expect((await store().progress('notice:1')).counts).toMatchObject({ waiting: GROUPS });
    const [first] = await mailings().find().sort({ _id: 1 }).limit(1).toArray();
    await mailings().updateMany({ _id: { $ne: first?._id ?? '' } }, { $set: { dueAt: new Date(8.64e15) } });
    await spreadAll();
    await outbox().updateOne({ _id: 'notice:1:g3' }, { $set: { state: 'held' } });

    const { counts, rows } = await store().progress('notice:1');

    expect(await outbox().countDocuments()).toBe(500);
    expect(counts).toMatchObject({ waiting: GROUPS - 1, uncertain: 1 });
    expect(new Set(rows.map(({ groupId }) => groupId)).size).toBe(GROUPS);
    expect(new Set(rows.map(({ about }) => about))).toEqual(new Set(['明天停水']));
  });

  it('is spread when it is due, not before', async () => {
    const notBefore = new Date(clock.now().getTime() + 60_000);
    await commit(notice({ notBefore }));
    expect(await store().spread(clock.now())).toBe(0);
    clock.advance(60_000);
    expect(await store().spread(clock.now())).toBe(3);
  });

  it('goes with its step when that is undone', async () => {
    const requests = createRequestCommits({ connection, guarded: commits() });
    const key = { requestId: 'r1', personId: 'p', placeId: 'here', at: clock.now() };
    await requests.commit({ ...notice(), undo: [UNDOING] }, key);
    expect(await store().spread(clock.now())).toBe(0);

    expect(await requests.undo('r1', 'p', new Date(clock.now().getTime() + UNDO_MS))).toBe('undone');

    clock.advance(UNDO_MS + 1);
    await spreadAll();
    expect(await outbox().countDocuments()).toBe(0);
  });

  it('is undone whole, also while it is being spread', async () => {
    const requests = createRequestCommits({ connection, guarded: commits() });
    const key = { requestId: 'r1', personId: 'p', placeId: 'here', at: clock.now() };
    await requests.commit({ ...notice(), undo: [UNDOING] }, key);
    clock.advance(UNDO_MS);

    const [undone] = await Promise.all([requests.undo('r1', 'p', clock.now()), spreadAll()]);
    await spreadAll();

    expect(undone).toBe('undone');
    expect(await outbox().countDocuments()).toBe(0);
    expect((await store().progress('notice:1')).rows).toEqual([]);
  });

  it('does not hold up others when one of them cannot be spread', async () => {
    await commit(notice());
    const broken = { _id: 'broken', requestId: 'x', dueAt: new Date(0), subjectIds: [], rows: [{}] };
    await mailings().insertOne(broken as never);
    await mailings().updateOne({ _id: 'broken' }, { $set: { rows: 'nonsense' as never } });
    await expect(store().spread(clock.now())).rejects.toThrow();
    expect(await outbox().countDocuments()).toBe(GROUPS);
  });
});
