import { TransientError } from '#core/errors';

export interface GroupCommitOptions<Item, Result> {
  /** Carries a group out; the results in the order of the items. A rejection is everybody's. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly maxWaitMs: number;
  readonly maxItems: number;
  /** Beyond this many items without an answer, or this much of their weight, `add` rejects. */
  readonly maxOpen: number;
  readonly maxOpenWeight: number;
  readonly weightOf: (item: Item) => number;
  /** Who waited this long is told to come again; what is under way may still be carried out. */
  readonly patienceMs: number;
  /** Groups under way at the same time; more wait and grow. */
  readonly maxFlights: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const COME_AGAIN_MS = 2_000;

/**
 * Collects single items into groups that are written together: one round trip and one disk flush for many.
 * Rejects with TransientError what waited too long, and everything new while too much is waiting, so that memory
 * stays bounded.
 */
export function createGroupCommit<Item, Result>(
  options: GroupCommitOptions<Item, Result>,
): {
  add(item: Item): Promise<Result>;
} {
  const waiting = new Set<Waiting<Item, Result>>();
  let open = 0;
  let openWeight = 0;
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
      if (waiting.size > 0) takeOff();
    }
  }

  function takeOff(): void {
    clearTimeout(timer);
    timer = undefined;
    while (flights < options.maxFlights && waiting.size > 0) {
      const group = [...waiting].slice(0, options.maxItems);
      for (const one of group) waiting.delete(one);
      void fly(group);
    }
  }

  function answerTo(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const mine: Waiting<Item, Result> = { item, resolve: over(resolve), reject: over(reject) };
      const impatience = setTimeout(() => {
        waiting.delete(mine);
        mine.reject(comeAgain('no answer in time'));
      }, options.patienceMs);
      waiting.add(mine);
      if (waiting.size >= options.maxItems) takeOff();
      else timer ??= setTimeout(takeOff, options.maxWaitMs);

      function over<Value>(end: (value: Value) => void): (value: Value) => void {
        return (value) => {
          clearTimeout(impatience);
          end(value);
        };
      }
    });
  }

  return {
    async add(item) {
      const weight = options.weightOf(item);
      if (open >= options.maxOpen || openWeight + weight > options.maxOpenWeight)
        throw comeAgain('too many are waiting');
      open += 1;
      openWeight += weight;
      try {
        return await answerTo(item);
      } finally {
        open -= 1;
        openWeight -= weight;
      }
    },
  };
}

function comeAgain(why: string): TransientError {
  return new TransientError(`group commit: ${why}`, { retryAfterMs: COME_AGAIN_MS });
}
