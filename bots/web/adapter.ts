import { TransientError } from '#core/errors';
import type { InboundSink, OutboundMessage, SendOutcome } from '#core/channel';
import type { InboundBody, InboundMessage } from '#core/message';
import type { TranscriptMessage, TranscriptStore } from '#core/transcript';
import {
  directConversationId,
  WEB_ACCOUNT,
  webConversation,
  type WebChannel,
  type WebPost,
  type WebWeather,
} from '#core/web-chat';

const CAPABILITIES = {
  canReceive: true,
  canPushNow: true,
  canPushDirect: true,
  needsHumanConfirm: false,
  hasCards: true,
  hasPictures: true,
  hasMembership: true,
  stableIds: true,
} as const;

/** The channel that is ours: playground and pages. It is both the vendor's server and the adapter for it. */
export function createWebChannel(deps: {
  transcript: TranscriptStore;
  now: () => Date;
  botName: string;
}): WebChannel {
  const { transcript, now, botName } = deps;
  const listeners = new Set<(conversationId: string) => void>();
  const weather = new Map<string, WebWeather>();
  /** Messages that wait for somebody's tap, in order. */
  const untapped = new Map<string, OutboundMessage[]>();
  let sink: InboundSink | undefined;

  const append = async (message: Omit<TranscriptMessage, 'seq'>) => {
    const kept = await transcript.append(message);
    if (kept.fresh) for (const listener of listeners) listener(message.conversationId);
    return kept.message;
  };

  return {
    kind: 'web',
    account: WEB_ACCOUNT,
    capabilities: CAPABILITIES,
    limits: { maxTextBytes: 20_000, sendsPerMinute: 600 },
    start(inboundSink) {
      sink = inboundSink;
      return Promise.resolve();
    },
    stop() {
      sink = undefined;
      return Promise.resolve();
    },
    health: () => (sink ? 'ready' : 'down'),
    async receive(post) {
      if (!sink) throw new TransientError('the web channel is not started');
      const kept = await append(transcriptOf(post));
      // A repeated post is judged by the time of the first one.
      await sink(inboundOf({ ...post, at: kept.at }));
      return kept;
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    weatherOf: (conversationId) => weather.get(conversationId) ?? 'normal',
    async setWeather(conversationId, next) {
      weather.set(conversationId, next);
      if (next === 'needsTap') return;
      const tapped = untapped.get(conversationId) ?? [];
      untapped.delete(conversationId);
      if (next === 'normal') for (const message of tapped) await append(botMessage(message, botName, now()));
    },
    async send(message): Promise<SendOutcome> {
      const { conversationId } = message.to;
      switch (weather.get(conversationId) ?? 'normal') {
        case 'removed':
          return { status: 'rejected', reason: 'removed' };
        case 'needsTap':
          untapped.set(conversationId, [...(untapped.get(conversationId) ?? []), message]);
          return { status: 'needsHuman', reason: 'tap' };
        case 'normal':
          await append(botMessage(message, botName, now()));
          return { status: 'delivered', providerMessageId: message.id };
      }
    },
  };
}

function transcriptOf(post: WebPost): Omit<TranscriptMessage, 'seq'> {
  return {
    id: post.messageId,
    conversationId: post.conversationId,
    at: post.at,
    from: { name: post.persona.name, bot: false },
    text: post.press?.say ?? post.text,
    ...(post.quote && { quote: post.quote }),
    attachments: post.attachments,
  };
}

function botMessage(message: OutboundMessage, botName: string, at: Date): Omit<TranscriptMessage, 'seq'> {
  const { text, card, picture } = message.body;
  return {
    id: message.id,
    conversationId: message.to.conversationId,
    at,
    from: { name: botName, bot: true },
    text,
    ...(card && { card }),
    ...(picture && { picture }),
    attachments: [],
  };
}

/** The post as every channel hands it in. */
export function inboundOf(post: WebPost): InboundMessage {
  const body: InboundBody = post.press ? { type: 'press', ...post.press } : { type: 'text', text: post.text };
  return {
    from: webConversation(post.conversationId),
    conversationKind: post.conversationKind,
    messageId: post.messageId,
    sender: {
      vendorId: post.persona.vendorId,
      displayName: post.persona.name,
      isSelf: false,
      direct: webConversation(directConversationId(post.persona.vendorId)),
    },
    mentionsBot: post.mentionsBot || post.press !== undefined,
    sentAt: post.at,
    body,
    ...(post.quote && { quote: post.quote }),
    attachments: post.attachments,
  };
}
