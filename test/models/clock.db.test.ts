import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, SECOND_MS } from '#core/clock';
import { createDemoOffset } from '#models/settings';
import { createChance } from '#src/database/chance';
import { createDatabaseClock, type DatabaseClock } from '#src/database/clock';
import { connectDatabase } from '#src/database/connection';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

let database: TestDatabase;
let connection: Connection;
let clocks: DatabaseClock[];

beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await connectDatabase({ uri: database.uri });
});

afterAll(async () => {
  await connection.close();
  await database.close();
});

beforeEach(async () => {
  await database.empty();
  clocks = [];
});

afterEach(() => {
  for (const clock of clocks) clock.stop();
});

async function start(isDemo = true): Promise<DatabaseClock> {
  const demoOffset = createDemoOffset(connection);
  const clock = await createDatabaseClock({ connection, ...(isDemo && { demoOffset }) });
  clocks.push(clock);
  return clock;
}

async function databaseNowMs(): Promise<number> {
  const { localTime } = await database.db.admin().command({ hello: 1 });
  return (localTime as Date).getTime();
}

describe('the clock', () => {
  it('agrees with the database', async () => {
    const clock = await start();
    const aheadMs = clock.realNow().getTime() - (await databaseNowMs());
    expect(Math.abs(aheadMs)).toBeLessThan(SECOND_MS);
  });

  it('jumps at once where it is moved, and the real time does not', async () => {
    const clock = await start();
    let jumps = 0;
    clock.onJump(() => (jumps += 1));
    const before = clock.now().getTime();
    const after = await clock.advance(DAY_MS / SECOND_MS);
    expect(after.getTime()).toBeGreaterThanOrEqual(before + DAY_MS);
    expect(clock.realNow().getTime()).toBeLessThan(before + DAY_MS / 2);
    expect(jumps).toBe(1);
  });

  it('keeps its place over a restart and tells other instances', async () => {
    const [moved, other] = [await start(), await start()];
    await moved.advance(3_600);
    await moved.advance(3_600);
    await other.sync();
    const restarted = await start();
    expect([moved.offsetMs, other.offsetMs, restarted.offsetMs]).toEqual([7_200_000, 7_200_000, 7_200_000]);
  });

  it('never goes back', async () => {
    const clock = await start();
    await clock.advance(100);
    await database.empty();
    const before = clock.now();
    await clock.sync();
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(before.getTime());
    await expect(clock.advance(-1)).rejects.toThrow(RangeError);
  });

  it('cannot be moved outside a demo, whatever the database says', async () => {
    await createDemoOffset(connection).add(DAY_MS);
    const clock = await start(false);
    expect(Math.abs(clock.now().getTime() - (await databaseNowMs()))).toBeLessThan(SECOND_MS);
    await expect(clock.advance(1)).rejects.toThrow(/demo/);
  });

  it('ends a sleep when its signal aborts', async () => {
    const clock = await start();
    const abort = new AbortController();
    const sleep = clock.sleep(60_000, abort.signal);
    abort.abort();
    await expect(sleep).resolves.toBeUndefined();
    await expect(clock.sleep(60_000, abort.signal)).resolves.toBeUndefined();
  });
});

describe('chance', () => {
  it('makes codes of unambiguous characters, ids that differ and fractions below one', () => {
    const chance = createChance();
    expect(chance.code(200)).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{200}$/);
    expect(new Set(Array.from({ length: 100 }, () => chance.id())).size).toBe(100);
    for (let index = 0; index < 100; index += 1) expect(chance.fraction()).toBeLessThan(1);
  });
});
