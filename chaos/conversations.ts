import type { ConversationRef } from '#core/message';

/** The login under which the instances speak with the fake vendor. */
export const CHAOS_ACCOUNT = 'chaos';

/** A channel kind that is ours, so that nothing of a real vendor is touched. */
export function conversationOf(conversationId: string): ConversationRef {
  return { channel: 'web', account: CHAOS_ACCOUNT, conversationId };
}
