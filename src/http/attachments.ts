import type { MediaStore } from '#core/media';
import type { Attachment } from '#core/message';

import type { AttachmentInput } from './attachment-schema.ts';

/** Room for the most photos of the largest size in base64. */
export const JSON_LIMIT = '50mb';

/** Keeps the photos of a request for a place; what is kept already stays once. */
export async function keepAttachments(
  media: MediaStore,
  placeId: string,
  attachments: readonly AttachmentInput[],
): Promise<Attachment[]> {
  return Promise.all(
    attachments.map(async ({ name, mime, data }) => {
      const bytes = Buffer.from(data, 'base64');
      const mediaId = await media.put(placeId, bytes, mime);
      return {
        mediaId,
        kind: 'image' as const,
        mime,
        bytes: bytes.length,
        ...(name !== undefined && { name }),
      };
    }),
  );
}
