import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Write } from '#core/decision';
import { createDeadlineStore } from '#models/deadlines';
import { latestWins } from '#models/latest-wins';
import { collections } from '#models/registry';
import { createWriteRunner } from '#models/write-batch';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { NOON } from '#test/support/inbound';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, collections);
const { db } = database;
const { together, inTransaction } = createWriteRunner(connection);
const later = (ms: number) => new Date(NOON.getTime() + ms);

/** Fails when it is carried out: there is no number in an id. */
const IMPOSSIBLE = [{ $set: { step: { $toInt: '$_id' } } }];

beforeEach(() => database.empty());
afterAll(async () => {
  await connection.close();
  await database.close();
});

interface Said {
  readonly who: string;
  readonly ms: number;
  readonly id: string;
}

const documentOf = ({ who, ms, id }: Said) => ({
  _id: `meeting|${who}`,
  meetingId: 'meeting',
  sentAt: later(ms),
  messageId: id,
});
const response = (said: Said): Write => latestWins('responses', documentOf(said));
const owned = (...writes: readonly Write[]) => writes.map((write, owner) => ({ owner, write }));

async function standing(): Promise<Record<string, string>> {
  const rows = await db.collection<{ _id: string; messageId: string }>('responses').find().toArray();
  return Object.fromEntries(rows.map(({ _id, messageId }) => [_id.slice('meeting|'.length), messageId]));
}

describe('documents that are inserted or updated', () => {
  it('are inserted where there is none, and stand by their own rule where there is one', async () => {
    await together(
      owned(response({ who: 'a', ms: 5, id: 'a-old' }), response({ who: 'b', ms: 5, id: 'b-new' })),
    );

    const failed = await together(
      owned(
        response({ who: 'a', ms: 9, id: 'a-new' }),
        response({ who: 'b', ms: 1, id: 'b-late' }),
        response({ who: 'c', ms: 2, id: 'c-2' }),
        response({ who: 'c', ms: 3, id: 'c-3' }),
        response({ who: 'c', ms: 1, id: 'c-1' }),
      ),
    );

    expect([failed.size, await standing()]).toEqual([0, { a: 'a-new', b: 'b-new', c: 'c-3' }]);
  });

  it('end the same in whatever batches and order they come, however often', async () => {
    const said = fc.record({
      who: fc.constantFrom('a', 'b', 'c'),
      ms: fc.nat(3),
      id: fc.constantFrom('$m1', 'm2', 'm3'),
    });
    const batches = fc.array(fc.array(said, { maxLength: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (given, repeats) => {
        await db.collection('responses').deleteMany({});
        for (const batch of repeats ? [...given, ...given] : given)
          await together(owned(...batch.map(response)));
        expect(await standing()).toEqual(lastOfEach(given.flat()));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same in a transaction', async () => {
    await connection.transaction(async (session) => {
      await inTransaction(
        [response({ who: 'a', ms: 5, id: 'new' }), response({ who: 'a', ms: 1, id: 'old' })],
        session,
      );
    });

    expect(await standing()).toEqual({ a: 'new' });
  });

  it('that the database refuses fail alone', async () => {
    const document = documentOf({ who: 'refused', ms: 1, id: 'm' });
    const refused: Write = {
      kind: 'insertOrUpdate',
      collection: 'responses',
      document: { ...document, _id: [document._id] as unknown as string },
      update: IMPOSSIBLE,
    };

    const failed = await together(
      owned(response({ who: 'a', ms: 1, id: 'm' }), refused, response({ who: 'b', ms: 1, id: 'm' })),
    );

    expect([[...failed.keys()], await standing()]).toEqual([[1], { a: 'm', b: 'm' }]);
  });
});

function lastOfEach(all: readonly Said[]): Record<string, string> {
  const inOrder = [...all].sort((a, b) => a.ms - b.ms || (a.id < b.id ? -1 : 1));
  return Object.fromEntries(inOrder.map(({ who, id }) => [who, id]));
}

describe('writes of which the first suffices', () => {
  const deadlines = createDeadlineStore(connection);
  const look = (subjectId: string, ms: number): Write =>
    deadlines.setOnce({
      id: `look:${subjectId}`,
      kind: 'poll.gather',
      placeId: 'p',
      subjectId,
      dueAt: later(ms),
      step: 0,
    });

  it('are written once, the first of each id', async () => {
    await together(owned(look('a', 1), look('b', 2), look('a', 3)));

    const rows = await db
      .collection<{ subjectId: string; dueAt: Date }>('deadlines')
      .find()
      .sort({ _id: 1 })
      .toArray();
    expect(rows.map(({ subjectId, dueAt }) => [subjectId, dueAt])).toEqual([
      ['a', later(1)],
      ['b', later(2)],
    ]);
  });

  it('fail for everybody who asked for them', async () => {
    const broken = { ...look('a', 1), update: IMPOSSIBLE } as Write;

    const failed = await together(owned(broken, look('a', 2), look('b', 3)));

    expect([...failed.keys()]).toEqual([0, 1]);
    expect(await db.collection('deadlines').countDocuments()).toBe(1);
  });
});
