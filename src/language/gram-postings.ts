/** How many positions a search looks at closely. */
const CANDIDATES = 24;
/** Common pairs of characters have long lists; the rare ones, read first, have decided long before this many. */
const MAX_VISITS = 12_000;

/** Which positions hold which pair of characters. */
export interface GramPostings {
  add(position: number, grams: readonly string[]): void;
  remove(position: number, grams: readonly string[]): void;
  get(gram: string): readonly number[];
}

const NONE: readonly number[] = [];

export function createPostings(): GramPostings {
  const positionsOf = new Map<string, number[]>();
  return {
    add(position, grams) {
      for (const gram of grams) {
        const known = positionsOf.get(gram);
        if (known) known.push(position);
        else positionsOf.set(gram, [position]);
      }
    },
    remove(position, grams) {
      for (const gram of grams) {
        const left = positionsOf.get(gram)?.filter((at) => at !== position) ?? [];
        if (left.length > 0) positionsOf.set(gram, left);
        else positionsOf.delete(gram);
      }
    },
    get: (gram) => positionsOf.get(gram) ?? NONE,
  };
}

/** The positions with the largest sums, best first; `lists` come with the greatest value first. */
export function bestPositions(
  lists: readonly { readonly value: number; readonly at: readonly number[] }[],
  positionCount: number,
): number[] {
  const sums = new Float64Array(positionCount);
  const seen: number[] = [];
  let visits = 0;
  for (const { value, at } of lists) {
    if (visits > 0 && visits + at.length > MAX_VISITS) break;
    visits += at.length;
    for (const position of at) {
      const sum = sums[position] ?? 0;
      if (sum === 0) seen.push(position);
      sums[position] = sum + value;
    }
  }
  return topOf(seen, (position) => sums[position] ?? 0);
}

/** Keeps a short sorted list instead of sorting thousands; among equals the lower position comes first. */
function topOf(positions: readonly number[], sumOf: (position: number) => number): number[] {
  const best: number[] = [];
  let least = 0;
  for (const position of positions) {
    const sum = sumOf(position);
    if (best.length === CANDIDATES && sum <= least) continue;
    let at = best.length;
    while (at > 0 && sumOf(best[at - 1] ?? 0) < sum) at -= 1;
    best.splice(at, 0, position);
    if (best.length > CANDIDATES) best.pop();
    least = sumOf(best.at(-1) ?? 0);
  }
  return best;
}
