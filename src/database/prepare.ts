import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import { ensureIndexes, type Indexed } from './indexes.ts';

/** One change of what is stored. Ordered by id; may be run again, for a process can die after it and before its record. */
export interface Migration {
  /** `0001-what-it-does`; never reused, never changed once it was released. */
  readonly id: string;
  readonly about: string;
  readonly up: (connection: Connection) => Promise<void>;
}

/** The database was written by a newer version than this one, which would not understand it. */
export class NewerDatabaseError extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `The database was written by a newer version of Yishi: it knows ${unknown.join(', ')}, this version does not. ` +
        'Start the newer version, or restore a backup from before.',
    );
    this.name = 'NewerDatabaseError';
  }
}

export interface PrepareOptions {
  readonly migrations: readonly Migration[];
  readonly collections: readonly Indexed[];
  /** Told what is done, for the log. */
  readonly onDone?: (id: string, tookMs: number) => void;
}

interface MigrationRow {
  _id: string;
  /** Migrations: when it was done. */
  doneAt?: Date;
  /** The row `indexes`: what was declared when they were last made. */
  fingerprint?: string;
  /** The row `lock`. */
  holder?: string;
  until?: Date;
}

type Rows = mongo.Collection<MigrationRow>;

const LOCK = 'lock';
const INDEXES = 'indexes';
const LOCK_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
const LOOK_AGAIN_MS = 250;

/**
 * Brings the database to what this version expects: migrations in their order, then collections and indexes. One
 * process does it, the others wait. Throws NewerDatabaseError. One read when there is nothing to do.
 */
export async function prepareDatabase(connection: Connection, options: PrepareOptions): Promise<void> {
  const rows = connection.collection<MigrationRow>('migrations') as unknown as Rows;
  const holder = randomUUID();
  while (await isWorkLeft(rows, options)) {
    if (!(await takeLock(rows, holder))) {
      await wait(LOOK_AGAIN_MS);
      continue;
    }
    const renewing = setInterval(() => void takeLock(rows, holder).catch(() => undefined), RENEW_EVERY_MS);
    try {
      await work(connection, rows, options);
    } finally {
      clearInterval(renewing);
      await rows.deleteOne({ _id: LOCK, holder });
    }
  }
}

async function isWorkLeft(rows: Rows, { migrations, collections }: PrepareOptions): Promise<boolean> {
  const { pending, fingerprint } = await standing(rows, migrations);
  return pending.length > 0 || fingerprint !== fingerprintOf(collections);
}

async function standing(rows: Rows, migrations: readonly Migration[]) {
  const found = await rows.find({ _id: { $ne: LOCK } }).toArray();
  const done = found.map(({ _id }) => _id).filter((id) => id !== INDEXES);
  const unknown = done.filter((id) => !migrations.some((one) => one.id === id));
  if (unknown.length > 0) throw new NewerDatabaseError(unknown);
  return {
    pending: migrations.filter(({ id }) => !done.includes(id)),
    fingerprint: found.find(({ _id }) => _id === INDEXES)?.fingerprint,
  };
}

/** Ours for a minute, or once more when it is ours already; by the database's clock. */
async function takeLock(rows: Rows, holder: string): Promise<boolean> {
  const mayTake = {
    $or: [{ $eq: ['$holder', holder] }, { $lt: [{ $ifNull: ['$until', new Date(0)] }, '$$NOW'] }],
  };
  const mine = { holder, until: { $add: ['$$NOW', LOCK_MS] } };
  const change = [
    {
      $set: {
        holder: { $cond: [mayTake, mine.holder, '$holder'] },
        until: { $cond: [mayTake, mine.until, '$until'] },
      },
    },
  ];
  const options = { upsert: true, returnDocument: 'after' } as const;
  const after = await rows.findOneAndUpdate({ _id: LOCK }, change, options);
  return after?.holder === holder;
}

async function work(connection: Connection, rows: Rows, options: PrepareOptions): Promise<void> {
  const { pending, fingerprint } = await standing(rows, options.migrations);
  for (const { id, up } of pending) {
    const startedMs = performance.now();
    await up(connection);
    await rows.updateOne({ _id: id }, [{ $set: { doneAt: '$$NOW' } }], { upsert: true });
    options.onDone?.(id, Math.round(performance.now() - startedMs));
  }
  const wanted = fingerprintOf(options.collections);
  if (fingerprint === wanted) return;
  await ensureIndexes(connection, options.collections);
  await rows.updateOne({ _id: INDEXES }, { $set: { fingerprint: wanted } }, { upsert: true });
}

/** Changes whenever a collection or an index is declared otherwise. */
function fingerprintOf(collections: readonly Indexed[]): string {
  const declared = collections.map(({ name, indexes }) => [
    name,
    indexes.map(({ keys, options }) => [keys, options]),
  ]);
  return createHash('sha256').update(JSON.stringify(declared)).digest('hex');
}
