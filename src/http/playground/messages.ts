import type { TranscriptMessage } from '#core/transcript';
import type { WebConversation, WebDirectory } from '#core/web-chat';

import { notFound } from '../problems.ts';
import type { MessageAnswer } from './schemas.ts';

/** The conversation, or a 404. */
export async function findConversation(directory: WebDirectory, id: string): Promise<WebConversation> {
  const found = (await directory.conversations()).find((conversation) => conversation.id === id);
  if (!found) throw notFound();
  return found;
}

/** A message as the playground's API shows it: pictures are attachments with their text beside them. */
export function messageAnswer(message: TranscriptMessage): MessageAnswer {
  const { seq, id, at, from, text, card, quote, picture } = message;
  const attachments = [
    ...message.attachments.map(({ mediaId, mime, name }) => ({
      url: `/api/playground/media/${encodeURIComponent(mediaId)}`,
      mime,
      ...(name !== undefined && { name }),
    })),
    ...(picture
      ? [
          {
            url: `/api/playground/messages/${encodeURIComponent(id)}/picture.png`,
            mime: 'image/png',
            alt: text,
          },
        ]
      : []),
  ];
  return {
    seq,
    id,
    at: at.toISOString(),
    from,
    text,
    ...(card && { card: structuredClone(card) as NonNullable<MessageAnswer['card']> }),
    ...(quote && { quote }),
    ...(attachments.length > 0 && { attachments }),
  };
}
