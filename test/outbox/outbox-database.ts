import type { Connection } from 'mongoose';
import type { Dispatch } from '#core/decision';
import { collectionOf } from '#models/collection';
import { createRowSequence, outboxCollection, outboxRowOf } from '#models/outbox';

/** Enqueues as the commit does it, for tests that look at the outbox alone. */
export function enqueuerOn(
  connection: Connection,
): (dispatches: readonly Dispatch[], now: Date) => Promise<void> {
  const rows = collectionOf(connection, outboxCollection);
  const sequence = createRowSequence();
  return async (dispatches, now) => {
    await rows.insertMany(dispatches.map((dispatch) => outboxRowOf(dispatch, now, sequence(now))));
  };
}
