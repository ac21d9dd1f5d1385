import type { PollResultPicture } from '#core/picture';
import type { PictureFonts } from './font-files.ts';
import { ballotsOf, shownOptions } from './options-part.ts';
import { qrCode } from './qr-code.ts';
import { fitsQrCode } from './qr-squares.ts';
import { cutToEms, drawable, MISSING_SIGN } from './set-text.ts';
import type { Block } from './blocks.ts';
import { CANVAS, COLOURS, faceOf, rect, textLine, type TextStyle } from './svg.ts';

const FOOT: TextStyle = { size: 32, fill: COLOURS.ink2 };
const PITCH = 50;
const RULE_GAP = 32;
const QR_SIZE = 200;
const QR_GAP = 48;

/** What the picture leaves out; the link is named only where there is one. */
function restLine({ options, turnout, url }: PollResultPicture): string | undefined {
  const shown = shownOptions(options);
  if (shown.length === options.length) return undefined;
  // Points and scores of what is left out say nothing as a sum.
  const isByVotes = options.every(
    ({ words, votes }) => words === undefined || words === `${votes}${turnout.unit}`,
  );
  const sum = isByVotes ? `共${ballotsOf(options) - ballotsOf(shown)}${turnout.unit}` : '';
  const rest = `${options.length - shown.length}项${sum}`;
  return fitsQrCode(url) ? `其余见链接：${rest}` : `其余${rest}`;
}

function footLines(picture: PollResultPicture, lacksSigns: boolean): string[] {
  return [
    restLine(picture),
    '供决策参考',
    `截止时间　${picture.closedAt}`,
    `核验码　${picture.verificationCode}`,
    lacksSigns ? `${MISSING_SIGN}是图上写不出的字，见文字消息` : undefined,
  ].filter((line) => line !== undefined);
}

/** Under a rule: what is left out, what the result is for, until when, the code to check it by, and the QR code. */
export function foot(picture: PollResultPicture, lacksSigns: boolean, fonts: PictureFonts): Block {
  const face = faceOf(fonts, FOOT);
  const url = fitsQrCode(picture.url) ? picture.url : undefined;
  const ems = (CANVAS.inner - (url === undefined ? 0 : QR_SIZE + QR_GAP)) / FOOT.size;
  const lines = footLines(picture, lacksSigns).map((line) => cutToEms(drawable(line, face), ems, face));
  const textHeight = FOOT.size + PITCH * (lines.length - 1);
  const height = Math.max(textHeight, url === undefined ? 0 : QR_SIZE);
  const textTop = RULE_GAP + (height - textHeight) / 2;
  return {
    height: RULE_GAP + height,
    draw: (top) =>
      rect({ x: CANVAS.margin, y: top, width: CANVAS.inner, height: 2 }, COLOURS.line) +
      lines
        .map((line, index) => textLine(line, FOOT, { x: CANVAS.margin, top: top + textTop + index * PITCH }))
        .join('') +
      (url === undefined ? '' : qrCode(url, QR_SIZE, CANVAS.right - QR_SIZE, top + RULE_GAP)),
  };
}
