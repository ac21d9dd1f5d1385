import { setTimeout as wait } from 'node:timers/promises';

import type { Connection } from 'mongoose';

import { TransientError } from '#core/errors';
import { isPassing } from '#models/driver-error';

import { waitForDatabase, type WaitOptions } from '../database/connection.ts';

/** A database that answers and yet takes no write: a primary without its majority. */
const AGAIN_AFTER_MS = 1_000;

/**
 * Does the work on a connection of its own; waits for the database as often and as long as it is away or takes no
 * writes before the work has begun. Resolves when the work is done or the signal aborts.
 */
export async function withDatabase(
  options: WaitOptions,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const { signal, onAway } = options;
  while (!signal.aborted) {
    const connection = await waitForDatabase(options);
    if (!connection) return;
    try {
      return await work(connection);
    } catch (error) {
      if (!(error instanceof TransientError) && !isPassing(error)) throw error;
      onAway(error);
    } finally {
      await connection.close();
    }
    await wait(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
  }
}
