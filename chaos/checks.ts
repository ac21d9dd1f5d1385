/** The judges: pure functions over what was seen from outside. Each is tried on a planted violation in test/chaos/. */

/** Messages that were acknowledged and have had no effect. */
export function lostOf(
  acknowledged: Iterable<string>,
  effects: ReadonlyMap<string, number>,
): readonly string[] {
  return [...acknowledged].filter((id) => (effects.get(id) ?? 0) === 0);
}

/** Mean and most effects of the messages that were acknowledged. */
export function effectsPerMessage(acknowledged: readonly string[], effects: ReadonlyMap<string, number>) {
  const counts = acknowledged.map((id) => effects.get(id) ?? 0);
  const sum = counts.reduce((total, count) => total + count, 0);
  return { mean: counts.length === 0 ? 0 : sum / counts.length, most: Math.max(0, ...counts) };
}

export interface Shown {
  readonly id: string;
}

/**
 * Messages that the vendor showed more than once. `unmarked` are those among them that the outbox does not say may
 * have been sent before; `surplus` counts showings beyond the first.
 */
export function doubledOf(shown: readonly Shown[], isMarked: (id: string) => boolean) {
  const counts = new Map<string, number>();
  for (const { id } of shown) counts.set(id, (counts.get(id) ?? 0) + 1);
  const doubled = [...counts].filter(([, count]) => count > 1);
  return {
    unmarked: doubled.map(([id]) => id).filter((id) => !isMarked(id)),
    surplus: doubled.reduce((sum, [, count]) => sum + count - 1, 0),
  };
}

/** The most calls within any window of this length; a call at the very end of a window is in the next one. */
export function busiestWindow(timesMs: readonly number[], windowMs: number): number {
  const times = [...timesMs].sort((one, other) => one - other);
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    while ((times[first] ?? time) <= time - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/**
 * How much of a limit was used: the time in which so many windows' worth of calls would have been allowed, by the time
 * that it took until the next call after them. 0 when it never came.
 */
export function shareUsed(
  timesMs: readonly number[],
  {
    limit,
    windowMs,
    windows,
  }: { readonly limit: number; readonly windowMs: number; readonly windows: number },
): number {
  const times = [...timesMs].sort((one, other) => one - other);
  const [first] = times;
  const next = times[limit * windows];
  return first === undefined || next === undefined ? 0 : (windowMs * windows) / (next - first);
}

/** What happened to one outbox row, in the database's order. */
export type RowChange =
  | { readonly id: string; readonly change: 'leased'; readonly token: string }
  | { readonly id: string; readonly change: 'settled'; readonly settledBy: string }
  | { readonly id: string; readonly change: 'freed' };

/** Who settled under which number, and with which lease: as the instances themselves report. */
export interface Settling {
  readonly settledBy: string;
  readonly instance: string;
  readonly token?: string;
}

export interface Claiming {
  readonly token: string;
  readonly instance: string;
}

/** Settlements that the database took although the lease was not the settler's any more. */
export function staleSettlesOf(
  changes: readonly RowChange[],
  claims: readonly Claiming[],
  settlings: readonly Settling[],
): readonly RowChange[] {
  const holders = new Map(claims.map(({ token, instance }) => [token, instance]));
  const settlers = new Map(settlings.map((one) => [one.settledBy, one]));
  const leases = new Map<string, string>();
  return changes.filter((change) => {
    const lease = leases.get(change.id);
    if (change.change === 'leased') leases.set(change.id, change.token);
    else leases.delete(change.id);
    if (change.change !== 'settled') return false;
    const settler = settlers.get(change.settledBy);
    if (lease === undefined) return true;
    if (settler?.token !== undefined) return settler.token !== lease;
    return holders.get(lease) !== settler?.instance;
  });
}

export interface Ordered {
  readonly conversation: string;
  /** Order of arrival within the conversation. */
  readonly order: number;
  /** The number that the message's effect was given; grows with each decision. */
  readonly number: number;
}

/** Neighbours within a conversation that were decided the other way round than they arrived. */
export function outOfOrder(rows: readonly Ordered[]): readonly Ordered[] {
  const sorted = [...rows].sort((one, other) => one.order - other.order);
  const last = new Map<string, number>();
  return sorted.filter(({ conversation, number }) => {
    const before = last.get(conversation) ?? -Infinity;
    last.set(conversation, Math.max(before, number));
    return number < before;
  });
}

/** Numbers that were given to more than one thing. */
export function doubledNumbers(numbers: readonly number[]): readonly number[] {
  return numbers.filter((number, index) => numbers.indexOf(number) !== index);
}
