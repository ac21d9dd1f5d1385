import type { Chance, Clock } from '#core/clock';

export interface PaceOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly busyPollMs: number;
  readonly idlePollMs: number;
  /** True while it is known that nothing waits: whoever knows it wakes us when something does. */
  readonly isQuiet?: () => boolean;
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
/** So many looks in vain take longer than it takes to hear that something waits. */
const LOOKS_BEFORE_QUIET = 7;
/** In case that nobody wakes us after all. */
const QUIET_MS = 300_000;

export function createPace(options: PaceOptions): Pace {
  const { clock, chance, busyPollMs, idlePollMs, isQuiet = () => false } = options;
  let waking = new AbortController();
  return {
    begin: () => void (waking = new AbortController()),
    wake: () => waking.abort(),
    rest(quietLooks) {
      const doublings = Math.min(Math.max(0, quietLooks - 1), MOST_DOUBLINGS);
      const isLong = quietLooks > LOOKS_BEFORE_QUIET && isQuiet();
      const pollMs = isLong ? QUIET_MS : Math.min(idlePollMs, busyPollMs * 2 ** doublings);
      // The jitter keeps instances from asking in step.
      return clock.sleep(pollMs * (1 - chance.fraction() / 4), waking.signal);
    },
  };
}
