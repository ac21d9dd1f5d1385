import { encode } from 'uqr';
import { COLOURS, px } from './svg.ts';

/** Side of the QR code in px. */
export const QR_SIZE = 200;

/** Longer addresses make squares that a phone cannot read from a small picture. */
const MAX_URL_CHARS = 250;

/** Whether an address gets a QR code; one too long to be read by a phone gets none. */
export function fitsQrCode(url: string | undefined): url is string {
  return url !== undefined && url !== '' && url.length <= MAX_URL_CHARS;
}

/** The QR code of an address as one path; the white around it is left to the page. */
export function qrCode(url: string, left: number, top: number): string {
  const { data, size } = encode(url, { ecc: 'M', border: 0 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const scale = Math.round((QR_SIZE / size) * 1e6) / 1e6;
  return (
    `<path transform="translate(${px(left)} ${px(top)}) scale(${scale})" shape-rendering="crispEdges" ` +
    `fill="${COLOURS.ink}" d="${squares.join('')}"/>`
  );
}
