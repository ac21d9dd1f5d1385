import { setTimeout as delay } from 'node:timers/promises';

export class OutOfPatience extends Error {
  override readonly name = 'OutOfPatience';

  constructor(what: string, ms: number) {
    super(`not within ${Math.round(ms / 1_000)} s: ${what}`);
  }
}

/** The promise's own end, or OutOfPatience when that takes longer. */
export async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  const done = new AbortController();
  const late = delay(ms, undefined, { signal: done.signal }).then((): never => {
    throw new OutOfPatience(what, ms);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    done.abort();
  }
}

/** Asks again and again until the answer is yes. `false`: it was not within `ms`. */
export async function comesTrue(
  ms: number,
  ask: () => Promise<boolean> | boolean,
  everyMs = 100,
): Promise<boolean> {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs) {
    if (await ask()) return true;
    await delay(everyMs);
  }
  return ask();
}
