import { CANVAS, COLOURS, rect, textLine, type TextPlace, type TextStyle } from './svg.ts';

/** A part of the picture that reaches from its `top` to `top + height`. */
export interface Block {
  readonly height: number;
  draw(top: number): string;
}

/** A block and the space above it. */
export type Placed = readonly [gap: number, block: Block];

/** Blocks on top of each other, with the margin under them. */
export interface Stack {
  readonly height: number;
  readonly body: string;
}

/** Lines of one text, the squares of the first at the top, the next ones `pitch` lower. */
export function lines(
  content: readonly string[],
  style: TextStyle,
  pitch: number,
  place: Omit<TextPlace, 'top'>,
): Block {
  return {
    height: style.size + pitch * Math.max(0, content.length - 1),
    draw: (top) =>
      content.map((line, index) => textLine(line, style, { ...place, top: top + index * pitch })).join(''),
  };
}

export function stacked(blocks: readonly Placed[]): Stack {
  let bottom = 0;
  let body = '';
  for (const [gap, block] of blocks) {
    body += block.draw(bottom + gap);
    bottom += gap + block.height;
  }
  return { height: Math.ceil(bottom + CANVAS.margin), body };
}

/** The whole picture on its paper; `defs` are what its parts refer to. */
export function svgPicture({ height, body }: Stack, defs = ''): string {
  const paper = rect({ x: 0, y: 0, width: CANVAS.width, height }, COLOURS.paper);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CANVAS.width}" height="${height}" ` +
    `viewBox="0 0 ${CANVAS.width} ${height}" xml:lang="zh-CN"><defs>${defs}</defs>${paper}${body}</svg>`
  );
}
