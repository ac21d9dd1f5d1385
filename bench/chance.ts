/** Numbers in [0, 1) that are the same in every run (mulberry32), so that runs say the same things. */
export function createDice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the list by chance. Throws RangeError for an empty list. */
export function oneOf<Item>(list: readonly Item[], dice: () => number): Item {
  const chosen = list[Math.floor(dice() * list.length)];
  if (chosen === undefined) throw new RangeError('an empty list has nothing to choose');
  return chosen;
}
