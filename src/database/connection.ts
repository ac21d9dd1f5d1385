import mongoose, { type Connection } from 'mongoose';

export interface DatabaseOptions {
  readonly uri: string;
  /** How long to wait for the database at the start, and for a server to choose later. */
  readonly selectWithinMs?: number;
  readonly maxPoolSize?: number;
}

/** A connection on which every write waits for a majority's journal and every read sees only such writes. */
export async function connectDatabase(options: DatabaseOptions): Promise<Connection> {
  const { uri, selectWithinMs = 30_000, maxPoolSize = 20 } = options;
  const connection = mongoose.createConnection(uri, {
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 30_000 },
    readConcern: { level: 'majority' },
    retryWrites: true,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: selectWithinMs,
    maxPoolSize,
    // A server that hangs without closing its sockets is given up after the sum of these two, and what waits for it
    // goes to the next primary. The driver's own 40 s are longer than any vendor waits.
    heartbeatFrequencyMS: 5_000,
    connectTimeoutMS: 5_000,
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
  });
  return connection.asPromise();
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
