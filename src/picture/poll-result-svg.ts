import type { PollResultPicture } from '#core/picture';
import { stacked, svgPicture, type Placed, type Stack } from './blocks.ts';
import type { PictureFonts } from './font-files.ts';
import { foot } from './foot-part.ts';
import { placeLine, titleLines, verdictBanner } from './head-part.ts';
import { AGAINST_HATCH, optionBars } from './options-part.ts';
import { MISSING_SIGN } from './set-text.ts';
import { CANVAS } from './svg.ts';
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

function drawingOf(picture: PollResultPicture, lacksSigns: boolean, fonts: PictureFonts): Stack {
  let drawing: Stack = { height: 0, body: '' };
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
  const whole = plain.body.includes(MISSING_SIGN) ? drawingOf(picture, true, fonts) : plain;
  return svgPicture(whole, AGAINST_HATCH);
}
