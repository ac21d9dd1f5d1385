import type { TranscriptMessage, TranscriptStore } from '#core/transcript';

/** What was said in the web chats, in memory. */
export function memoryTranscript(): TranscriptStore {
  const kept: TranscriptMessage[] = [];
  return {
    async append(message) {
      const known = kept.find(({ id }) => id === message.id);
      if (known) return { message: known, fresh: false };
      const seq = kept.filter(({ conversationId }) => conversationId === message.conversationId).length + 1;
      kept.push({ ...message, seq });
      return { message: { ...message, seq }, fresh: true };
    },
    after: async (conversationId, seq) =>
      kept.filter((one) => one.conversationId === conversationId && one.seq > seq),
    byId: async (id) => kept.find((one) => one.id === id),
  };
}
