import { encode } from 'uqr';

/** Longer addresses make squares that a phone cannot read from a small picture. */
const MAX_URL_CHARS = 250;

/** Whether an address gets a QR code; one too long to be read by a phone gets none. */
export function fitsQrCode(url: string | undefined): url is string {
  return url !== undefined && url !== '' && url.length <= MAX_URL_CHARS;
}

/** The dark squares of an address's QR code as one path, and how many squares a side has. Also for pages. */
export function qrSquares(url: string): { readonly path: string; readonly size: number } {
  const { data, size } = encode(url, { ecc: 'M', border: 0 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { path: squares.join(''), size };
}
