import type { PollResultPicture } from '#core/picture';
import type { PictureFonts } from './font-files.ts';
import { foot } from './foot-part.ts';
import { placeLine, titleLines, verdictBanner } from './head-part.ts';
import { AGAINST_HATCH, optionBars } from './options-part.ts';
import { MISSING_SIGN } from './set-text.ts';
import { CANVAS, COLOURS, rect, type Block } from './svg.ts';
import { checkLines, turnoutTrack } from './turnout-part.ts';

/** How generously the picture is set. */
interface Setting {
  readonly labelLines: number;
  readonly verdictLines: number;
  readonly optionGap: number;
}

/** From the most generous on; the first one that keeps the picture within its height is taken, and the last always does. */
const SETTINGS: readonly Setting[] = [
  { labelLines: 2, verdictLines: 2, optionGap: 40 },
  { labelLines: 1, verdictLines: 2, optionGap: 40 },
  { labelLines: 1, verdictLines: 1, optionGap: 40 },
  { labelLines: 1, verdictLines: 1, optionGap: 32 },
  { labelLines: 1, verdictLines: 1, optionGap: 24 },
  { labelLines: 1, verdictLines: 1, optionGap: 20 },
];

/** A block and the space above it. */
type Placed = readonly [gap: number, block: Block];

function blocksOf(
  picture: PollResultPicture,
  setting: Setting,
  lacksSigns: boolean,
  fonts: PictureFonts,
): Placed[] {
  const bars = optionBars(picture, setting.labelLines, fonts);
  return [
    [CANVAS.margin, placeLine(picture, fonts)],
    [20, titleLines(picture, fonts)],
    [28, verdictBanner(picture, setting.verdictLines, fonts)],
    [32, turnoutTrack(picture, fonts)],
    ...checkLines(picture, fonts).map((block): Placed => [28, block]),
    ...bars.map((bar): Placed => [setting.optionGap, bar]),
    [40, foot(picture, lacksSigns, fonts)],
  ];
}

interface Drawing {
  readonly height: number;
  readonly body: string;
}

function stacked(blocks: readonly Placed[]): Drawing {
  let bottom = 0;
  let body = '';
  for (const [gap, block] of blocks) {
    body += block.draw(bottom + gap);
    bottom += gap + block.height;
  }
  return { height: Math.ceil(bottom + CANVAS.margin), body };
}

function drawingOf(picture: PollResultPicture, lacksSigns: boolean, fonts: PictureFonts): Drawing {
  let drawing: Drawing = { height: 0, body: '' };
  for (const setting of SETTINGS) {
    drawing = stacked(blocksOf(picture, setting, lacksSigns, fonts));
    if (drawing.height <= CANVAS.maxHeight) break;
  }
  return drawing;
}

/**
 * The result of a poll as an SVG picture, 1080 px wide and at most 1920 high. Every text keeps inside the margins
 * and uses only signs that the fonts have; the same data give the same text.
 */
export function pollResultSvg(picture: PollResultPicture, fonts: PictureFonts): string {
  const plain = drawingOf(picture, false, fonts);
  const { height, body } = plain.body.includes(MISSING_SIGN) ? drawingOf(picture, true, fonts) : plain;
  const paper = rect({ x: 0, y: 0, width: CANVAS.width, height }, COLOURS.paper);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CANVAS.width}" height="${height}" ` +
    `viewBox="0 0 ${CANVAS.width} ${height}" xml:lang="zh-CN"><defs>${AGAINST_HATCH}</defs>${paper}${body}</svg>`
  );
}
