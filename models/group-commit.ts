import { TransientError } from '#core/errors';

export interface GroupCommitOptions<Item, Result> {
  /** Carries a group out; the results in the order of the items. A rejection is everybody's. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly maxWaitMs: number;
  readonly maxItems: number;
  /** Beyond this many waiting items, `add` rejects. */
  readonly maxWaiting: number;
  /** Groups under way at the same time; more wait and grow. */
  readonly maxFlights: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects single items into groups that are written together: one round trip and one disk flush for many.
 * Rejects with TransientError while too many are waiting, so that memory stays bounded.
 */
export function createGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): {
  add(item: Item): Promise<Result>;
} {
  const waiting: Waiting<Item, Result>[] = [];
  let flights = 0;
  let timer: NodeJS.Timeout | undefined;

  async function fly(group: readonly Waiting<Item, Result>[]): Promise<void> {
    flights += 1;
    try {
      const results = await options.flush(group.map(({ item }) => item));
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined) reject(new TransientError('group commit gave no answer'));
        else resolve(result);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    } finally {
      flights -= 1;
      if (waiting.length > 0) takeOff();
    }
  }

  function takeOff(): void {
    clearTimeout(timer);
    timer = undefined;
    while (flights < options.maxFlights && waiting.length > 0) void fly(waiting.splice(0, options.maxItems));
  }

  return {
    add(item) {
      if (waiting.length >= options.maxWaiting)
        return Promise.reject(new TransientError('too many are waiting'));
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (waiting.length >= options.maxItems) takeOff();
        else timer ??= setTimeout(takeOff, options.maxWaitMs);
      });
    },
  };
}
