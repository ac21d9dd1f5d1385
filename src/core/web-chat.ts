import type { Channel } from './channel.ts';
import type { Attachment, ConversationRef, Quote } from './message.ts';
import type { GroupKind, Role } from './people.ts';
import type { TranscriptMessage } from './transcript.ts';

export const WEB_ACCOUNT = 'yishi';

/** Where a web conversation is, as the rest of the program names it. */
export function webConversation(conversationId: string): ConversationRef {
  return { channel: 'web', account: WEB_ACCOUNT, conversationId };
}

/** The one-to-one conversation of a web identity with the bot. */
export function directConversationId(vendorId: string): string {
  return `direct-${vendorId}`;
}

/** What a person says on the web, already checked for size and membership. */
export interface WebPost {
  readonly conversationId: string;
  readonly conversationKind: 'group' | 'direct';
  readonly messageId: string;
  readonly persona: { readonly vendorId: string; readonly name: string };
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly at: Date;
  readonly press?: { readonly say: string; readonly cardMessageId: string };
  readonly quote?: Quote;
  readonly attachments: readonly Attachment[];
}

/**
 * What a vendor does to us in one conversation, so that its delivery words can be seen: `removed`: the bot was
 * thrown out, nothing arrives; `needsTap`: what we send waits for a person's tap.
 */
export type WebWeather = 'normal' | 'removed' | 'needsTap';

export interface WebChannel extends Channel {
  /** Keeps the post and hands it to the inbox. Resolves only when both have it; the same id again does nothing. */
  receive(post: WebPost): Promise<TranscriptMessage>;
  /** Called after each new message in a conversation; returns the way to stop listening. */
  onMessage(listener: (conversationId: string) => void): () => void;
  weatherOf(conversationId: string): WebWeather;
  /** Back to `normal` is the tap: what waited for it appears. Forgotten when the process ends. */
  setWeather(conversationId: string, weather: WebWeather): Promise<void>;
}

export interface WebMember {
  readonly vendorId: string;
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
}

/** A chat that the playground shows. */
export interface WebConversation {
  readonly id: string;
  readonly placeId: string;
  readonly name: string;
  readonly kind: 'group' | 'direct';
  readonly groupKind?: GroupKind;
  readonly members: readonly WebMember[];
}

/** Who is in which chat of the web channel. */
export interface WebDirectory {
  conversations(): Promise<readonly WebConversation[]>;
}

/** The nine steps of the main job, as 试一试 ticks them. */
export type DemoStep =
  'concern' | 'topic' | 'poll' | 'result' | 'meeting' | 'publicity' | 'assignment' | 'answer' | 'notice';
