import { setTimeout as delay } from 'node:timers/promises';

import type { Town } from './town.ts';

/** A steady stream of messages. */
export interface Load {
  /** Says no more; resolves when everything said is acknowledged. */
  stop(): Promise<void>;
}

export function startLoad(town: Town, everyMs: number): Load {
  const pending: Promise<void>[] = [];
  const stopping = new AbortController();
  const saying = (async () => {
    while (!stopping.signal.aborted) {
      pending.push(town.say());
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await saying;
      await Promise.all(pending);
    },
  };
}

/** The longest time between two acknowledgements within a span. */
export function longestGapMs(atMs: Iterable<number>, fromMs: number, untilMs: number): number {
  const times = [...atMs].filter((at) => at > fromMs && at < untilMs).sort((one, other) => one - other);
  let last = fromMs;
  let longest = 0;
  for (const at of [...times, untilMs]) {
    longest = Math.max(longest, at - last);
    last = at;
  }
  return longest;
}
