/** Keeps the bytes of photos and files; everything else only holds the id. */
export interface MediaStore {
  /** Keeps bytes once under an id derived from them and the place. */
  put(placeId: string, bytes: Uint8Array, mime: string): Promise<string>;
  get(mediaId: string): Promise<{ bytes: Uint8Array; mime: string; placeId: string } | undefined>;
}
