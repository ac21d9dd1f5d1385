/**
 * The one place that provides MongoDB to `npm start`, `npm test` and the benches: the replica set that was named, or
 * an embedded, persistent one of a single node for trial and tests.
 */
import path from 'node:path';
import { MongoMemoryReplSet, MongoMemoryServer } from 'mongodb-memory-server-core';
import { MongoClient } from 'mongodb';
import { chooseBinary, type MongoBinary } from './binary-source.ts';
import { makePlaces, type Places } from './places.ts';
import { endProcess, isStillRunning, knowMyself, knowProcess } from './processes.ts';
import { withLock } from './lock.ts';
import { listSources, MONGODB_VERSION, type SourceOptions } from './sources.ts';
import { choosePort, type MongoState, readState, writeState } from './state.ts';
import { makeTestFolder, removeTestFolder } from './test-folders.ts';

const REPLICA_SET = 'yishi';
const LAUNCH_TIMEOUT_MS = 60_000;

/** A replica set somebody else runs. */
interface GivenMongo {
  readonly kind: 'given';
  readonly uri: string;
  /** One line for the operator. */
  readonly description: string;
  /** Leaves it alone. */
  stop(): Promise<void>;
}

interface EmbeddedMongo {
  readonly kind: 'embedded';
  /** Names the database `yishi`. */
  readonly uri: string;
  /** One line for the operator. */
  readonly description: string;
  /** Resolves when the database has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Shuts the database down cleanly. May be called more than once. */
  stop(): Promise<void>;
}

export type ProvidedMongo = GivenMongo | EmbeddedMongo;

export interface MongoWishes {
  /** The embedded database is kept in `mongodb/` below this folder. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** Memory for the embedded database's cache. */
  readonly cacheGb?: number;
}

/**
 * Uses `MONGODB_URI` when it is set, else starts the embedded database and waits until it takes writes.
 * @throws NoMongoBinaryError when no mongod can be found or fetched
 * @throws Error when another program is using this data folder, or mongod does not start
 */
export async function provideMongo(wishes: MongoWishes): Promise<ProvidedMongo> {
  const given = process.env.MONGODB_URI;
  return given ? useGiven(given) : startEmbedded(wishes);
}

/** An empty embedded database that is thrown away at the end, unless `MONGODB_TEST_URI` names one. */
export async function provideTestMongo(log?: (line: string) => void): Promise<ProvidedMongo> {
  const given = process.env.MONGODB_TEST_URI;
  if (given) return useGiven(given);
  const dataDir = await makeTestFolder(`run-${process.pid}`);
  const mongo = await startEmbedded({ dataDir, cacheGb: 0.5, ...(log && { log }) });
  const stop = async () => {
    await mongo.stop();
    removeTestFolder(dataDir);
  };
  return { ...mongo, stop };
}

function useGiven(uri: string): GivenMongo {
  return { uri, kind: 'given', description: 'MongoDB as given by its address', stop: async () => undefined };
}

async function startEmbedded({
  dataDir,
  log = () => undefined,
  cacheGb = 0.5,
}: MongoWishes): Promise<EmbeddedMongo> {
  const places = makePlaces(dataDir);
  const kept = await claim(places);
  const environment = { ...process.env };
  // The library would run this one whatever it is told, even where we had to choose another.
  delete process.env.MONGOMS_SYSTEM_BINARY;
  // The port that the replica set's configuration names, as far as we know at each moment.
  let noted = kept?.port;
  try {
    const binary = await prepareBinary({ places, environment, log });
    await endLeftovers(kept, binary);
    const port = await choosePort(noted);
    const options = { places, binary, cacheGb };
    if (noted !== undefined && noted !== port) await renameMember(options, port);
    noted = port;
    return await offer(options, await startReplicaSet(options, port), port);
  } catch (error) {
    writeState(places.homeDir, { port: noted });
    throw error;
  } finally {
    Object.assign(process.env, environment);
  }
}

/** Writes down that this process uses the database, and answers what was written there before. */
async function claim({ homeDir }: Places): Promise<MongoState | undefined> {
  const kept = readState(homeDir);
  if (kept?.owner && (await isStillRunning(kept.owner))) {
    throw new Error(
      `The database in ${homeDir} is in use by process ${kept.owner.pid}. Stop that one first, or set DATA_DIR to another folder.`,
    );
  }
  writeState(homeDir, { ...kept, owner: await knowMyself() });
  return kept;
}

async function offer(
  options: StartOptions,
  server: MongoMemoryReplSet,
  port: number,
): Promise<EmbeddedMongo> {
  const { places, binary } = options;
  const mongod = server.servers[0]?.instanceInfo?.instance.mongodProcess;
  const known = mongod?.pid === undefined ? undefined : await knowProcess(mongod.pid);
  writeState(places.homeDir, { port, owner: await knowMyself(), mongod: known });
  return {
    uri: server.getUri('yishi'),
    kind: 'embedded',
    description: `${binary.description}; on 127.0.0.1:${port}, data in ${places.dbDir}`,
    ended: new Promise((resolve) => mongod?.once('exit', () => resolve())),
    stop: once(() => stopEmbedded(server, options, port)),
  };
}

/** A mongod for these places: looked for, fetched or prepared. */
export async function prepareBinary(options: SourceOptions): Promise<MongoBinary> {
  setDownloaderDefaults();
  const lockFile = path.join(options.places.cacheDir, 'in-preparation');
  const onWait = () => options.log('Another start is preparing MongoDB, waiting for it …');
  return withLock(lockFile, () => chooseBinary(listSources(options)), onWait);
}

/** The library takes these from the environment only. */
function setDownloaderDefaults(): void {
  // Its own check would run the binary as root and warn about every other version.
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK ??= 'false';
  // It verifies certificates only when npm says so.
  process.env.npm_config_strict_ssl ??= 'true';
}

/** A killed run may have left its mongod behind, which still holds the data files. */
async function endLeftovers(kept: MongoState | undefined, binary: MongoBinary): Promise<void> {
  if (kept?.mongod) await endProcess(kept.mongod, 10_000);
  await binary.sweep?.();
}

interface StartOptions {
  readonly places: Places;
  readonly binary: MongoBinary;
  readonly cacheGb: number;
}

function mongodArgs({ binary, cacheGb }: StartOptions): string[] {
  // Nobody needs JavaScript in the database, and 512 MB of oplog are plenty for a trial.
  // A program that was killed leaves its transaction open, and with it the documents closed to its successor.
  const impatient = ['--setParameter', 'transactionLifetimeLimitSeconds=15'];
  const cache = ['--wiredTigerCacheSizeGB', String(cacheGb)];
  const args = ['--noscripting', '--quiet', ...cache, ...impatient];
  return [...args, ...binary.extraArgs];
}

function spawnOptions({ places, binary }: StartOptions) {
  return {
    binary: { systemBinary: binary.path, version: MONGODB_VERSION },
    // A process group of its own: Ctrl-C is for the app, which still needs the database while it finishes.
    spawn: { ...places.account, cwd: places.homeDir, detached: true, env: mongodEnvironment(places) },
  };
}

/** Settings and secrets of the app are none of the database's business. */
export function mongodEnvironment({ homeDir }: Places): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: homeDir, LC_ALL: 'C.UTF-8', SYSTEMROOT: process.env.SYSTEMROOT };
}

/** Waits until the database takes writes. */
async function startReplicaSet(options: StartOptions, port: number): Promise<MongoMemoryReplSet> {
  const { spawn, binary } = spawnOptions(options);
  return MongoMemoryReplSet.create({
    binary,
    instanceOpts: [{ port, dbPath: options.places.dbDir, launchTimeout: LAUNCH_TIMEOUT_MS }],
    replSet: {
      name: REPLICA_SET,
      count: 1,
      storageEngine: 'wiredTiger',
      args: [...mongodArgs(options), '--oplogSize', '512'],
      spawn,
    },
  });
}

/**
 * Writes a new port into the replica set's configuration, from outside the set: with the old one, mongod would not find
 * itself in it (NodeNotFound).
 */
async function renameMember(options: StartOptions, port: number): Promise<void> {
  const { spawn, binary } = spawnOptions(options);
  const server = await MongoMemoryServer.create({
    binary,
    instance: {
      // The library hands out a port only once in a process, and the set itself will need `port`.
      port: await choosePort(undefined),
      dbPath: options.places.dbDir,
      storageEngine: 'wiredTiger',
      launchTimeout: LAUNCH_TIMEOUT_MS,
      args: mongodArgs(options),
    },
    spawn,
  });
  const client = await MongoClient.connect(server.getUri(), { directConnection: true });
  try {
    const configuration = client.db('local').collection('system.replset');
    const journaled = { writeConcern: { j: true } };
    await configuration.updateOne({}, { $set: { 'members.0.host': `127.0.0.1:${port}` } }, journaled);
  } finally {
    await client.close();
    await server.stop({ doCleanup: false });
  }
}

async function stopEmbedded(server: MongoMemoryReplSet, options: StartOptions, port: number): Promise<void> {
  await server.stop({ doCleanup: false });
  await options.binary.sweep?.();
  writeState(options.places.homeDir, { port });
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
