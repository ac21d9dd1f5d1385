import { MINUTE_MS } from '#core/clock';
import type { Attachment, InboundBody, InboundMessage, InboundSender } from '#core/message';
import { stripMention, stripQuote } from '#language/message-frame';
import { directConversation } from './conversations.ts';

/** A contact as it was read. */
export interface HeardContact {
  readonly id: string;
  readonly name: string;
  readonly isSelf: boolean;
  /** Only friends can be written to. */
  readonly isFriend: boolean;
}

/** A message as it was read from wechaty: plain values only. */
export interface HeardMessage {
  readonly id: string;
  /** wechaty's number of the kind of message. */
  readonly type: number;
  readonly text: string;
  /** The room's conversation; absent one-to-one. */
  readonly roomConversation?: string;
  readonly talker: HeardContact;
  /** What the bot is called in this room, when that differs. */
  readonly selfAlias?: string;
  /** wechaty thinks that the bot is mentioned. */
  readonly mentionsSelf: boolean;
  readonly sentAt: Date;
  /** A photo whose bytes are kept. */
  readonly image?: Attachment;
}

/** Somebody came or went. */
export interface HeardMembers {
  readonly change: 'joined' | 'left';
  readonly roomId: string;
  readonly roomConversation: string;
  readonly members: readonly HeardContact[];
  readonly by: HeardContact;
  readonly at: Date;
}

/** What the account is called and which of our logins it is. */
export interface DecodeScope {
  readonly account: string;
  /** Every name people may mention the bot by. */
  readonly botNames: readonly string[];
  readonly receivedAt: Date;
}

export const TEXT = 7;
export const IMAGE = 6;

/** wechaty's kinds of message by number (wechaty-puppet 1.21, schemas/message.ts). */
const WIRE_TYPES = (
  'unknown attachment audio contact chatHistory emoticon image text location miniProgram groupNote transfer ' +
  'redEnvelope recalled url video post'
).split(' ');

/** The message as every channel hands it in. */
export function decodeMessage(heard: HeardMessage, scope: DecodeScope): InboundMessage {
  const { roomConversation, talker, image } = heard;
  const words = wordsIn(heard, scope.botNames);
  return {
    from: ref(scope, roomConversation ?? directConversation(talker.id)),
    conversationKind: roomConversation === undefined ? 'direct' : 'group',
    messageId: heard.id,
    sender: senderOf(talker, scope),
    mentionsBot: words.mentioned,
    sentAt: plausible(heard.sentAt, scope.receivedAt),
    body: bodyOf(heard, words.text),
    ...(words.quote && { quote: words.quote }),
    attachments: image ? [image] : [],
  };
}

/** A change of members; the same change reported twice has the same message id. */
export function decodeMembers(heard: HeardMembers, scope: DecodeScope): InboundMessage {
  const { change, members, by, at } = heard;
  const ids = members.map(({ id }) => id).sort();
  return {
    from: ref(scope, heard.roomConversation),
    conversationKind: 'group',
    messageId: `${change}-${heard.roomId}-${at.getTime()}-${ids.join('-')}`.slice(0, 400),
    sender: senderOf(by, scope),
    mentionsBot: false,
    sentAt: plausible(at, scope.receivedAt),
    body: { type: change, members: members.map((member) => senderOf(member, scope)) },
    attachments: [],
  };
}

function ref({ account }: DecodeScope, conversationId: string) {
  return { channel: 'wechaty', account, conversationId } as const;
}

function senderOf({ id, name, isSelf, isFriend }: HeardContact, scope: DecodeScope): InboundSender {
  return {
    vendorId: id,
    ...(name !== '' && { displayName: name }),
    isSelf,
    ...(isFriend && !isSelf && { direct: ref(scope, directConversation(id)) }),
  };
}

/**
 * WeChat shows a quote as text in front of the reply, so both are taken apart here. A mention counts when it is in
 * the reply: wechaty also finds those in the quote. A name without @ is left to the router.
 */
function wordsIn({ text, mentionsSelf, selfAlias = '' }: HeardMessage, botNames: readonly string[]) {
  const unquoted = stripQuote(text);
  const hasSign = /[@＠]/u.test(unquoted.text);
  const called = hasSign
    ? stripMention(unquoted.text, [...botNames, selfAlias])
    : { text: unquoted.text, mentioned: false };
  const { quote } = unquoted;
  return {
    text: called.text,
    mentioned: called.mentioned || (mentionsSelf && (hasSign || !quote)),
    ...(quote && { quote: { ...(quote.author !== '' && { from: quote.author }), text: quote.text } }),
  };
}

function bodyOf({ type, image }: HeardMessage, text: string): InboundBody {
  if (type === TEXT) return { type: 'text', text };
  if (image) return { type: 'text', text: '' };
  return { type: 'unsupported', wireType: WIRE_TYPES[type] ?? `type${type}` };
}

/** WeChat did not exist before. */
const EARLIEST_MS = Date.UTC(2011, 0, 1);

/** A time that cannot be true is replaced by that of arrival; wechaty has made milliseconds of seconds by itself. */
function plausible(at: Date, receivedAt: Date): Date {
  const ms = at.getTime();
  return ms >= EARLIEST_MS && ms <= receivedAt.getTime() + 5 * MINUTE_MS ? at : receivedAt;
}
