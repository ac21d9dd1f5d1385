import type { InboxState } from './inbox.ts';
import type { ConversationRef } from './message.ts';
import type { OutboxOutcome, OutboxState } from './outbox.ts';

/** What the inbox knows of a message: no text, only ids, states and times. */
export interface InboxTrace {
  readonly id: string;
  readonly state: InboxState;
  /** What became of it: a stable id. Absent while it is undecided. */
  readonly event?: string;
  readonly tries: number;
  readonly receivedAt: Date;
  readonly doneAt?: Date;
}

/** What the outbox knows of a message of ours. */
export interface OutboxTrace {
  readonly id: string;
  readonly conversationId: string;
  readonly state: OutboxState;
  readonly outcome?: OutboxOutcome;
  readonly reason?: string;
  readonly tries: number;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly doneAt?: Date;
}

export interface MessageTrace {
  readonly inbox?: InboxTrace;
  readonly outbox: readonly OutboxTrace[];
}

/** Behind the scenes of single messages, for the playground; nothing else reads it. */
export interface TraceStore {
  /** A person's message: its inbox row and what was enqueued under that row's id. */
  ofInbound(from: ConversationRef, messageId: string): Promise<MessageTrace>;
  /** A message of ours: its outbox row and the inbox row whose id is in its key, if one is. */
  ofOutbound(messageId: string): Promise<MessageTrace>;
}
