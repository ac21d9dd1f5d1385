import type { Connection } from 'mongoose';

import { conversationKey, type ConversationRef, type InboundMessage } from '#core/message';
import { groupBy } from '#core/group-by';
import { collectionOf } from '#models/collection';
import { inboxCollection } from '#models/inbox';

/** A chat that belongs to no place, and who has spoken there: what a community's file wants to know. */
export interface SeenChat {
  readonly conversation: ConversationRef;
  readonly kind: InboundMessage['conversationKind'];
  readonly speakers: readonly { readonly vendorId: string; readonly name: string }[];
}

const MAX_MESSAGES = 5_000;

/** Unbound chats of the latest messages that the inbox still has, the latest chat first. */
export async function seenChats(connection: Connection): Promise<readonly SeenChat[]> {
  const rows = await collectionOf(connection, inboxCollection)
    .find({ event: { $in: ['refused.unbound', 'ignored.unbound'] } })
    .sort({ receivedAt: -1 })
    .limit(MAX_MESSAGES)
    .toArray();
  const byChat = groupBy(
    rows.map(({ message }) => message),
    ({ from }) => conversationKey(from),
  );
  return [...byChat.values()].flatMap((messages) => {
    const [latest] = messages;
    if (!latest) return [];
    const senders = messages.map(({ sender }) => sender).filter(({ isSelf }) => !isSelf);
    const names = new Map(senders.map(({ vendorId, displayName }) => [vendorId, displayName ?? '']));
    const speakers = [...names].map(([vendorId, name]) => ({ vendorId, name }));
    return [{ conversation: latest.from, kind: latest.conversationKind, speakers }];
  });
}
