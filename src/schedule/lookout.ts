import { SECOND_MS, type Clock } from '#core/clock';

/** Does what is due now; answers when to look again, if that is known. */
export type Look = () => Promise<Date | undefined>;

export interface LookoutDeps {
  /** One after the other, in this order. */
  readonly looks: readonly Look[];
  readonly clock: Clock;
  /** Only a hint that saves work: a row fires once even when two instances think they lead. */
  readonly isLeader: () => boolean;
  /** True while it is known that nothing is due soon; who knows it calls `nudge` when something is. */
  readonly isQuiet?: () => boolean;
  readonly onFailed: (error: unknown) => void;
}

export interface Lookout {
  start(): void;
  /** Resolves when the look under way has ended. */
  stop(): Promise<void>;
  /** Looks at once, e.g. after a clock was moved. */
  nudge(): void;
}

/** What another process sets meanwhile is found within this time, even when no hint of it arrives. */
const LONGEST_MS = SECOND_MS;
/** In case that nobody nudges us after all; recurring jobs of new places are found within it. */
const QUIET_MS = 300 * SECOND_MS;

/** Looks when something is due, when it is nudged, and each second unless all is quiet; one look at a time. */
export function createLookout(deps: LookoutDeps): Lookout {
  const { looks, clock, isLeader, isQuiet = () => false, onFailed } = deps;
  const stopping = new AbortController();
  let waking = new AbortController();
  let running: Promise<void> | undefined;

  async function lookAll(): Promise<number> {
    const next: number[] = [];
    for (const look of looks) {
      const at = await look();
      if (at) next.push(at.getTime());
    }
    return Math.min(...next);
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      const nextMs = isLeader()
        ? await lookAll().catch((error: unknown) => {
            onFailed(error);
            return clock.now().getTime() + SECOND_MS;
          })
        : Infinity;
      const leftMs = Math.max(0, nextMs - clock.now().getTime());
      const longestMs = isQuiet() ? QUIET_MS : LONGEST_MS;
      if (!stopping.signal.aborted) await clock.sleep(Math.min(leftMs, longestMs), waking.signal);
    }
  }

  return {
    start: () => void (running ??= loop()),
    async stop() {
      stopping.abort();
      waking.abort();
      await running;
    },
    nudge: () => waking.abort(),
  };
}
