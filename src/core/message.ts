import type { GivenChoice } from './vote-method.ts';

/** A vendor's messaging system. `web` is ours: playground and participation pages. */
export type ChannelKind = 'web' | 'wechaty';

/** Where a chat is: one conversation, seen by one of our logins (`account`) on one channel. */
export interface ConversationRef {
  readonly channel: ChannelKind;
  readonly account: string;
  readonly conversationId: string;
}

/** A file that came with a message. The bytes stay with the media store; only `mediaId` travels. */
export interface Attachment {
  readonly mediaId: string;
  readonly kind: 'image' | 'file';
  readonly mime: string;
  readonly bytes: number;
  readonly name?: string;
}

/** Another message repeated in front of the sender's own words. */
export interface Quote {
  readonly from?: string;
  readonly text: string;
  /** Our outbox id, when the channel can say which of the bot's messages is quoted. */
  readonly messageId?: string;
}

/**
 * What was said. `press` is a card's button: `say` is the command text that the button stands for.
 * Kinds we do not know are kept as `unsupported`, never dropped.
 */
export type InboundBody =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'press'; readonly say: string; readonly cardMessageId?: string }
  /** A vote from a poll's page; the page found out who it is, and speaks for that identity. */
  | { readonly type: 'ballot'; readonly pollId: string; readonly given: GivenChoice }
  /** The same for a voter who authorised them; whether that still stands is asked when it is decided. */
  | {
      readonly type: 'proxyBallot';
      readonly pollId: string;
      readonly voterId: string;
      readonly given: GivenChoice;
    }
  | { readonly type: 'joined'; readonly members: readonly InboundSender[] }
  | { readonly type: 'left'; readonly members: readonly InboundSender[] }
  | { readonly type: 'unsupported'; readonly wireType: string };

export interface InboundSender {
  /** The vendor's id of the sender; with channel and account it makes the identity. */
  readonly vendorId: string;
  readonly displayName?: string;
  readonly isSelf: boolean;
  /** Where this sender can be written to one-to-one, when the channel can start such a chat. */
  readonly direct?: ConversationRef;
}

/** One message as every channel hands it in. Holds no vendor object. */
export interface InboundMessage {
  readonly from: ConversationRef;
  readonly conversationKind: 'group' | 'direct';
  /** The vendor's id; with the conversation it is the key under which the message is kept once. */
  readonly messageId: string;
  readonly sender: InboundSender;
  readonly mentionsBot: boolean;
  /** The vendor's time: deadlines are judged by it. */
  readonly sentAt: Date;
  readonly body: InboundBody;
  readonly quote?: Quote;
  readonly attachments: readonly Attachment[];
}

/** One string a conversation; also the outbox lane and the inbox order key. */
export function conversationKey(ref: ConversationRef): string {
  return `${ref.channel}:${ref.account}:${ref.conversationId}`;
}

/** One string an identity. */
export function identityKey(ref: ConversationRef, vendorId: string): string {
  return `${ref.channel}:${ref.account}:${vendorId}`;
}

/** The vendor's id inside an identity's. */
export function vendorIdOf(identityId: string, { channel, account }: ConversationRef): string {
  return identityId.slice(`${channel}:${account}:`.length);
}
