import { deliveryWordOf } from '#core/outbox';
import type { InboxTrace, MessageTrace, OutboxTrace, TraceStore } from '#core/trace';
import type { TranscriptStore } from '#core/transcript';
import { webConversation, type WebDirectory } from '#core/web-chat';
import { deliveryCause, deliveryWord } from '#texts/words';

import { notFound } from '../problems.ts';
import type { TraceAnswer } from './schemas.ts';

interface TraceDeps {
  readonly traces: TraceStore;
  readonly transcript: TranscriptStore;
  readonly directory: WebDirectory;
}

/** What happened behind a message; a 404 when nobody said it. */
export async function traceAnswerOf(deps: TraceDeps, messageId: string): Promise<TraceAnswer> {
  const message = await deps.transcript.byId(messageId);
  if (!message) throw notFound();
  const trace = await traceOf(deps.traces, message.from.bot, message.conversationId, messageId);
  const names = new Map((await deps.directory.conversations()).map(({ id, name }) => [id, name]));
  return {
    ...(trace.inbox && { inbox: inboxOf(trace.inbox) }),
    outbox: trace.outbox.map((row) => ({
      ...outboxOf(row),
      conversationName: names.get(row.conversationId) ?? '',
    })),
  };
}

function traceOf(
  traces: TraceStore,
  isBot: boolean,
  conversationId: string,
  messageId: string,
): Promise<MessageTrace> {
  return isBot ? traces.ofOutbound(messageId) : traces.ofInbound(webConversation(conversationId), messageId);
}

function inboxOf({ id, state, event, tries, receivedAt, doneAt }: InboxTrace) {
  return {
    id,
    state,
    tries,
    receivedAt: receivedAt.toISOString(),
    ...(event !== undefined && { event }),
    ...(doneAt && { doneAt: doneAt.toISOString(), tookMs: doneAt.getTime() - receivedAt.getTime() }),
  };
}

function outboxOf(row: OutboxTrace) {
  const { id, conversationId, state, tries, createdAt, dueAt, doneAt, reason } = row;
  const word = deliveryWordOf(row);
  const why = word === 'failed' ? `，${deliveryCause(reason).cause} → ${deliveryCause(reason).cure}` : '';
  return {
    id,
    conversationId,
    state,
    tries,
    word: `${deliveryWord(word)}${why}`,
    createdAt: createdAt.toISOString(),
    ...(reason !== undefined && { reason }),
    ...(doneAt && { doneAt: doneAt.toISOString(), tookMs: doneAt.getTime() - dueAt.getTime() }),
  };
}
