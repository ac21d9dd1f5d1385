import type { ClientSession, mongo } from 'mongoose';
import type { OutboxDocument } from './outbox.ts';

/**
 * Adds the rows that were not enqueued before, each once, as part of a transaction: a duplicate key would end the whole
 * of it. What another transaction adds meanwhile is a write conflict, and this one runs anew. No upserts: on a shard
 * they would have to name the lane, and what went to another lane before would then be sent twice.
 */
export async function insertMissing(
  outbox: mongo.Collection<OutboxDocument>,
  rows: readonly OutboxDocument[],
  session: ClientSession,
): Promise<void> {
  const ids = rows.map(({ _id }) => _id);
  const found = await outbox.find({ _id: { $in: ids } }, { projection: { _id: 1 }, session }).toArray();
  const there = new Set(found.map(({ _id }) => _id));
  const missing = rows.filter(({ _id }) => !there.has(_id) && there.add(_id));
  if (missing.length > 0) await outbox.insertMany(missing, { session, ignoreUndefined: true });
}
