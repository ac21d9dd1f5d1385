import { cutToUnits, oneLine, widthInUnits } from './units.ts';

/** Who reads a text: G a reply in a group, B a broadcast, P one-to-one, S secretaries, D a department or liaison group. */
export type Audience = 'G' | 'B' | 'P' | 'S' | 'D';

/** Limits of a text, in lines and in full-width units. */
export interface TextLimits {
  readonly lines: number;
  readonly unitsPerLine: number;
  readonly units: number;
}

export const GROUP_LIMITS: TextLimits = { lines: 4, unitsPerLine: 30, units: 100 };
export const PRIVATE_LIMITS: TextLimits = { lines: 6, unitsPerLine: Infinity, units: Infinity };
/** A text that shows something whole gains nothing by cutting the rest of it to the bone. */
const WHOLE_LIMITS: TextLimits = { lines: Infinity, unitsPerLine: Infinity, units: Infinity };

/**
 * Shortens what people wrote: to `most` units when the message has room for it, to no less than `least` when it
 * has not. Breaks in it become blanks.
 */
export type Cut = (text: string, least: number, most: number) => string;

type Render<Data> = (data: Data, cut: Cut) => readonly string[];

export interface TextSpec<Data> {
  /** Stable id: `concern.registered`. */
  readonly key: string;
  readonly to: readonly Audience[];
  /** The lines of the message. */
  readonly render: Render<Data>;
  /** The lines when it is said one-to-one, where that differs: a lock screen shows the first line. */
  readonly private?: Render<Data>;
  /** Why this text has no limit of length: it shows somebody else's text whole. */
  readonly whole?: string;
  /** The least and the most a text can be given; tests render both. */
  readonly shortest: NoInfer<Data>;
  readonly longest: NoInfer<Data>;
}

/** One text of the catalogue: call it with its data. Call `private` where it is said one-to-one. */
export interface Text<Data> extends Omit<TextSpec<Data>, 'private' | 'render'> {
  (data: Data): string;
  private(data: Data): string;
}

/** A text as tests walk over it, whatever its data. */
export interface AnyText {
  (data: never): string;
  private(data: never): string;
  readonly key: string;
  readonly to: readonly Audience[];
  readonly whole?: string;
  readonly shortest: unknown;
  readonly longest: unknown;
}

const LINK = /https?:\/\/[^\s」，。；]+/gu;

/** Width of a line; a link counts as two units, for it can neither be cut nor broken. */
export function lineUnits(line: string): number {
  return widthInUnits(line.replace(LINK, '链接'));
}

export function withinLimits(text: string, limits: TextLimits): boolean {
  const widths = text.split('\n').map(lineUnits);
  const total = widths.reduce((sum, width) => sum + width, 0);
  return (
    widths.length <= limits.lines &&
    total <= limits.units &&
    widths.every((width) => width <= limits.unitsPerLine)
  );
}

// From roomy to tight; the first that fits is taken.
const ROOM = [1, 0.75, 0.5, 0.25, 0] as const;

function fitted<Data>(render: Render<Data>, data: Data, limits: TextLimits): string {
  let message = '';
  for (const room of ROOM) {
    const cut: Cut = (text, least, most) => cutToUnits(oneLine(text), least + (most - least) * room);
    message = render(data, cut).join('\n');
    if (withinLimits(message, limits)) return message;
  }
  return message;
}

/** Makes a text callable and keeps what tests need to know about it. */
export function text<Data>(spec: TextSpec<Data>): Text<Data> {
  const { render, private: privately = render, ...described } = spec;
  const limits = limitsOf(spec);
  const say = (data: Data) => fitted(render, data, limits);
  return Object.assign(say, described, { private: (data: Data) => fitted(privately, data, PRIVATE_LIMITS) });
}

function limitsOf({ to, whole }: Pick<AnyText, 'to' | 'whole'>): TextLimits {
  if (whole !== undefined) return WHOLE_LIMITS;
  return to.every((audience) => audience === 'P') ? PRIVATE_LIMITS : GROUP_LIMITS;
}

/** A text without data. */
export function fixedText(key: string, to: readonly Audience[], ...lines: readonly string[]): Text<void> {
  return text<void>({ key, to, render: () => lines, shortest: undefined, longest: undefined });
}
