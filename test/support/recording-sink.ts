import type { InboundSink } from '#core/channel';
import { conversationKey, type InboundMessage } from '#core/message';

export interface RecordingSink {
  readonly sink: InboundSink;
  /** Messages kept, each key once, as the inbox keeps them. */
  readonly stored: readonly InboundMessage[];
  /** How often the sink was called. */
  readonly calls: () => number;
  /** The next calls reject with these errors. */
  failWith(...errors: readonly Error[]): void;
}

/** The door of an inbox that only remembers. */
export function createRecordingSink(): RecordingSink {
  const kept = new Map<string, InboundMessage>();
  const stored: InboundMessage[] = [];
  const errors: Error[] = [];
  let calls = 0;
  return {
    stored,
    calls: () => calls,
    failWith: (...more) => void errors.push(...more),
    async sink(message) {
      calls += 1;
      const error = errors.shift();
      if (error) throw error;
      const key = `${conversationKey(message.from)} ${message.messageId}`;
      if (kept.has(key)) return 'duplicate';
      kept.set(key, message);
      stored.push(message);
      return 'stored';
    },
  };
}
