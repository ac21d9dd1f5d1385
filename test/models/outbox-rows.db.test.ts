import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#core/clock';
import { collectionOf } from '#models/collection';
import { outboxCollection, type OutboxDocument } from '#models/outbox';
import { createOutboxOperations } from '#models/outbox-operations';
import { createOutboxStore } from '#models/outbox-store';
import { claimAt, group, START, timeAt } from '#test/conformance/outbox-store';
import { enqueuerOn, OUTBOX_COLLECTIONS } from '#test/outbox/outbox-database';
import { createFakeChance } from '#test/support/fake-clock';
import { useTestDatabase } from '#test/support/stored';

const { connection, db } = await useTestDatabase(OUTBOX_COLLECTIONS);

const rows = () => collectionOf(connection, outboxCollection);
const store = () => createOutboxStore(connection, createFakeChance());
const message = (key: string, to = key) => ({ key, to: group(to), body: { text: key } });

async function enqueued(...keys: readonly string[]): Promise<void> {
  await enqueuerOn(connection)(
    keys.map((key) => message(key)),
    START,
  );
}

const claimedIds = async (ms: number) => (await store().claimBatch(claimAt(ms))).map(({ row }) => row.id);

describe('a row that this program cannot read', () => {
  it.each<[string, object]>([
    ['has no words', { $unset: { body: '' } }],
    ['refers to words that are gone', { $unset: { body: '' }, $set: { bodyId: 'gone' } }],
    ['has words that are none', { $set: { body: { text: 7 } } }],
    ['goes nowhere', { $set: { to: null } }],
    ['says something new about uncertainty', { $set: { whenUncertain: 'ask' } }],
  ])('is set aside, listed and takes nothing down when it %s', async (_, damage) => {
    await enqueued('damaged', 'fine');
    await rows().updateOne({ _id: 'damaged' }, damage);

    expect(await claimedIds(0)).toEqual(['fine']);

    const { items } = await createOutboxOperations(connection).aside({ limit: 10 });
    expect(items).toMatchObject([{ id: 'damaged', state: 'dead', outcome: 'unreadable' }]);
  });

  it('is left alone when a newer version wrote it, and not looked at again and again', async () => {
    await enqueued('newer', 'fine');
    await rows().updateOne({ _id: 'newer' }, { $set: { format: 2 } });

    expect(await claimedIds(0)).toEqual(['fine']);
    expect(await claimedIds(1)).toEqual([]);

    expect(await rows().findOne({ _id: 'newer' })).toMatchObject({ state: 'queued', tries: 0, format: 2 });
    const lanes = await createOutboxOperations(connection).lanes({ limit: 5, ...timeAt(1) });
    expect(lanes).toMatchObject([
      { lane: 'web:demo:newer', pausedUntil: new Date(START.getTime() + MINUTE_MS) },
    ]);
  });
});

const OTHER_STATES = 3_000;

/** Rows that must cost a claim nothing: done, set aside, due later, of logins that are away. */
function idleRows(): OutboxDocument[] {
  const base = { to: group('x'), body: { text: 't' }, tries: 0, partsSent: 0, triedAts: [], seq: 1 } as const;
  return Array.from({ length: OTHER_STATES }, (_, index) => {
    const states = [
      { state: 'sent', doneAt: new Date(Date.now()), sender: 'web:demo' },
      { state: 'held', asideAt: START, sender: 'web:demo' },
      { state: 'queued', dueAt: new Date(START.getTime() + MINUTE_MS), sender: 'web:demo' },
      { state: 'queued', sender: 'web:away' },
    ] as const;
    const one = states[index % states.length] ?? states[0];
    return {
      _id: `idle${index}`,
      ...base,
      lane: `idle${index}`,
      partition: index % 8,
      rank: 2,
      dueAt: START,
      whenUncertain: 'hold' as const,
      mayAlreadyBeSent: false,
      createdAt: START,
      placeId: `p${index % 10}`,
      ...one,
    };
  });
}

interface Looked {
  readonly command: string;
  readonly keys: number;
  readonly documents: number;
}

/** What the database looks at while `work` runs, by its profiler. */
async function lookedAt(work: () => Promise<unknown>): Promise<readonly Looked[]> {
  await db.command({ profile: 2, filter: { ns: `${db.databaseName}.outbox` } });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const entries = await db.collection('system.profile').find().toArray();
  await db.dropCollection('system.profile');
  return entries.map((one) => ({
    command: String(one['op']),
    keys: Number(one['keysExamined'] ?? 0),
    documents: Number(one['docsExamined'] ?? 0),
  }));
}

describe('rows that are done, parked or set aside', () => {
  beforeEach(async () => {
    await rows().insertMany(idleRows());
    await enqueued('a', 'b', 'c');
  });

  it('cost a claim and its settling nothing', async () => {
    const looked = await lookedAt(async () => {
      const claims = await store().claimBatch(claimAt(0));
      await store().settleMany(
        claims.map((claim) => ({ claim, outcome: { status: 'delivered' } })),
        timeAt(0),
      );
      expect(claims).toHaveLength(3);
    });

    expect(looked.length).toBeGreaterThan(3);
    for (const { keys, documents } of looked) {
      expect(keys).toBeLessThan(100);
      expect(documents).toBeLessThan(20);
    }
  });

  it('cost an idle look nothing', async () => {
    await rows().deleteMany({ _id: { $in: ['a', 'b', 'c'] } });
    const looked = await lookedAt(() => store().claimBatch(claimAt(0)));
    expect(looked).toHaveLength(1);
    expect(looked[0]?.keys).toBeLessThan(100);
    expect(looked[0]?.documents).toBe(0);
  });

  it('are listed for operators by an index, a page at a time', async () => {
    const operations = createOutboxOperations(connection);
    const looked = await lookedAt(async () => {
      expect((await operations.aside({ placeIds: ['p1', 'p3'], limit: 10 })).items).toHaveLength(10);
      expect((await operations.aside({ limit: 10 })).items).toHaveLength(10);
    });
    for (const { keys, documents } of looked) {
      expect(keys).toBeLessThan(50);
      expect(documents).toBeLessThanOrEqual(22);
    }
  });

  it('are counted and summed up without reading a row', async () => {
    const operations = createOutboxOperations(connection);
    const looked = await lookedAt(async () => {
      const quarter = OTHER_STATES / 4;
      expect(await operations.senders(timeAt(0))).toMatchObject([
        { sender: 'web:away', queued: quarter, due: quarter },
        { sender: 'web:demo', queued: quarter + 3, due: 3 },
      ]);
      expect(await operations.lanes({ limit: 3, ...timeAt(0) })).toHaveLength(3);
    });
    for (const { documents } of looked) expect(documents).toBe(0);
  });
});
