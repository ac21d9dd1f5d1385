import type { OutboundMessage } from '#core/channel';
import type { OutboxRow } from '#core/outbox';
import { joinedText } from '#core/outbox-join';
import { splitText } from './split-text.ts';

/** What a row sends next. */
export interface Outgoing {
  readonly message: OutboundMessage;
  /** No part follows. */
  readonly isLast: boolean;
}

/**
 * The part of a row whose turn it is. A text within the channel's limit is one part; each part of a longer one is
 * claimed and settled by itself, so a crash repeats at most one. Mentions go with the first part, card and picture
 * with the last. Answers that were joined with it are lines of the same text.
 */
export function outgoingOf(
  row: OutboxRow,
  maxTextBytes: number,
  joined: readonly OutboxRow[] = [],
): Outgoing {
  const { mentions, card, picture } = row.body;
  const text = joinedText([row, ...joined]);
  const parts = splitText(text, maxTextBytes);
  const index = Math.min(row.partsSent, Math.max(0, parts.length - 1));
  const isLast = index >= parts.length - 1;
  const body = {
    text: parts[index] ?? text,
    ...(index === 0 && mentions && { mentions }),
    ...(isLast && card && { card }),
    ...(isLast && picture && { picture }),
  };
  return { message: { id: index === 0 ? row.id : `${row.id}#${index + 1}`, to: row.to, body }, isLast };
}
