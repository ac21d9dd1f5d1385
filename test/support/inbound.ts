import type { InboundBody, InboundMessage } from '#core/message';

let counter = 0;

export const NOON = new Date('2026-11-20T04:00:00.000Z');

/** A message as a channel hands it in; a fresh id unless one is given. */
export function inbound(
  said: string | InboundBody,
  more: Partial<Omit<InboundMessage, 'from' | 'sender'>> & {
    chat?: string;
    who?: string;
    direct?: boolean;
  } = {},
): InboundMessage {
  const { chat = 'residents', who = 'zhang', direct = false, ...rest } = more;
  counter += 1;
  return {
    from: { channel: 'web', account: 'demo', conversationId: chat },
    conversationKind: direct ? 'direct' : 'group',
    messageId: `m${counter}`,
    sender: { vendorId: who, displayName: who, isSelf: false },
    mentionsBot: false,
    sentAt: NOON,
    body: typeof said === 'string' ? { type: 'text', text: said } : said,
    attachments: [],
    ...rest,
  };
}
