import { setTimeout as wait } from 'node:timers/promises';
import mongoose, { mongo, type Connection } from 'mongoose';

export interface DatabaseOptions {
  readonly uri: string;
  /** How long to wait for the database at the start, and for a server to choose later. */
  readonly selectWithinMs?: number;
  readonly maxPoolSize?: number;
  /** Lets the client tell of each command, for those who count them. */
  readonly monitorCommands?: boolean;
}

/** A connection on which every write waits for a majority's journal and every read sees only such writes. */
export async function connectDatabase(options: DatabaseOptions): Promise<Connection> {
  const { uri, selectWithinMs = 30_000, maxPoolSize = 20, monitorCommands = false } = options;
  const connection = mongoose.createConnection(uri, {
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 30_000 },
    readConcern: { level: 'majority' },
    retryWrites: true,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: selectWithinMs,
    maxPoolSize,
    monitorCommands,
    // A server that hangs without closing its sockets is given up after the sum of these two, and what waits for it
    // goes to the next primary. The driver's own 40 s are longer than any vendor waits.
    heartbeatFrequencyMS: 8_000,
    connectTimeoutMS: 4_000,
    // Half the questions of a streamed heartbeat. What a stream would tell earlier the look each two seconds runs into.
    serverMonitoringMode: 'poll',
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => undefined);
    throw error;
  }
}

export interface WaitOptions extends DatabaseOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Told after each try in vain. */
  readonly onAway: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Waits for the database as long as it takes; undefined when the waiting was ended. Throws for what does not pass by
 * itself: a wrong address, a refused sign-in, a server that is no replica set.
 */
export async function waitForDatabase(options: WaitOptions): Promise<Connection | undefined> {
  const { signal, onAway } = options;
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const connection = await untilAborted(connectDatabase(options), signal);
      if (connection) await requireReplicaSet(connection);
      return connection;
    } catch (error) {
      if (!isAway(error)) throw error;
      onAway(error);
      await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}

function isAway(error: unknown): boolean {
  return (
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongoose.Error.MongooseServerSelectionError
  );
}

/** What comes too late is closed again. */
async function untilAborted(
  connecting: Promise<Connection>,
  signal: AbortSignal,
): Promise<Connection | undefined> {
  const aborted = new Promise<undefined>((resolve) =>
    signal.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const first = await Promise.race([connecting, aborted]);
  if (!first)
    void connecting.then(
      (late) => late.close(),
      () => undefined,
    );
  return first;
}

/** Transactions and change streams need one; found out now rather than at the first secretary's step. */
async function requireReplicaSet(connection: Connection): Promise<void> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid') return;
  await connection.close();
  throw new Error(
    'MONGODB_URI: this MongoDB is a standalone server; a replica set is needed, one member is enough',
  );
}

/** True when the database answers within `withinMs`; for readiness checks. */
export async function isDatabaseReady(connection: Connection, withinMs = 2_000): Promise<boolean> {
  if (connection.readyState !== mongoose.ConnectionStates.connected || !connection.db) return false;
  try {
    const answer = await connection.db.command({ ping: 1 }, { timeoutMS: withinMs });
    return answer['ok'] === 1;
  } catch {
    return false;
  }
}
