import type { ClientSession, Connection } from 'mongoose';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { insertMissing } from './outbox-insert.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';

/** With these a transaction stays far below a thousand writes, and a document far below its limit. */
const MOST_ROWS = 500;
const MOST_BYTES = 4_000_000;

/**
 * Many messages of one decision, until they stand in their lanes: a guarded decision writes some of these instead of
 * thousands of rows. A message is either here or a row of the outbox, never both and never neither.
 */
export interface MailingDocument {
  readonly _id: string;
  /** The decision it belongs to, for undo. */
  readonly requestId: string;
  /** When the first of its messages is due; it is spread then. */
  readonly dueAt: Date;
  readonly subjectIds: readonly string[];
  readonly rows: readonly OutboxDocument[];
}

export const mailingsCollection = defineCollection<MailingDocument>({
  name: 'mailings',
  fields: { requestId: String, dueAt: Date, subjectIds: [String], rows: [Object] },
  indexes: [
    { keys: { dueAt: 1 }, why: 'mailings whose time has come' },
    { keys: { requestId: 1 }, why: 'a step that is taken back takes its mailings back' },
    { keys: { subjectIds: 1 }, why: 'delivery proof of what is not in its lanes yet' },
  ],
});

/** The rows as mailings, in their order. */
export function mailingsOf(requestId: string, rows: readonly OutboxDocument[]): readonly MailingDocument[] {
  return chunksOf(rows).map((chunk, index) => ({
    _id: `${requestId}|${index}`,
    requestId,
    dueAt: new Date(Math.min(...chunk.map((row) => row.dueAt.getTime()))),
    subjectIds: [...new Set(chunk.flatMap((row) => row.subjectId ?? []))],
    rows: chunk,
  }));
}

function chunksOf(rows: readonly OutboxDocument[]): readonly (readonly OutboxDocument[])[] {
  const chunks: OutboxDocument[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = JSON.stringify(row).length * 3;
    const last = chunks.at(-1);
    if (last && last.length < MOST_ROWS && bytes + size <= MOST_BYTES) {
      last.push(row);
      bytes += size;
    } else {
      chunks.push([row]);
      bytes = size;
    }
  }
  return chunks;
}

export interface Mailings {
  /** Part of a decision's transaction. */
  insert(mailings: readonly MailingDocument[], session: ClientSession): Promise<void>;
  /** Puts the messages of due mailings into their lanes, those that are not there yet. Returns how many mailings. */
  spread(now: Date, limit: number): Promise<number>;
  /** Rows of a subject that are still in mailings. */
  waitingOf(subjectId: string): Promise<readonly OutboxDocument[]>;
}

export function createMailings(connection: Connection): Mailings {
  const mailings = collectionOf(connection, mailingsCollection);
  const rows = collectionOf(connection, outboxCollection);

  /** One transaction: the mailing goes and its rows come. Who finds it gone was slower, or it was taken back. */
  async function spreadOne(_id: string): Promise<void> {
    const session = await connection.startSession();
    try {
      await session.withTransaction(async () => {
        const mailing = await mailings.findOneAndDelete({ _id }, { session });
        if (mailing) await insertMissing(rows, mailing.rows, session);
      });
    } finally {
      await session.endSession();
    }
  }

  return {
    async insert(documents, session) {
      const operations = documents.map(({ _id, ...fields }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
      }));
      await mailings.bulkWrite(operations, { session, ignoreUndefined: true });
    },
    spread: (now, limit) =>
      atBorder(async () => {
        const due = await mailings
          .find({ dueAt: { $lte: now } }, { projection: { _id: 1 } })
          .sort({ dueAt: 1, _id: 1 })
          .limit(limit)
          .toArray();
        const failures: unknown[] = [];
        for (const { _id } of due) {
          await spreadOne(_id).catch((error: unknown) => void failures.push(error));
        }
        // One that fails must not hold up those behind it.
        if (failures.length > 0) throw failures[0];
        return due.length;
      }),
    async waitingOf(subjectId) {
      const found = await mailings.find({ subjectIds: subjectId }).toArray();
      return found.flatMap((mailing) => mailing.rows.filter((row) => row.subjectId === subjectId));
    },
  };
}
