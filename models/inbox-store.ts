import type { Connection, mongo } from 'mongoose';
import type { InboxStore } from '#core/inbox';
import { collectionOf } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';
import { createGroupCommit } from './group-commit.ts';
import { inboxCollection, inboxDocument, type InboxDocument } from './inbox.ts';
import { nextPage } from './inbox-page.ts';
import { pacingOf } from './inbox-pacing.ts';
import { READABLE } from './inbox-row.ts';

export interface InboxOptions {
  readonly maxWaitMs?: number;
  readonly maxItems?: number;
  readonly maxOpen?: number;
  readonly patienceMs?: number;
}

/** Characters of messages that are on their way to the database at most: some hundred megabytes of memory. */
const MAX_OPEN_CHARS = 50_000_000;
/** Vendors give up after five seconds and deliver again. */
const PATIENCE_MS = 4_000;

type Inbox = mongo.Collection<InboxDocument>;

export function createInboxStore(connection: Connection, options: InboxOptions = {}): InboxStore {
  const inbox = collectionOf(connection, inboxCollection);
  const nextOrder = createOrder();
  const writer = createGroupCommit<InboxDocument, 'stored' | 'duplicate'>({
    maxWaitMs: options.maxWaitMs ?? 5,
    maxItems: options.maxItems ?? 200,
    maxOpen: options.maxOpen ?? 20_000,
    maxOpenWeight: MAX_OPEN_CHARS,
    weightOf: charsOf,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    maxFlights: 2,
    flush: (documents) => atBorder(() => insertAll(inbox, documents)),
  });

  return {
    record: (message, receivedAt) => writer.add(inboxDocument(message, receivedAt, nextOrder(receivedAt))),
    next: (partitions, now, limit, except = []) =>
      atBorder(() => nextPage(inbox, partitions, now, limit, except)),
    hasUndecidedBefore: (conversations, before) =>
      atBorder(async () => {
        const query = {
          state: 'new' as const,
          // Any string: the index begins with the conversation.
          conversation: conversations === 'any' ? { $gte: '' } : { $in: [...conversations] },
          'message.sentAt': { $lt: before },
          isPutOff: { $ne: true },
          ...READABLE,
        };
        return (await inbox.findOne(query, { projection: { _id: 1 } })) !== null;
      }),
    ...pacingOf(inbox),
    postpone: (id, retryAt) =>
      atBorder(async () => {
        await inbox.updateOne({ _id: id, state: 'new' }, { $set: { retryAt }, $inc: { tries: 1 } });
      }),
  };
}

/** About how long a message is; everything else of it is cut to less than a text may have. */
function charsOf({ message: { body, quote, messageId, from } }: InboxDocument): number {
  const said = body.type === 'text' ? body.text : body.type === 'press' ? body.say : '';
  const rest = messageId.length + from.conversationId.length + (quote?.text.length ?? 0);
  return said.length + rest;
}

async function insertAll(
  inbox: Inbox,
  documents: readonly InboxDocument[],
): Promise<('stored' | 'duplicate')[]> {
  const results = documents.map((): 'stored' | 'duplicate' => 'stored');
  try {
    await inbox.insertMany(documents, { ordered: false, ignoreUndefined: true });
  } catch (error) {
    for (const { index, sameId, error: refusal } of operationErrors(error)) {
      if (!sameId) throw refusal;
      results[index] = 'duplicate';
    }
  }
  return results;
}

const ORDER_EPOCH_MS = Date.UTC(2024, 0, 1);
const ORDERS_PER_MS = 4_096;

/** Orders grow with time, over restarts too, and within a millisecond by one. */
function createOrder(): (receivedAt: Date) => number {
  let last = 0;
  return (receivedAt) => {
    last = Math.max(last + 1, (receivedAt.getTime() - ORDER_EPOCH_MS) * ORDERS_PER_MS);
    return last;
  };
}
