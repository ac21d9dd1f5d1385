import type { Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#core/clock';
import type { InboundMessage } from '#core/message';
import { inboxIdOf } from '#models/inbox';
import { createInboxStore } from '#models/inbox-store';
import { collections } from '#models/registry';
import { createDemoOffset } from '#models/settings';
import { watchChanges } from '#src/app/changes';
import { createEngine, type Engine } from '#src/app/engine';
import { createFeatures } from '#src/app/features';
import { createTelling } from '#src/app/metrics';
import { createStores } from '#src/app/stores';
import type { ChangeHint } from '#src/app/wake-up';
import { createChance } from '#src/database/chance';
import { createDatabaseClock, type DatabaseClock } from '#src/database/clock';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createLog } from '#src/log';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { inbound } from '#test/support/inbound';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

/** The longest that anything waits without a hint. */
const SAFETY_MS = 2_000;
/** A worker that sleeps longer than this knows that nothing waits. */
const QUIET_MS = 30_000;
const EVENTUALLY = { timeout: 20_000, interval: 20 };

let database: TestDatabase;
let ours: Connection;
let theirs: Connection;
let time: DatabaseClock;
/** Sleeps of the engine end only when a test says so. */
let sleeps: FakeClock;
let engine: Engine;

beforeAll(async () => {
  database = await connectTestDatabase();
  [ours, theirs] = [
    await connectDatabase({ uri: database.uri }),
    await connectDatabase({ uri: database.uri }),
  ];
  await ensureIndexes(ours, collections);
  time = await createDatabaseClock({ connection: ours, demoOffset: createDemoOffset(ours) });
});

afterAll(async () => {
  time.stop();
  await Promise.all([ours.close(), theirs.close()]);
  await database.close();
});

beforeEach(async () => {
  await database.empty();
  sleeps = createFakeClock();
  engine = buildEngine();
  await engine.start();
  await expect.poll(fallAsleep, EVENTUALLY).toBe(true);
});

afterEach(async () => {
  await engine.stop();
});

/** The rounds of the leases, the inbox, the schedule and the upkeep sleep, and nothing is under way. */
function allSleep(): boolean {
  return sleeps.sleeping().length === 4;
}

/** The upkeep sleeps no longer than until its next slot, at seventeen minutes past. */
function longSleepers(): number {
  const untilSlotMs = HOUR_MS - ((time.now().getTime() - 17 * MINUTE_MS) % HOUR_MS);
  return untilSlotMs > QUIET_MS ? 3 : 2;
}

/** Moves the time on until all workers know that nothing waits. */
function fallAsleep(): boolean {
  const areQuiet = sleeps.sleeping().filter((ms) => ms > QUIET_MS).length >= longSleepers();
  if (!areQuiet && allSleep()) sleeps.advance(250);
  return areQuiet && allSleep();
}

function buildEngine(): Engine {
  const chance = createChance();
  const stores = createStores(ours, chance);
  const features = createFeatures({
    stores,
    chance,
    channelFacts: () => undefined,
    graceMs: 0,
    votePages: { key: 'a key of tests', url: () => undefined },
    consoleUrl: (path) => `http://127.0.0.1${path}`,
  });
  const clock: DatabaseClock = {
    ...time,
    get offsetMs() {
      return time.offsetMs;
    },
    sleep: (ms, signal) => sleeps.sleep(ms, signal),
  };
  const telling = createTelling(createLog('fatal'));
  const monotonicMs = () => sleeps.now().getTime();
  const work = ['inbox', 'schedule'] as const;
  return createEngine({
    connection: ours,
    stores,
    features,
    channels: [],
    clock,
    chance,
    telling,
    botName: '议事助手',
    work,
    monotonicMs,
  });
}

/** As another process keeps it, which does not wake ours. */
async function theyKeep(message: InboundMessage): Promise<void> {
  await createInboxStore(theirs).record(message, time.now());
}

async function stateOf(message: InboundMessage): Promise<unknown> {
  return (
    await database.db.collection<{ _id: string; state: string }>('inbox').findOne({ _id: inboxIdOf(message) })
  )?.['state'];
}

/** A stream that is known to hear: it has told of a change. */
async function openStream(onChange: (hint: ChangeHint) => void) {
  const heard: ChangeHint[] = [];
  // A clock of its own: its pause is not to be mistaken for one of the engine's.
  const pause = createFakeClock();
  const stream = watchChanges({
    connection: ours,
    clock: pause,
    onBroken: () => undefined,
    onChange: (hint) => {
      heard.push(hint);
      onChange(hint);
    },
  });
  await expect.poll(() => touched(heard), EVENTUALLY).toBe(true);
  return { stream, heard, pause };
}

async function touched(heard: readonly ChangeHint[]): Promise<boolean> {
  const notices = database.db.collection<{ _id: string }>('notices');
  await notices.updateOne({ _id: 'touch' }, { $inc: { revision: 1 } }, { upsert: true });
  return heard.some(({ collection }) => collection === 'notices');
}

describe('a message that another process kept', () => {
  it('is decided by the hint while every timer stands still', async () => {
    const { stream } = await openStream((hint) => engine.heard(hint));
    const message = inbound('反映 三号楼漏水', { sentAt: time.now() });
    await theyKeep(message);
    await expect.poll(() => stateOf(message), EVENTUALLY).toBe('done');
    await stream.close();
  });

  it('is decided within two seconds when no hint comes', async () => {
    const message = inbound('反映 五号楼漏水', { sentAt: time.now() });
    await theyKeep(message);
    expect(await stateOf(message)).toBe('new');
    sleeps.advance(SAFETY_MS);
    await expect.poll(() => stateOf(message), EVENTUALLY).toBe('done');
  });
});

describe('a clock that another process moved', () => {
  it('is followed within two seconds when no hint comes', async () => {
    const before = time.offsetMs;
    await createDemoOffset(theirs).add(before + 3_600_000);
    sleeps.advance(SAFETY_MS);
    await expect.poll(() => time.offsetMs, EVENTUALLY).toBe(before + 3_600_000);
  });
});

/** Ends the cursor of our stream within the server, while it waits there for changes. */
async function killStream(): Promise<void> {
  const admin = ours.getClient().db('admin');
  const awaited = { op: 'getmore', ns: `${ours.name}.$cmd` };
  const local = { readConcern: { level: 'local' } } as const;
  const operations = () =>
    admin.aggregate<{ opid: number }>([{ $currentOp: {} }, { $match: awaited }], local);
  let opid: number | undefined;
  await expect.poll(async () => (opid = (await operations().next())?.opid), EVENTUALLY).toBeDefined();
  await admin.command({ killOp: 1, op: opid });
}

describe('the change stream', () => {
  it('may be killed: no hint comes, the next look finds the work, and it tells again', async () => {
    const { stream, heard, pause } = await openStream((hint) => engine.heard(hint));
    await killStream();
    // It waits to be opened again, and nobody listens meanwhile.
    await expect.poll(() => pause.sleeping(), EVENTUALLY).toEqual([1_000]);
    const unheard = inbound('反映 六号楼漏水', { sentAt: time.now() });
    await theyKeep(unheard);
    expect(await stateOf(unheard)).toBe('new');
    sleeps.advance(SAFETY_MS);
    await expect.poll(() => stateOf(unheard), EVENTUALLY).toBe('done');
    expect(heard.map(({ collection }) => collection)).not.toContain('inbox');
    heard.length = 0;
    pause.advance(1_000);
    await expect.poll(() => touched(heard), EVENTUALLY).toBe(true);
    await expect.poll(fallAsleep, EVENTUALLY).toBe(true);
    const message = inbound('反映 七号楼漏水', { sentAt: time.now() });
    await theyKeep(message);
    await expect.poll(() => stateOf(message), EVENTUALLY).toBe('done');
    await stream.close();
  });

  it('tells again after its history was lost', async () => {
    const { stream, heard, pause } = await openStream(() => undefined);
    // A dropped database ends every stream on it for good: it cannot be resumed.
    await database.db.dropDatabase();
    await expect.poll(() => pause.sleeping(), EVENTUALLY).toEqual([1_000]);
    heard.length = 0;
    pause.advance(1_000);
    await expect.poll(() => touched(heard), EVENTUALLY).toBe(true);
    await stream.close();
    await ensureIndexes(ours, collections);
  });
});
