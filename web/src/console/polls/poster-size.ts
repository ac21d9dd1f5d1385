import { widthInUnits } from '../../../../src/texts/units.ts';

/** How big a poster is set: `large` unless its options would not fit on one sheet then. */
type PosterSize = 'large' | 'middle' | 'small' | 'smallest';

/** Full-width signs of a line and lines of options that a sheet has room for, by size. */
const ROOM = [
  { size: 'large', ems: 19, lines: 8 },
  { size: 'middle', ems: 26, lines: 12 },
  { size: 'small', ems: 36, lines: 16 },
] as const;

/** The biggest setting in which everything stands on one sheet; what is still too long goes on to a second one. */
export function posterSize({ options }: { readonly options: readonly string[] }): PosterSize {
  const linesAt = (ems: number) =>
    options.reduce((sum, option) => sum + Math.max(1, Math.ceil(widthInUnits(option) / ems)), 0);
  return ROOM.find(({ ems, lines }) => linesAt(ems) <= lines)?.size ?? 'smallest';
}
