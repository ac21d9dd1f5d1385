import type { PollResultPicture } from '#core/picture';
import { percentWords } from '#texts/words';
import type { PictureFonts } from './font-files.ts';
import { cutToEms, drawable, widthInEms } from './set-text.ts';
import type { Block } from './blocks.ts';
import { CANVAS, COLOURS, faceOf, rect, textLine, type TextStyle } from './svg.ts';

const WORDS: TextStyle = { size: 40, fill: COLOURS.ink };
const QUORUM: TextStyle = { size: 32, fill: COLOURS.ink2 };
const TRACK = { top: 60, height: 24 } as const;
const TICK = { width: 6, over: 8 } as const;
const QUORUM_TOP = TRACK.top + TRACK.height + TICK.over + 6;

/** Where a part of the roll ends on the track; never outside of it. */
function alongTrack(part: number, whole: number): number {
  const share = whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
  return CANVAS.margin + share * CANVAS.inner;
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function track(voted: number, roll: number, top: number): string {
  const bar = { x: CANVAS.margin, y: top, height: TRACK.height, radius: TRACK.height / 2 };
  const filled = alongTrack(voted, roll) - CANVAS.margin;
  return rect({ ...bar, width: CANVAS.inner }, COLOURS.line) + rect({ ...bar, width: filled }, COLOURS.ink2);
}

/** The tick at the quorum, ringed in white so that it shows on the filled track too, with its number below. */
function quorumTick(quorum: string, at: number, top: number, fonts: PictureFonts): string {
  const halfText = (widthInEms(quorum, faceOf(fonts, QUORUM)) * QUORUM.size) / 2;
  const middle = between(CANVAS.margin + halfText, at, CANVAS.right - halfText);
  const left = between(CANVAS.margin, at - TICK.width / 2, CANVAS.right - TICK.width);
  const y = top + TRACK.top - TICK.over;
  const height = TRACK.height + 2 * TICK.over;
  return (
    rect({ x: left - 3, y: top + TRACK.top, width: TICK.width + 6, height: TRACK.height }, COLOURS.paper) +
    rect({ x: left, y, width: TICK.width, height, radius: 3 }, COLOURS.ink) +
    textLine(quorum, QUORUM, { x: middle, top: top + QUORUM_TOP, anchor: 'middle' })
  );
}

const CHECK: TextStyle = { size: 32, fill: COLOURS.ink2 };
const CHECK_PITCH = 46;

/** The conditions of the rules, one a line; nothing where there are none. */
export function checkLines({ checks = [] }: PollResultPicture, fonts: PictureFonts): readonly Block[] {
  if (checks.length === 0) return [];
  const face = faceOf(fonts, CHECK);
  const lines = checks.map((line) => cutToEms(drawable(line, face), CANVAS.inner / CHECK.size, face));
  return [
    {
      height: CHECK.size + CHECK_PITCH * (lines.length - 1),
      draw: (top) =>
        lines
          .map((line, index) => textLine(line, CHECK, { x: CANVAS.margin, top: top + index * CHECK_PITCH }))
          .join(''),
    },
  ];
}

/** Who voted out of all, and on a track the number that the rules ask for; without a quorum there is no tick. */
export function turnoutTrack({ turnout }: PollResultPicture, fonts: PictureFonts): Block {
  const { voted, roll, quorum } = turnout;
  const face = faceOf(fonts, WORDS);
  const unit = cutToEms(drawable(turnout.unit, face), 4, face);
  const words = `${roll}${unit}投了${voted}${unit}（${percentWords(voted, roll)}）`;
  const hasQuorum = quorum > 0;
  return {
    height: hasQuorum ? QUORUM_TOP + QUORUM.size : TRACK.top + TRACK.height,
    draw: (top) =>
      textLine(cutToEms(words, CANVAS.inner / WORDS.size, face), WORDS, { x: CANVAS.margin, top }) +
      track(voted, roll, top + TRACK.top) +
      (hasQuorum ? quorumTick(`规定${quorum}${unit}`, alongTrack(quorum, roll), top, fonts) : ''),
  };
}
