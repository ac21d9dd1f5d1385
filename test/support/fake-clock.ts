import type { Chance, Clock } from '#core/clock';

export interface FakeClock extends Clock {
  /** Moves the time and wakes everybody whose sleep is over, in the order of their waking. */
  advance(ms: number): void;
  set(at: Date): void;
  /** Milliseconds asked for by those who sleep now. */
  sleeping(): readonly number[];
}

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until the test moves it. */
export function createFakeClock(start = new Date('2026-12-01T12:00:00Z')): FakeClock {
  let nowMs = start.getTime();
  let sleepers: Sleeper[] = [];

  const moveTo = (ms: number) => {
    nowMs = ms;
    const awake = sleepers.filter((sleeper) => sleeper.wakesAtMs <= nowMs);
    sleepers = sleepers.filter((sleeper) => sleeper.wakesAtMs > nowMs);
    for (const { wake } of awake.sort((one, other) => one.wakesAtMs - other.wakesAtMs)) wake();
  };

  return {
    now: () => new Date(nowMs),
    advance: (ms) => moveTo(nowMs + ms),
    set: (at) => moveTo(at.getTime()),
    sleeping: () => sleepers.map((sleeper) => sleeper.wakesAtMs - nowMs),
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          resolve();
        };
        const wake = () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { wakesAtMs: nowMs + ms, wake };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      });
    },
  };
}

/** Chance without chance: ids and codes count up, fractions stay where the test puts them. */
export function createFakeChance(name = 'id', fraction = 0): Chance {
  let count = 0;
  const next = () => (count += 1);
  return {
    id: () => `${name}-${next()}`,
    code: (length) => next().toString(36).toUpperCase().padStart(length, '2').slice(-length),
    fraction: () => fraction,
  };
}
