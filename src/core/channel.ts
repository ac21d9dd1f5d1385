import type { Card } from './card.ts';
import type { ChannelKind, ConversationRef, InboundMessage } from './message.ts';
import type { Picture } from './picture.ts';

/** What a message shows. `text` alone must hold every fact: cards and pictures only repeat it. */
export interface OutboundBody {
  readonly text: string;
  readonly card?: Card;
  readonly picture?: Picture;
  /** Vendor ids to mention, where the channel can. */
  readonly mentions?: readonly string[];
}

/** One send, as a channel gets it. */
export interface OutboundMessage {
  /** Our outbox id. The same id may be handed over again after a crash. */
  readonly id: string;
  readonly to: ConversationRef;
  readonly body: OutboundBody;
}

/**
 * How a send ended. `delivered`: it is in the conversation. `accepted`: the vendor took it and says no more.
 * `retry`: nothing was sent, try again. `uncertain`: it may or may not be there. `rejected`: never will be.
 * `needsHuman`: it waits for a person's tap outside our reach.
 */
export type SendOutcome =
  | { readonly status: 'delivered'; readonly providerMessageId?: string }
  | { readonly status: 'accepted' }
  | {
      readonly status: 'retry';
      readonly reason: string;
      readonly retryAfterMs?: number;
      /** What the vendor puts off: this conversation (`lane`, the default) or our whole login (`sender`). */
      readonly scope?: 'lane' | 'sender';
    }
  | { readonly status: 'uncertain'; readonly reason: string }
  | { readonly status: 'rejected'; readonly reason: string }
  | { readonly status: 'needsHuman'; readonly reason: string };

export interface ChannelLimits {
  readonly maxTextBytes: number;
  /** In one conversation. */
  readonly sendsPerMinute: number;
  /** By the login in all its conversations, where its vendor counts that too. */
  readonly loginSendsPerMinute?: number;
}

/** What a channel can do; the domain asks these, never the channel's name. */
export interface ChannelCapabilities {
  readonly canReceive: boolean;
  readonly canPushNow: boolean;
  /** A one-to-one chat can be started by us. */
  readonly canPushDirect: boolean;
  readonly needsHumanConfirm: boolean;
  readonly hasCards: boolean;
  readonly hasPictures: boolean;
  /** Joins and leaves are reported, so that a group's members are known. */
  readonly hasMembership: boolean;
  readonly stableIds: boolean;
}

export type ChannelHealth = 'ready' | 'connecting' | 'needsLogin' | 'down';

/** Resolves only when the message is durable; a rejection means: let the vendor deliver it again. */
export type InboundSink = (message: InboundMessage) => Promise<'stored' | 'duplicate'>;

/** One adapter. It translates and transports; it decides nothing. */
export interface Channel {
  readonly kind: ChannelKind;
  readonly account: string;
  readonly capabilities: ChannelCapabilities;
  readonly limits: ChannelLimits;
  start(sink: InboundSink): Promise<void>;
  stop(): Promise<void>;
  health(): ChannelHealth;
  /** Never throws for a vendor's refusal: that is an outcome. Must end soon after `signal` aborts. */
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendOutcome>;
}
