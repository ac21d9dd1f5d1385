import type { Connection } from 'mongoose';
import type { Dispatch } from '#core/decision';
import { collectionOf } from '#models/collection';
import { lanesCollection } from '#models/lanes';
import { mailingsCollection } from '#models/mailings';
import { outboxBodiesCollection } from '#models/outbox-bodies';
import { createRowSequence, outboxCollection, outboxRowOf } from '#models/outbox';
import { sendersCollection } from '#models/senders';

/** What the outbox is made of, for tests that look at it alone. */
export const OUTBOX_COLLECTIONS = [
  outboxCollection,
  outboxBodiesCollection,
  mailingsCollection,
  lanesCollection,
  sendersCollection,
];

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
