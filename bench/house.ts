import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { Channel } from '#core/channel';
import type { LeaseKind } from '#core/leases';
import { inboxIdOf } from '#models/inbox';
import { collections } from '#models/registry';
import { createEngine, type Engine } from '#src/app/engine';
import { createFeatures } from '#src/app/features';
import { createTelling } from '#src/app/metrics';
import { createStores } from '#src/app/stores';
import { createChance } from '#src/database/chance';
import { createDatabaseClock } from '#src/database/clock';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createLog } from '#src/log';
import type { OutboxEvent } from '#src/outbox/worker';
import type { BenchMessage } from './messages.ts';

/** The real program without pages and vendors, on a database of its own. */
export interface House {
  readonly uri: string;
  readonly connection: Connection;
  readonly now: () => Date;
  /** A fresh engine: intake, inbox worker, outbox worker as wished. Not started. */
  engine(wishes: EngineWishes): Engine;
  /** How often each event happened to a decided message. */
  readonly events: ReadonlyMap<string, number>;
  /** Resolves with the steady time (ms) at which each message was decided and its reply committed. */
  decided(messages: readonly BenchMessage[]): Promise<readonly number[]>;
}

export interface EngineWishes {
  readonly work: readonly LeaseKind[];
  readonly channels?: readonly Channel[];
  readonly onOutboxEvent?: (event: OutboxEvent) => void;
  /** Told of each decided message instead of the house, which remembers them all. */
  readonly onDecided?: () => void;
}

/** Runs a bench in a database of its own, which is dropped at the end whatever happens. */
export async function inHouse<Result>(
  mongodbUri: string,
  bench: (house: House) => Promise<Result>,
): Promise<Result> {
  const uri = new URL(mongodbUri);
  uri.pathname = `/yishi_bench_${randomBytes(4).toString('hex')}`;
  return enterHouse(uri.href, async (house) => {
    try {
      await ensureIndexes(house.connection, collections);
      return await bench(house);
    } finally {
      await house.connection.dropDatabase();
    }
  });
}

/** A house on a database that another process has made and will drop. */
export async function enterHouse<Result>(
  uri: string,
  bench: (house: House) => Promise<Result>,
): Promise<Result> {
  const connection = await connectDatabase({ uri });
  try {
    const clock = await createDatabaseClock({ connection });
    try {
      return await bench(houseOf(uri, connection, clock));
    } finally {
      clock.stop();
    }
  } finally {
    await connection.close();
  }
}

type Clock = Awaited<ReturnType<typeof createDatabaseClock>>;

function houseOf(uri: string, connection: Connection, clock: Clock): House {
  const chance = createChance();
  const stores = createStores(connection, chance);
  const features = createFeatures({
    stores,
    chance,
    channelFacts: () => undefined,
    graceMs: 0,
    votePages: { key: 'a key of tests', url: () => undefined },
    consoleUrl: (path) => `http://127.0.0.1${path}`,
  });
  const log = createLog('error');
  const desk = createDecidedDesk();
  return {
    uri,
    connection,
    now: () => clock.now(),
    events: desk.events,
    decided: desk.decided,
    engine: ({ work, channels = [], onOutboxEvent = () => undefined, onDecided = desk.happened }) => {
      const telling = createTelling(log);
      const inboxEvents = { ...telling.inboxEvents, happened: onDecided };
      return createEngine({
        connection,
        stores,
        features,
        channels,
        clock,
        chance,
        telling: { ...telling, inboxEvents, outboxEvent: onOutboxEvent },
        botName: '议事助手',
        work,
      });
    },
  };
}

/** Remembers when each row was decided, and who waits for it. */
function createDecidedDesk() {
  const decidedAt = new Map<string, number>();
  const waiting = new Map<string, (atMs: number) => void>();
  const events = new Map<string, number>();
  const atOf = (id: string) =>
    new Promise<number>((resolve) => {
      const atMs = decidedAt.get(id);
      if (atMs === undefined) waiting.set(id, resolve);
      else resolve(atMs);
    });
  return {
    events,
    happened(event: string, { rowId }: { readonly rowId?: string }) {
      events.set(event, (events.get(event) ?? 0) + 1);
      if (rowId === undefined) return;
      const atMs = performance.now();
      decidedAt.set(rowId, atMs);
      waiting.get(rowId)?.(atMs);
      waiting.delete(rowId);
    },
    decided: (messages: readonly BenchMessage[]) =>
      Promise.all(messages.map(({ message }) => atOf(inboxIdOf(message)))),
  };
}
