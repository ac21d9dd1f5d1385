import { Resvg } from '@resvg/resvg-js';
import jsqr from 'jsqr';

type ReadQr = (data: Uint8ClampedArray, width: number, height: number) => { readonly data: string } | null;

// Another package declares this one without types.
const read = jsqr as unknown as ReadQr;

/** What a phone reads from an image of RGBA pixels; undefined when it finds no QR code that it can read. */
export function readQr(pixels: ArrayLike<number>, width: number, height: number): string | undefined {
  return read(Uint8ClampedArray.from(pixels), width, height)?.data;
}

/** The same of a PNG. */
export function readQrOfPng(png: Buffer): string | undefined {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`;
  return readQr(new Resvg(svg).render().pixels, width, height);
}
