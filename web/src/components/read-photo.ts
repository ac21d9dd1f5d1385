/** Longest side of a photo as it is sent; more than that no reader of a concern needs. */
const LONGEST_PX = 1_600;
const QUALITY = 0.85;

export interface Photo {
  readonly name: string;
  readonly mime: 'image/jpeg';
  readonly data: string;
}

/** Makes a photo smaller and drops what the camera wrote into it (place, device). Throws when it is no picture. */
export async function readPhoto(file: File): Promise<Photo> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const url = canvas.toDataURL('image/jpeg', QUALITY);
  return { name: file.name.slice(0, 100), mime: 'image/jpeg', data: url.slice(url.indexOf(',') + 1) };
}
