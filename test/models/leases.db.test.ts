import mongoose, { type Connection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEASE_PARTITIONS, type LeaseKind, type PartitionLeases } from '#core/leases';
import { TransientError } from '#core/errors';
import { isPassing } from '#models/driver-error';
import { createPartitionLeases, leasesCollection } from '#models/leases';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createFakeClock, type FakeClock } from '#test/support/fake-clock';
import { connectTestDatabase, type TestDatabase } from '#test/support/mongo';

const KINDS: readonly LeaseKind[] = ['inbox', 'outbox', 'schedule'];
const LEASE_MS = 60_000;
const ROUND_MS = 1_000;

interface Instance {
  readonly leases: PartitionLeases;
  readonly clock: FakeClock;
  /** Lets the instance play its next round and waits for its end. */
  round(): Promise<void>;
}

let database: TestDatabase;
let connection: Connection;
let started: Instance[];

beforeAll(async () => {
  database = await connectTestDatabase();
  connection = await connectDatabase({ uri: database.uri });
  await ensureIndexes(connection, [leasesCollection]);
});

afterAll(async () => {
  await connection.close();
  await database.close();
});

beforeEach(async () => {
  await database.empty();
  started = [];
});

afterEach(async () => {
  await Promise.all(started.map(({ leases }) => leases.stop()));
});

function createInstance(instanceId: string, kinds: readonly LeaseKind[], on: Connection): Instance {
  const clock = createFakeClock();
  let playedAsleep: () => void = () => undefined;
  const sleeping = {
    sleep(ms: number, signal?: AbortSignal) {
      playedAsleep();
      return clock.sleep(ms, signal);
    },
  };
  const monotonicMs = () => clock.now().getTime();
  const options = { connection: on, instanceId, clock: sleeping, monotonicMs, kinds };
  const leases = createPartitionLeases({ ...options, leaseMs: LEASE_MS, roundMs: ROUND_MS });
  const round = async () => {
    const played = new Promise<void>((resolve) => (playedAsleep = resolve));
    clock.advance(ROUND_MS);
    await played;
  };
  return { leases, clock, round };
}

async function startInstance(instanceId: string, kinds: readonly LeaseKind[] = KINDS): Promise<Instance> {
  const instance = createInstance(instanceId, kinds, connection);
  await instance.leases.start();
  started.push(instance);
  return instance;
}

/** What a killed instance leaves: its leases run out by the database's time, and it never says goodbye. */
async function runOut(instanceId: string): Promise<void> {
  const gone = { $set: { until: new Date(0) } };
  await database.db.collection('leases').updateMany({ holder: instanceId }, gone);
}

describe('partition leases', () => {
  it('give a single instance everything at once', async () => {
    const { leases } = await startInstance('a');
    for (const kind of KINDS) expect(leases.owned(kind)).toHaveLength(LEASE_PARTITIONS[kind]);
  });

  it('are shared fairly between instances, each partition with one of them', async () => {
    const instances = [await startInstance('a'), await startInstance('b'), await startInstance('c')];
    for (let round = 0; round < 4; round += 1) for (const instance of instances) await instance.round();
    const owned = instances.map(({ leases }) => leases.owned('inbox'));
    expect(owned.map((partitions) => partitions.length).sort()).toEqual([4, 6, 6]);
    expect(new Set(owned.flat()).size).toBe(16);
    expect(instances.flatMap(({ leases }) => leases.owned('schedule'))).toHaveLength(1);
  });

  it('go to one each when several instances start at the same moment', async () => {
    const instances = await Promise.all(['a', 'b', 'c'].map((id) => startInstance(id)));
    const owned = instances.flatMap(({ leases }) => leases.owned('inbox'));
    expect(new Set(owned).size).toBe(owned.length);
  });

  it('are shared only between those that do this kind of work', async () => {
    const deciding = await startInstance('a', ['inbox', 'schedule']);
    const sending = await startInstance('b', ['outbox']);
    const pages = await startInstance('c', []);
    for (const instance of [deciding, sending, pages]) await instance.round();
    expect(deciding.leases.owned('inbox')).toHaveLength(LEASE_PARTITIONS.inbox);
    expect(deciding.leases.owned('schedule')).toHaveLength(1);
    expect(sending.leases.owned('outbox')).toHaveLength(LEASE_PARTITIONS.outbox);
    expect(pages.leases.owned('inbox')).toEqual([]);
  });

  it('never name two owners of a partition while instances come and go', async () => {
    const instances = [await startInstance('a')];
    for (const id of ['b', 'c']) {
      instances.push(await startInstance(id));
      for (let round = 0; round < 3; round += 1) {
        for (const instance of instances) {
          await instance.round();
          const owned = instances.flatMap(({ leases }) => leases.owned('outbox'));
          expect(new Set(owned).size).toBe(owned.length);
        }
      }
    }
  });

  it('are trusted only until a local deadline', async () => {
    const { leases, clock } = await startInstance('a');
    await connection.collection('leases').updateMany({}, { $set: { holder: 'nobody' } });
    clock.set(new Date(clock.now().getTime() + ROUND_MS - 1));
    expect(leases.owned('outbox')).toHaveLength(8);
    clock.set(new Date(clock.now().getTime() + LEASE_MS));
    expect(leases.owned('outbox')).toEqual([]);
  });

  it('pass to another instance when the holder was killed, and do not come back to it', async () => {
    const killed = await startInstance('a');
    const other = await startInstance('b');
    await runOut('a');
    await other.round();
    expect(other.leases.owned('outbox')).toHaveLength(8);
    const terms = await database.db.collection('leases').distinct('term', { kind: 'outbox' });
    expect(terms).toContain(2);
    await killed.round();
    const both = [...killed.leases.owned('outbox'), ...other.leases.owned('outbox')];
    expect(new Set(both).size).toBe(both.length);
  });

  it('are given back at once when an instance stops', async () => {
    const leaving = await startInstance('a');
    const staying = await startInstance('b');
    await leaving.leases.stop();
    await staying.round();
    expect(staying.leases.owned('inbox')).toHaveLength(16);
  });

  it('ask to be tried again when no majority confirms them at the start', async () => {
    // A set of one member never has two.
    const options = { writeConcern: { w: 2 }, autoCreate: false, autoIndex: false };
    const lonely = await mongoose.createConnection(database.uri, options).asPromise();
    const { leases } = createInstance('a', KINDS, lonely);
    await expect(leases.start()).rejects.toThrow(TransientError);
    await lonely.close();
  });

  it('are known to pass when a single write is not confirmed', async () => {
    const rows = connection.getClient().db(database.dbName).collection('leases');
    const write = rows.updateOne(
      { holder: 'a' },
      { $set: { holder: 'a' } },
      { writeConcern: { w: 2 }, upsert: true },
    );
    await expect(write.catch((error: unknown) => isPassing(error))).resolves.toBe(true);
  });
});
