/** A minute at the vendor, and a second for what the network squeezes together. */
export const RATE_WINDOW_MS = 61_000;

/** How long an urgent message may have to wait for a place, when others were let into the places kept for it. */
const URGENT_PATIENCE_MS = 3_000;

/** Places of a minute that are kept for urgent messages: two of twenty; none where there are hardly any. */
export function reserveOf(sends: number): number {
  return Number.isFinite(sends) ? Math.floor(sends / 10) : 0;
}

/**
 * How many more messages may begin now under a limit of `sends` a minute. `ends` are the ends of tries, not their
 * starts: a send that lingered on the wire must not bring two minutes' messages together at the vendor.
 * Messages that are not urgent get the places kept for urgent ones only when another becomes free in a moment: so all
 * of the limit is used, and an urgent message waits for three seconds at most.
 */
export function roomNow(ends: readonly Date[], sends: number, isUrgent: boolean, realNow: Date): number {
  const leaves = leavesOf(ends, realNow);
  const room = Math.max(0, sends - leaves.length);
  const [next = Infinity] = leaves;
  if (isUrgent || next <= realNow.getTime() + URGENT_PATIENCE_MS) return room;
  return Math.max(0, room - reserveOf(sends));
}

/** When there is room for one more; undefined: now. */
export function roomAt(
  ends: readonly Date[],
  sends: number,
  isUrgent: boolean,
  realNow: Date,
): Date | undefined {
  if (roomNow(ends, sends, isUrgent, realNow) > 0) return undefined;
  const leaves = leavesOf(ends, realNow);
  const free = whenFewerThan(sends, leaves);
  if (isUrgent) return new Date(free);
  const next = leaves[Math.max(0, leaves.length - sends + 1)] ?? Infinity;
  const intoReserve = Math.max(free, next - URGENT_PATIENCE_MS);
  return new Date(Math.min(whenFewerThan(sends - reserveOf(sends), leaves), intoReserve));
}

/** When each recent try leaves the minute, the first one first. */
function leavesOf(ends: readonly Date[], realNow: Date): readonly number[] {
  return ends
    .map((end) => end.getTime() + RATE_WINDOW_MS)
    .filter((leaving) => leaving > realNow.getTime())
    .sort((one, other) => one - other);
}

/** When fewer than `count` of them are left; -Infinity when it is so already. */
function whenFewerThan(count: number, leaves: readonly number[]): number {
  return leaves.length < count ? -Infinity : (leaves[leaves.length - Math.max(1, count)] ?? -Infinity);
}
