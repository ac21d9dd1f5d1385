import { z } from 'zod';

/** As many photos as one message of a phone carries. */
export const MAX_ATTACHMENTS = 9;
/** Photos arrive inside the request; a phone's picture reduced to 1600 px stays far below. */
const MAX_ATTACHMENT_BYTES = 4_000_000;
const BASE64_OVERHEAD = 4 / 3;

/** One photo inside a request. */
export const attachmentSchema = z.object({
  name: z.string().max(200).optional(),
  mime: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  data: z
    .base64()
    .max(Math.ceil(MAX_ATTACHMENT_BYTES * BASE64_OVERHEAD))
    .meta({ description: 'The bytes of the picture in base64.' }),
});

export type AttachmentInput = z.infer<typeof attachmentSchema>;
