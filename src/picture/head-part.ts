import type { Picture, PollResultPicture } from '#core/picture';
import type { PictureFonts } from './font-files.ts';
import { cutToEms, drawable, linesOf, widthInEms } from './set-text.ts';
import { lines, type Block } from './blocks.ts';
import { CANVAS, COLOURS, faceOf, rect, type TextStyle } from './svg.ts';

const PLACE: TextStyle = { size: 36, fill: COLOURS.ink2 };
const TITLE: TextStyle = { size: 56, bold: true, fill: COLOURS.ink };
const TITLE_PITCH = 76;
const VERDICT = { size: 48, bold: true, pitch: 64, padX: 32, padY: 20 } as const;

/** The place and the topic; a long name gives way to the number. */
export function placeLine({ placeName, topicNumber }: Picture, fonts: PictureFonts): Block {
  const face = faceOf(fonts, PLACE);
  const topic = ` · 议题#${topicNumber}`;
  const room = CANVAS.inner / PLACE.size - widthInEms(topic, face);
  const place = cutToEms(drawable(placeName, face), room, face);
  return lines([place + topic], PLACE, PLACE.size, { x: CANVAS.margin });
}

export function titleLines({ title }: Picture, fonts: PictureFonts): Block {
  const face = faceOf(fonts, TITLE);
  const content = linesOf(drawable(title, face), CANVAS.inner / TITLE.size, 2, face);
  return lines(content, TITLE, TITLE_PITCH, { x: CANVAS.margin });
}

/** An option's name within a verdict gives way, so that what is said of it stays: 「先在一单元…」最多. */
function verdictLines(verdict: string, ems: number, most: number, fonts: PictureFonts): string[] {
  const [, before, quoted, after] = /^(.*?「)(.*)(」.*)$/u.exec(verdict) ?? [];
  const whole = linesOf(verdict, ems, most, fonts.bold);
  if (before === undefined || quoted === undefined || after === undefined) return whole;
  if (!whole.at(-1)?.endsWith('…')) return whole;
  // Lines seldom break just at their ends, so what fits is found by trying.
  for (let room = ems * most - widthInEms(before + after, fonts.bold); room > 1; room -= 1) {
    const shorter = linesOf(before + cutToEms(quoted, room, fonts.bold) + after, ems, most, fonts.bold);
    if (!shorter.at(-1)?.endsWith('…')) return shorter;
  }
  return whole;
}

/** The verdict in words, on a soft ground that only repeats whether the poll counts. */
export function verdictBanner(picture: PollResultPicture, most: number, fonts: PictureFonts): Block {
  const fill = picture.valid ? COLOURS.primaryOnSoft : COLOURS.warning;
  const ground = picture.valid ? COLOURS.primarySoft : COLOURS.warningSoft;
  const ems = (CANVAS.inner - 2 * VERDICT.padX) / VERDICT.size;
  const content = verdictLines(drawable(picture.verdict, fonts.bold), ems, most, fonts);
  const style = { size: VERDICT.size, bold: true, fill };
  const text = lines(content, style, VERDICT.pitch, { x: CANVAS.margin + VERDICT.padX });
  const height = text.height + 2 * VERDICT.padY;
  const box = { x: CANVAS.margin, width: CANVAS.inner, height, radius: 12 };
  return { height, draw: (top) => rect({ ...box, y: top }, ground) + text.draw(top + VERDICT.padY) };
}
