import type { PollOpeningPicture } from '#core/picture';
import { lines, stacked, svgPicture, type Block, type Placed } from './blocks.ts';
import type { PictureFonts } from './font-files.ts';
import { placeLine, titleLines } from './head-part.ts';
import { qrCode } from './qr-code.ts';
import { fitsQrCode } from './qr-squares.ts';
import { drawable, linesOf, MISSING_SIGN } from './set-text.ts';
import { CANVAS, COLOURS, faceOf, type TextStyle } from './svg.ts';

const FACT: TextStyle = { size: 40, fill: COLOURS.ink };
const FACT_PITCH = 56;
const CALL: TextStyle = { size: 44, bold: true, fill: COLOURS.primaryOnSoft };
const LINK: TextStyle = { size: 32, fill: COLOURS.ink2 };
const LINK_PITCH = 44;
/** Room for every address that gets a code. */
const MOST_LINK_LINES = 12;
const QR_SIDE = 520;
const MIDDLE = { x: CANVAS.width / 2, anchor: 'middle' } as const;

/** The text in lines of this style; what is more than `most` of them ends with an ellipsis. */
function brokenUp(text: string, style: TextStyle, most: number, fonts: PictureFonts): readonly string[] {
  const face = faceOf(fonts, style);
  return linesOf(drawable(text, face), CANVAS.inner / style.size, most, face);
}

function fact(text: string, most: number, fonts: PictureFonts): Block {
  return lines(brokenUp(text, FACT, most, fonts), FACT, FACT_PITCH, { x: CANVAS.margin });
}

function codeOf(url: string): Block {
  return { height: QR_SIDE, draw: (top) => qrCode(url, QR_SIDE, (CANVAS.width - QR_SIDE) / 2, top) };
}

/** The code with its call, and the address for whoever types it; an address that no phone could read has letters alone. */
function wayIn(url: string, fonts: PictureFonts): Placed[] {
  const link = lines(brokenUp(url, LINK, MOST_LINK_LINES, fonts), LINK, LINK_PITCH, MIDDLE);
  if (!fitsQrCode(url)) return [[48, link]];
  return [
    [56, codeOf(url)],
    [48, lines(['扫一扫，看题目，去投票'], CALL, CALL.size, MIDDLE)],
    [24, link],
  ];
}

/** The way to a poll's page as an SVG picture, 1080 px wide. The same data give the same text. */
export function pollOpeningSvg(picture: PollOpeningPicture, fonts: PictureFonts): string {
  const head: Placed[] = [
    [CANVAS.margin, placeLine(picture, fonts)],
    [20, titleLines(picture, fonts)],
    [32, fact(`谁能投　${picture.electorate}`, 2, fonts)],
    [16, fact(`截止时间　${picture.closes}`, 1, fonts)],
  ];
  const blocks = [...head, ...wayIn(picture.url, fonts)];
  const { body } = stacked(blocks);
  const lacksSigns = body.includes(MISSING_SIGN);
  const note = lines([`${MISSING_SIGN}是图上写不出的字，见文字消息`], LINK, LINK_PITCH, MIDDLE);
  return svgPicture(stacked(lacksSigns ? [...blocks, [24, note]] : blocks));
}
