import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { buildApp } from '#src/app';
import { prepareDemo } from '#src/app/demo';
import { parseConfig } from '#src/config';
import { connectDatabase } from '#src/database/connection';
import { createLog } from '#src/log';
import { boundNote } from './bounds.ts';
import type { TableRow } from './figures.ts';
import type { Bench } from './report.ts';

const INSTANCES = 3;
const MOST_OPERATIONS = 3;
/** Leases are shared out and the demo's first jobs done by then. */
const SETTLE_MS = 15_000;
const MEASURE_MS = 60_000;
const SMALL_SHARE = 3;

/** What three programs ask of the database while nobody says anything. */
export const idle: Bench = {
  name: 'idle',
  about: 'operations of three idle instances on one database, by who asks (75 seconds)',
  onRequest: true,
  async run({ mongodbUri, small = false }) {
    const measureMs = small ? MEASURE_MS / SMALL_SHARE : MEASURE_MS;
    const { asked, counted } = await inIdleTown(mongodbUri, measureMs);
    const perSecond = (count: number) => (count * 1_000) / measureMs;
    const total = perSecond([...asked.values()].reduce((sum, count) => sum + count, 0));
    const byServer = perSecond(counted);
    const figures = { idleOperationsPerSecond: total, idleServerOperationsPerSecond: byServer };
    const rows: TableRow[] = [
      { what: `${INSTANCES} idle instances`, value: total, unit: 'operations/s' },
      ...[...asked]
        .sort(([, one], [, other]) => other - one)
        .map(([what, count]) => ({ what: `  ${what}`, value: perSecond(count), unit: '/s' })),
      {
        what: 'by the server’s own counters',
        value: byServer,
        unit: 'operations/s',
        note: boundNote(byServer, { atMost: MOST_OPERATIONS }),
      },
    ];
    const notes = [
      `Counted for ${measureMs / 1_000} s in demo mode with all roles, each instance with a connection of its own.`,
      'The server also counts what the driver asks to see whether it is alive, and its own background work.',
    ];
    return { bench: 'idle', title: 'What idleness costs', figures, ratios: {}, rows, notes };
  },
};

interface Idleness {
  /** How often each command was asked of each collection. */
  readonly asked: ReadonlyMap<string, number>;
  readonly counted: number;
}

interface Instance {
  readonly connection: Connection;
  end(): Promise<void>;
}

async function inIdleTown(mongodbUri: string, measureMs: number): Promise<Idleness> {
  const uri = new URL(mongodbUri);
  uri.pathname = `/yishi_bench_${randomBytes(4).toString('hex')}`;
  const instances: Instance[] = [];
  const asked = new Map<string, number>();
  const count = (what: string) => void asked.set(what, (asked.get(what) ?? 0) + 1);
  // By a connection that is there anyway: one more would be counted with them.
  const counters = () => operationsOf(instances[0]?.connection);
  try {
    for (let index = 0; index < INSTANCES; index += 1) instances.push(await startInstance(uri.href, count));
    await wait(SETTLE_MS);
    const before = await counters();
    asked.clear();
    await wait(measureMs);
    const seen = new Map(asked);
    // The question itself is one.
    return { asked: seen, counted: (await counters()) - before - 1 };
  } finally {
    for (const { end } of instances) await end();
    await drop(uri.href);
  }
}

async function drop(uri: string): Promise<void> {
  const connection = await connectDatabase({ uri });
  await connection.dropDatabase();
  await connection.close();
}

async function startInstance(uri: string, count: (what: string) => void): Promise<Instance> {
  const dataDir = await mkdtemp(join(tmpdir(), 'yishi-bench-'));
  const connection = await connectDatabase({ uri, monitorCommands: true });
  connection
    .getClient()
    .on('commandStarted', ({ commandName, command }) => count(labelOf(commandName, command)));
  const config = parseConfig({ PORT: '0', DATA_DIR: dataDir, MONGODB_URI: uri, LOG_LEVEL: 'error' });
  const app = await buildApp(config, {
    connection,
    log: createLog('error'),
    channels: [],
    rootDir: dirname(import.meta.dirname),
    sessionSecret: randomBytes(32).toString('hex'),
    consoleLinks: () => [],
  });
  await app.start(async (baseUrl) => void (await prepareDemo(app, { config, baseUrl, connection })));
  return {
    connection,
    async end() {
      await app.stop();
      await connection.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** `find inbox`; a cursor's next batch names its collection in a field of its own. */
function labelOf(name: string, command: Readonly<Record<string, unknown>>): string {
  const collection = name === 'getMore' ? command['collection'] : command[name];
  return typeof collection === 'string' ? `${name} ${collection}` : name;
}

async function operationsOf(connection: Connection | undefined): Promise<number> {
  const status = await connection?.getClient().db('admin').command({ serverStatus: 1 });
  const counters = status?.['opcounters'] as Readonly<Record<string, unknown>>;
  return ['insert', 'query', 'update', 'delete', 'getmore', 'command'].reduce(
    (sum, name) => sum + Number(counters[name] ?? 0),
    0,
  );
}
