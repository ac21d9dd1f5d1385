import type { Chance, Clock } from '#core/clock';

export interface PaceOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly busyPollMs: number;
  readonly idlePollMs: number;
}

/** When to look next: soon after work, ever more seldom without, at once when woken. */
export interface Pace {
  /** Before each look: a `wake` from now on is not missed. */
  begin(): void;
  readonly wake: () => void;
  /** Waits for the next look; `quietLooks` is how many have found nothing. */
  rest(quietLooks: number): Promise<void>;
}

const MOST_DOUBLINGS = 10;

export function createPace({ clock, chance, busyPollMs, idlePollMs }: PaceOptions): Pace {
  let waking = new AbortController();
  return {
    begin: () => void (waking = new AbortController()),
    wake: () => waking.abort(),
    rest(quietLooks) {
      const doublings = Math.min(Math.max(0, quietLooks - 1), MOST_DOUBLINGS);
      const pollMs = Math.min(idlePollMs, busyPollMs * 2 ** doublings);
      // The jitter keeps instances from asking in step.
      return clock.sleep(pollMs * (1 - chance.fraction() / 4), waking.signal);
    },
  };
}
