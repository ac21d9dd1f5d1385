import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Clock } from '#core/clock';

/** Where the demo's offset is kept; see models/settings.ts. */
interface DemoOffset {
  read(): Promise<number>;
  add(ms: number): Promise<number>;
}

export interface DatabaseClockOptions {
  readonly connection: Connection;
  /** Present in demo mode only: without it the clock cannot be moved and no offset is believed. */
  readonly demoOffset?: DemoOffset;
  /** Told when the database cannot be asked; the clock runs on by itself. */
  readonly onSyncFailed?: (error: unknown) => void;
}

export interface DatabaseClock extends Clock {
  /** The database's time without the demo's offset: leases, rate windows and everything that vendors see. */
  readonly realNow: () => Date;
  /** How far the demo's clock is ahead. */
  readonly offsetMs: number;
  /** Moves the demo's clock forward: here at once, in others when they hear of it, kept over restarts. */
  advance(seconds: number): Promise<Date>;
  /** What somebody has read of the demo's offset; outside a demo it is not believed. */
  heardOffset(offsetMs: number): void;
  /** Calls `listener` whenever the demo's clock has jumped. */
  onJump(listener: () => void): void;
  /** Asks the database for the time and the offset again. */
  sync(): Promise<void>;
  stop(): void;
}

const SYNC_EVERY_MS = 60_000;
const SAMPLES = 5;
/** A reading that came back as soon as this is good enough; the measurement needs no other. */
const SHORT_TRIP_MS = 25;

/** A clock that agrees with the database's. Resolves after the first successful reading. */
export async function createDatabaseClock(options: DatabaseClockOptions): Promise<DatabaseClock> {
  const { connection, demoOffset } = options;
  const listeners: (() => void)[] = [];
  const stopping = new AbortController();
  let aheadMs = await measureAheadMs(connection);
  let offsetMs = (await demoOffset?.read()) ?? 0;
  let latestMs = 0;
  let latestRealMs = 0;

  // Never backwards: a new reading of the database's time may be a little earlier than the last one.
  const realMs = () => (latestRealMs = Math.max(latestRealMs, monotonicMs() + aheadMs));
  const nowMs = () => (latestMs = Math.max(latestMs, realMs() + offsetMs));

  function jumpTo(offset: number): void {
    if (offset <= offsetMs) return;
    offsetMs = offset;
    for (const listener of listeners) listener();
  }

  async function measure(): Promise<void> {
    aheadMs = await measureAheadMs(connection);
  }

  async function sync(): Promise<void> {
    await measure();
    if (demoOffset) jumpTo(await demoOffset.read());
  }

  async function repeat(everyMs: number, step: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted) {
      await sleep(everyMs, stopping.signal);
      if (!stopping.signal.aborted) await step().catch((error: unknown) => options.onSyncFailed?.(error));
    }
  }

  void repeat(SYNC_EVERY_MS, measure);

  return {
    now: () => new Date(nowMs()),
    realNow: () => new Date(realMs()),
    get offsetMs() {
      return offsetMs;
    },
    sleep,
    async advance(seconds) {
      if (!demoOffset) throw new Error('the clock can be moved in demo mode only');
      if (!Number.isFinite(seconds) || seconds < 0) throw new RangeError('a clock goes forward only');
      jumpTo(await demoOffset.add(Math.round(seconds * 1_000)));
      return new Date(nowMs());
    },
    heardOffset(offset) {
      if (demoOffset) jumpTo(offset);
    },
    onJump: (listener) => void listeners.push(listener),
    sync,
    stop: () => stopping.abort(),
  };
}

/** Milliseconds of this process's steady clock; a change of the machine's time does not move it. */
export function monotonicMs(): number {
  return performance.timeOrigin + performance.now();
}

/** How far the database's clock is ahead of ours: the reading with the shortest round trip is the best one. */
async function measureAheadMs(connection: Connection): Promise<number> {
  let best = { tripMs: Infinity, aheadMs: 0 };
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const askedMs = monotonicMs();
    const databaseMs = await databaseTimeMs(connection);
    const tripMs = monotonicMs() - askedMs;
    if (tripMs < best.tripMs) best = { tripMs, aheadMs: databaseMs - (askedMs + tripMs / 2) };
    if (best.tripMs <= SHORT_TRIP_MS) break;
  }
  return best.aheadMs;
}

async function databaseTimeMs(connection: Connection): Promise<number> {
  const { localTime } = (await connection.db?.admin().command({ hello: 1 })) ?? {};
  if (!(localTime instanceof Date)) throw new Error('the database did not tell its time');
  return localTime.getTime();
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return;
  // The only rejection of this timer is the abort, which ends the sleep and is no fault.
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
