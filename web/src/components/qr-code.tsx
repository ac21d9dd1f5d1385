import { fitsQrCode, qrSquares } from '../../../src/picture/qr-squares.ts';

/** Free squares that a reader needs around a code. */
const QUIET = 4;

/** The QR code of an address, dark on white in every scheme. The address itself must stand beside it. */
export function QrCode({ url, label }: { url: string; label: string }) {
  if (!fitsQrCode(url)) return null;
  const { path, size } = qrSquares(url);
  const side = size + 2 * QUIET;
  return (
    <svg
      className="qr-code"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#1A1D21" />
    </svg>
  );
}
