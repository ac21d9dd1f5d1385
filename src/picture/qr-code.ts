import { qrSquares } from './qr-squares.ts';
import { COLOURS, px } from './svg.ts';

/** The QR code of an address, so many px a side; the white around it is left to the picture. */
export function qrCode(url: string, side: number, left: number, top: number): string {
  const { path, size } = qrSquares(url);
  const scale = Math.round((side / size) * 1e6) / 1e6;
  return (
    `<path transform="translate(${px(left)} ${px(top)}) scale(${scale})" shape-rendering="crispEdges" ` +
    `fill="${COLOURS.ink}" d="${path}"/>`
  );
}
