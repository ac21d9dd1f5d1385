import type { ChannelHealth } from '#core/channel';
import { MINUTE_MS, SECOND_MS, type Clock } from '#core/clock';
import { isHarmless, isServiceGone, redacted, type OnFault } from './faults.ts';

export interface LoginWatchDeps {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Steady local time. */
  readonly monotonicMs: () => number;
  /** Asks the login for a sign of life. */
  readonly ding: () => void;
  readonly onFault: OnFault;
}

/** Looks after one login, because wechaty does not: it neither says that a start failed nor finds back by itself. */
export interface LoginWatch {
  readonly health: () => ChannelHealth;
  readonly scanned: () => void;
  readonly loggedIn: () => void;
  readonly loggedOut: () => void;
  /** Any sign of life. */
  readonly alive: () => void;
  readonly failed: (error: unknown) => void;
  /** Looks until `signal` aborts. */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

const LOGIN_WITHIN_MS = 2 * MINUTE_MS;
/** Silence after which the login is asked; a quiet night is no fault. */
const QUIET_MS = 3 * MINUTE_MS;
const ANSWER_WITHIN_MS = 30 * SECOND_MS;
const LOOK_EVERY_MS = 10 * SECOND_MS;

/**
 * `wechaty.lost` is told once, after a logout, when the puppet service is gone, when a login that is asked for a sign
 * of life gives none, or when nothing at all happened in two minutes. From then on the channel is `down` whatever
 * wechaty says: messages get lost in its own recovery, so only a new process counts.
 */
export function createLoginWatch(deps: LoginWatchDeps): LoginWatch {
  const { monotonicMs, onFault } = deps;
  let state: ChannelHealth = 'connecting';
  let sinceMs = monotonicMs();
  let hasScan = false;
  let hasTold = false;
  let askedMs: number | undefined;

  function lost(error: Error): void {
    state = 'down';
    onFault('wechaty.lost', error);
  }

  function alive(): void {
    sinceMs = monotonicMs();
    askedMs = undefined;
  }

  function lookForLogin(): void {
    if (hasTold || monotonicMs() - sinceMs < LOGIN_WITHIN_MS) return;
    hasTold = true;
    if (hasScan) onFault('wechaty.loginWaits', new Error('nobody scanned the code'));
    else lost(new Error('no login'));
  }

  function lookForLife(): void {
    if (askedMs !== undefined && monotonicMs() - askedMs >= ANSWER_WITHIN_MS)
      return lost(new Error('no sign of life'));
    if (askedMs !== undefined || monotonicMs() - sinceMs < QUIET_MS) return;
    askedMs = monotonicMs();
    deps.ding();
  }

  return {
    health: () => state,
    scanned() {
      // While somebody is logged in, a code means that they no longer are.
      if (state === 'ready') return lost(new Error('logged out'));
      hasScan = true;
      if (state === 'connecting') state = 'needsLogin';
    },
    loggedIn() {
      if (state !== 'down') state = 'ready';
      alive();
    },
    loggedOut() {
      if (state === 'ready') lost(new Error('logged out'));
    },
    alive,
    failed(error) {
      if (isHarmless(error)) return;
      if (state === 'ready' && isServiceGone(error)) return lost(redacted(error));
      onFault('wechaty.error', redacted(error));
    },
    async run(signal) {
      while (!signal.aborted && state !== 'down') {
        await deps.clock.sleep(LOOK_EVERY_MS, signal);
        if (signal.aborted) return;
        if (state === 'ready') lookForLife();
        else lookForLogin();
      }
    },
  };
}
