import type { PictureOption, PollResultPicture } from '#core/picture';
import { percentWords } from '#texts/words';
import type { PictureFonts } from './font-files.ts';
import { cutToEms, drawable, linesOf, widthInEms } from './set-text.ts';
import type { Block } from './blocks.ts';
import { CANVAS, COLOURS, faceOf, px, textLine, type TextStyle } from './svg.ts';

type Option = PictureOption;

const MAX_OPTIONS = 8;
const LABEL: TextStyle = { size: 40, fill: COLOURS.ink };
const LABEL_PITCH = 52;
const LABEL_GAP = 10;
const NUMBERS: TextStyle = { size: 44, bold: true, fill: COLOURS.ink };
const NUMBERS_GAP = 20;
/** Words beside a bar are a few signs; more would leave no bar. */
const WIDEST = 8;
const BAR = { height: 56, radius: 8 } as const;

/** What each of the three usual answers is drawn in. No option looks right or wrong, as red and green would. */
const STANCE_FILLS: readonly (readonly [RegExp, string])[] = [
  [/^(?:赞成|同意|支持)$/u, COLOURS.primary],
  [/^(?:反对|不同意|不赞成|不支持)$/u, 'url(#against)'],
  [/^弃权$/u, COLOURS.abstain],
];

/** Hatched, so that it differs from the others without colour too. */
export const AGAINST_HATCH =
  '<pattern id="against" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  `<rect width="16" height="16" fill="${COLOURS.against}"/><rect width="4" height="16" fill="#E9B283"/></pattern>`;

/** The colours of for, against and abstain when every option is one of them; else one hue for all. */
function fillsOf(options: readonly Option[]): readonly string[] {
  const fills = options.map(({ label }) => STANCE_FILLS.find(([words]) => words.test(label.trim()))?.[1]);
  return fills.map((fill) => (fill !== undefined && !fills.includes(undefined) ? fill : COLOURS.primary));
}

/** All options, or the eight with most votes; in either case in the poll's order. Of equals the earlier goes first. */
export function shownOptions(options: readonly Option[]): readonly Option[] {
  const byVotes = options
    .map((option, index) => ({ option, index }))
    .sort((a, b) => b.option.votes - a.option.votes);
  const shown = byVotes.slice(0, MAX_OPTIONS).sort((a, b) => a.index - b.index);
  return shown.map(({ option }) => option);
}

export function ballotsOf(options: readonly Option[]): number {
  return options.reduce((sum, { votes }) => sum + votes, 0);
}

interface Columns {
  readonly percentRight: number;
  readonly votesRight: number;
  readonly barWidth: number;
}

/** Votes and percent stand in columns as wide as their widest; the bars share what is left. */
function columns(rows: readonly { votes: string; percent: string }[], fonts: PictureFonts): Columns {
  const widest = (texts: readonly string[]): number =>
    Math.max(...texts.map((text) => widthInEms(text, faceOf(fonts, NUMBERS)))) * NUMBERS.size;
  const votesRight = CANVAS.right - widest(rows.map(({ percent }) => percent)) - NUMBERS_GAP;
  const barRight = votesRight - widest(rows.map(({ votes }) => votes)) - NUMBERS_GAP;
  return { percentRight: CANVAS.right, votesRight, barWidth: barRight - CANVAS.margin };
}

interface Row {
  readonly labels: readonly string[];
  readonly votes: string;
  readonly percent: string;
  /** Part of all ballots, 0 to 1. */
  readonly share: number;
  readonly fill: string;
}

/** Starts at zero: the left end is straight, the right one is round, and a narrow one is no wider than it counts. */
function bar(width: number, top: number, fill: string): string {
  if (width <= 0) return '';
  const radius = Math.min(BAR.radius, width);
  const [left, right, bottom] = [CANVAS.margin, CANVAS.margin + width, top + BAR.height];
  const path =
    `M${left} ${px(top)}H${px(right - radius)}a${px(radius)} ${px(radius)} 0 0 1 ${px(radius)} ${px(radius)}` +
    `V${px(bottom - radius)}a${px(radius)} ${px(radius)} 0 0 1 ${px(-radius)} ${px(radius)}H${left}z`;
  return `<path d="${path}" fill="${fill}"/>`;
}

function rowBlock(row: Row, { percentRight, votesRight, barWidth }: Columns): Block {
  const barTop = LABEL.size + LABEL_PITCH * (row.labels.length - 1) + LABEL_GAP;
  const numbersTop = barTop + (BAR.height - NUMBERS.size) / 2;
  return {
    height: barTop + BAR.height,
    draw: (top) =>
      row.labels
        .map((label, line) => textLine(label, LABEL, { x: CANVAS.margin, top: top + line * LABEL_PITCH }))
        .join('') +
      bar(barWidth, top + barTop, COLOURS.track) +
      bar(row.share * barWidth, top + barTop, row.fill) +
      textLine(row.votes, NUMBERS, { x: votesRight, top: top + numbersTop, anchor: 'end' }) +
      textLine(row.percent, NUMBERS, { x: percentRight, top: top + numbersTop, anchor: 'end' }),
  };
}

/** One block an option: the label above, the bar, votes and percent. A full bar would be all ballots counted. */
export function optionBars(
  picture: PollResultPicture,
  labelLines: number,
  fonts: PictureFonts,
): readonly Block[] {
  const ballots = ballotsOf(picture.options);
  const shown = shownOptions(picture.options);
  const fills = fillsOf(shown);
  const labelFace = faceOf(fonts, LABEL);
  const unit = cutToEms(drawable(picture.turnout.unit, fonts.bold), 4, fonts.bold);
  const rows = shown.map((option, index): Row => {
    const { label, votes, full = ballots, words = `${votes}${unit}`, side } = option;
    return {
      labels: linesOf(drawable(label, labelFace), CANVAS.inner / LABEL.size, labelLines, labelFace),
      votes: cutToEms(drawable(words, fonts.bold), WIDEST, fonts.bold),
      percent: cutToEms(drawable(side ?? percentWords(votes, full), fonts.bold), WIDEST, fonts.bold),
      share: full === 0 ? 0 : Math.min(1, votes / full),
      fill: fills[index] ?? COLOURS.primary,
    };
  });
  const places = columns(rows, fonts);
  return rows.map((row) => rowBlock(row, places));
}
