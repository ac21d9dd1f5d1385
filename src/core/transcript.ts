import type { Card } from './card.ts';
import type { Attachment, Quote } from './message.ts';
import type { Picture } from './picture.ts';

/** One message of a web conversation, as its members see it. */
export interface TranscriptMessage {
  /** The sender's message id, or our outbox id. The same id is kept once. */
  readonly id: string;
  readonly conversationId: string;
  /** 1, 2, 3 … within the conversation, without gaps: nobody can see n+1 and miss n. */
  readonly seq: number;
  readonly at: Date;
  readonly from: { readonly name: string; readonly bot: boolean };
  readonly text: string;
  readonly card?: Card;
  readonly picture?: Picture;
  readonly quote?: Quote;
  readonly attachments: readonly Attachment[];
}

/** Where web conversations are kept; the vendor's server of our own channel. */
export interface TranscriptStore {
  /** Resolves when durable. `fresh` is false when this id was there before; then the first version is returned. */
  append(message: Omit<TranscriptMessage, 'seq'>): Promise<{ message: TranscriptMessage; fresh: boolean }>;
  after(conversationId: string, seq: number, limit: number): Promise<readonly TranscriptMessage[]>;
  byId(id: string): Promise<TranscriptMessage | undefined>;
}
