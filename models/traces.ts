import type { Connection } from 'mongoose';
import { definedFields } from '#core/decision';
import type { ConversationRef } from '#core/message';
import type { InboxTrace, OutboxTrace, TraceStore } from '#core/trace';
import { collectionOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { INBOX_ID, inboxCollection, inboxIdOf, type InboxDocument } from './inbox.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';

const MOST_ROWS = 50;

/** Finds rows by the ids inside their keys, which no index serves: for the small database of a demo. */
export function createTraceStore(connection: Connection): TraceStore {
  const inbox = collectionOf(connection, inboxCollection);
  const outbox = collectionOf(connection, outboxCollection);

  return {
    ofInbound: (from: ConversationRef, messageId: string) =>
      atBorder(async () => {
        const id = inboxIdOf({ from, messageId });
        const row = await inbox.findOne({ _id: id });
        // Ids are base64url: none of their characters means anything in a pattern.
        const named = { $or: [{ _id: { $regex: id } }, { subjectId: { $regex: id } }] };
        const sent = await outbox.find(named).sort({ createdAt: 1, seq: 1 }).limit(MOST_ROWS).toArray();
        return { ...(row && { inbox: inboxTrace(row) }), outbox: sent.map(outboxTrace) };
      }),
    ofOutbound: (messageId) =>
      atBorder(async () => {
        const row = await outbox.findOne({ _id: messageId });
        if (!row) return { outbox: [] };
        const origins = [...`${row._id} ${row.subjectId ?? ''}`.matchAll(INBOX_ID)].map(([id]) => id);
        const origin = await inbox.findOne({ _id: { $in: origins } });
        return { ...(origin && { inbox: inboxTrace(origin) }), outbox: [outboxTrace(row)] };
      }),
  };
}

function inboxTrace({ _id, state, event, tries, receivedAt, doneAt }: InboxDocument): InboxTrace {
  return { id: _id, state, tries, receivedAt, ...definedFields({ event, doneAt }) };
}

function outboxTrace(row: OutboxDocument): OutboxTrace {
  const { _id, to, state, outcome, reason, tries, createdAt, dueAt, doneAt } = row;
  const { conversationId } = to;
  return {
    id: _id,
    conversationId,
    state,
    tries,
    createdAt,
    dueAt,
    ...definedFields({ outcome, reason, doneAt }),
  };
}
