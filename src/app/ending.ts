import type { Log } from '../log.ts';

export interface Ending {
  /** Aborts when the process shall end. */
  readonly signal: AbortSignal;
  /** Resolves then. */
  readonly came: Promise<void>;
  /** Ends it from within, with this exit code. */
  end(exitCode: number): void;
}

/** An end that was asked for is through within this time, or it is made. */
const END_WITHIN_MS = 10_000;
const EXIT_BY_FORCE = 1;
const SHELL_SIGNAL_BASE = 128;
const SIGNALS = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * The first SIGINT or SIGTERM asks for an orderly end, a second one ends at once, and so does the clock after ten
 * seconds. Nothing acknowledged is lost by force either: leases run out, and others go on.
 */
export function listenForTheEnd(log: Log): Ending {
  const asked = new AbortController();
  const came = new Promise<void>((resolve) =>
    asked.signal.addEventListener('abort', () => resolve(), { once: true }),
  );

  function ask(): void {
    asked.abort();
    setTimeout(() => {
      log.error({ event: 'ended.byForce' }, 'the end took too long and was made');
      process.exit(process.exitCode ?? EXIT_BY_FORCE);
    }, END_WITHIN_MS).unref();
  }

  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.on(signal, () => {
      if (asked.signal.aborted) process.exit(SHELL_SIGNAL_BASE + number);
      ask();
    });
  }
  return {
    signal: asked.signal,
    came,
    end(exitCode) {
      process.exitCode = exitCode;
      if (!asked.signal.aborted) ask();
    },
  };
}
