import type { ConversationRef } from './message.ts';

/** What became of a message: `undecided`, or the stable id of what was decided. */
export type InboxFate =
  { readonly state: 'undecided' } | { readonly state: 'decided'; readonly event: string };

export interface InboxFates {
  /** Undefined: no such message was kept. */
  fateOf(from: ConversationRef, messageId: string): Promise<InboxFate | undefined>;
}
