import fc from 'fast-check';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConflictError } from '#core/errors';
import { CODE_TRIES, type VotingCode } from '#core/voting-code';
import { modelOf } from '#models/collection';
import { createVotingCodeStore, votingCodesCollection } from '#models/voting-codes';
import { createWriteRunner } from '#models/write-batch';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';
import { propertyRuns } from '#test/support/property-runs';

let database: TestDatabase;
let connection: Connection;
let codes: ReturnType<typeof createVotingCodeStore>;
beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
  await modelOf(connection, votingCodesCollection).createCollection();
  codes = createVotingCodeStore(connection);
});
beforeEach(async () => {
  await database.db.collection('votingCodes').deleteMany({});
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const NOW = new Date('2026-12-13T02:00:00Z');
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

function code(hash: string, fields: Partial<VotingCode> = {}): VotingCode {
  const time = { issuedAt: NOW, expiresAt: minutes(10), recent: [NOW] };
  return { pollId: 'poll:1', personId: 'zhang', hash, ...time, revision: 0, ...fields };
}

async function keep(one: VotingCode, revision = 0): Promise<void> {
  const session = await connection.startSession();
  const runner = createWriteRunner(connection);
  await session.withTransaction(() => runner.inTransaction([codes.save(one, revision)], session));
  await session.endSession();
}

const attempt = (hash: string, fields = {}) =>
  codes.redeem({ pollId: 'poll:1', personId: 'zhang', hash, now: NOW, ...fields });

describe('a voting code', () => {
  it('opens once', async () => {
    await keep(code('right'));
    expect([await attempt('right'), await attempt('right')]).toEqual([true, false]);
  });

  it('opens once, however many say it at the same time', async () => {
    await keep(code('right'));
    const all = await Promise.all(Array.from({ length: 4 }, () => attempt('right')));
    expect(all.filter(Boolean)).toEqual([true]);
  });

  it('opens nothing for another person or another poll, and those tries are not its own', async () => {
    await keep(code('right'));
    for (let tries = 0; tries < 2 * CODE_TRIES; tries += 1) {
      expect(await attempt('right', { personId: 'li' })).toBe(false);
      expect(await attempt('right', { pollId: 'poll:2' })).toBe(false);
    }
    expect(await attempt('right')).toBe(true);
  });

  it('is over at its very end', async () => {
    await keep(code('right'));
    expect(await attempt('right', { now: minutes(10) })).toBe(false);
    expect(await attempt('right', { now: new Date(minutes(10).getTime() - 1) })).toBe(true);
  });

  it('is worth nothing after five wrong ones, also made side by side', async () => {
    await keep(code('right'));
    const wrong = await Promise.all(Array.from({ length: 40 }, (_, index) => attempt(`wrong${index}`)));
    expect(wrong.some(Boolean)).toBe(false);
    expect(await attempt('right')).toBe(false);
  });

  it('lets a crowd of guesses made side by side try no more than five', async () => {
    await keep(code('guess37'));
    await Promise.all(Array.from({ length: 60 }, (_, index) => attempt(`guess${index}`)));
    const kept = await database.db.collection('votingCodes').findOne({});
    expect(kept?.['tries']).toBe(CODE_TRIES);
  });

  it('goes with the next one, which has its own tries', async () => {
    await keep(code('first'));
    for (let tries = 0; tries < CODE_TRIES; tries += 1) await attempt('wrong');
    await keep(code('second'), 1);
    expect([await attempt('first'), await attempt('second')]).toEqual([false, true]);
    expect(await codes.latest('poll:1', 'zhang')).toEqual(code('second', { revision: 2 }));
  });

  it('is kept by one of two who make one at the same time', async () => {
    await keep(code('first'));
    await keep(code('mine'), 1);
    await expect(keep(code('yours'), 1)).rejects.toBeInstanceOf(ConflictError);
    expect(await attempt('mine')).toBe(true);
  });

  it('opens exactly as a slow and careful reader of the rules would say', async () => {
    const step = fc.record({
      minute: fc.integer({ min: 0, max: 14 }),
      says: fc.constantFrom('right', 'wrong'),
      as: fc.constantFrom('zhang', 'zhang', 'zhang', 'li'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 9 }), async (steps) => {
        await database.db.collection('votingCodes').deleteMany({});
        await keep(code('right'));
        let tries = 0;
        let isUsed: boolean = false;
        for (const { minute, says, as } of steps) {
          const isOpen: boolean = as === 'zhang' && minute < 10 && tries < CODE_TRIES && !isUsed;
          const opens: boolean = isOpen && says === 'right';
          if (isOpen) tries += 1;
          if (opens) isUsed = true;
          expect(await attempt(says, { personId: as, now: minutes(minute) })).toBe(opens);
        }
      }),
      { numRuns: propertyRuns(40) },
    );
  });
});
