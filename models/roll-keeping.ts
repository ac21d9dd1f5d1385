import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { HOUR_MS } from '#core/clock';
import type { Write } from '#core/decision';
import { ballotId } from '#core/poll';
import type { RollEntry } from '#core/roll';
import { collectionOf } from './collection.ts';
import { rollDraftsCollection } from './roll-drafts.ts';
import { rollFields, rollsCollection } from './rolls.ts';

/** A step that has not opened its poll by then never will. */
const ABANDONED_MS = HOUR_MS;
const ROWS_AT_ONCE = 2_000;

/**
 * Writes a roll down before its poll opens, so that the opening is a small transaction however many may vote. A roll
 * whose poll does not exist lets nobody vote; it is swept away with the next one that is kept.
 */
export function createRollKeeping(connection: Connection, isThere: (pollId: string) => Promise<boolean>) {
  const rolls = collectionOf(connection, rollsCollection);
  const drafts = collectionOf(connection, rollDraftsCollection);

  async function sweep(now: Date): Promise<void> {
    const old = await drafts
      .find({ at: { $lt: new Date(now.getTime() - ABANDONED_MS) } })
      .limit(20)
      .toArray();
    for (const { _id: pollId } of old) {
      if (!(await isThere(pollId))) await rolls.deleteMany({ pollId });
      await drafts.deleteOne({ _id: pollId });
    }
  }

  /** The write that the opening needs: it fails when another try has kept another roll meanwhile. */
  return async (pollId: string, roll: readonly RollEntry[], now: Date): Promise<Write> => {
    await sweep(now);
    const mark = markOf(roll);
    if (!(await isThere(pollId))) {
      await drafts.updateOne({ _id: pollId }, { $set: { mark, at: now } }, { upsert: true });
      await rolls.deleteMany({ pollId });
      for (let from = 0; from < roll.length; from += ROWS_AT_ONCE) {
        const rows = roll.slice(from, from + ROWS_AT_ONCE).map((entry) => ({
          _id: ballotId(pollId, entry.voterId),
          ...rollFields(pollId, entry),
        }));
        await rolls.insertMany(rows, { ordered: false, ignoreUndefined: true });
      }
    }
    return {
      kind: 'update',
      collection: 'rollDrafts',
      filter: { _id: pollId, mark },
      update: { $set: { openedAt: now } },
      mustMatch: true,
    };
  };
}

function markOf(roll: readonly RollEntry[]): string {
  return createHash('sha256').update(JSON.stringify(roll)).digest('base64url');
}
