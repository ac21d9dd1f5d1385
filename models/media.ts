import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import type { MediaStore } from '#core/media';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder } from './driver-error.ts';

/** The bytes of one photo or file; far below MongoDB's 16 MiB a document. */
export interface MediaDocument {
  _id: string;
  placeId: string;
  mime: string;
  bytes: Buffer;
  size: number;
}

export const MAX_MEDIA_BYTES = 10 * 1_024 * 1_024;

export const mediaCollection = defineCollection<MediaDocument>({
  name: 'media',
  fields: {
    placeId: { type: String, required: true },
    mime: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    size: { type: Number, required: true, max: MAX_MEDIA_BYTES },
  },
  indexes: [],
  shardKey: { keys: { _id: 'hashed' }, why: 'the bulk of the bytes, read one by one' },
});

/** `put` throws RangeError beyond MAX_MEDIA_BYTES; borders cap uploads before. */
export function createMediaStore(connection: Connection): MediaStore {
  const media = collectionOf(connection, mediaCollection);
  return {
    put: (placeId, bytes, mime) =>
      atBorder(async () => {
        if (bytes.byteLength > MAX_MEDIA_BYTES) throw new RangeError('media too large');
        const id = createHash('sha256').update(placeId).update('\0').update(mime).update('\0').update(bytes);
        const _id = id.digest('base64url');
        const document = { placeId, mime, bytes: Buffer.from(bytes), size: bytes.byteLength };
        await media.updateOne({ _id: _id }, { $setOnInsert: document }, { upsert: true });
        return _id;
      }),
    get: (mediaId) =>
      atBorder(async () => {
        const found = await media.findOne({ _id: mediaId }, { promoteBuffers: true });
        if (!found) return undefined;
        const { bytes, mime, placeId } = found;
        return { bytes, mime, placeId };
      }),
  };
}
