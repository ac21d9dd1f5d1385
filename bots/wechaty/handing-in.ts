import type { Clock } from '#core/clock';
import { TransientError } from '#core/errors';
import { redacted, type OnFault } from './faults.ts';

/** One message on its way to the inbox. */
export interface Handing {
  /** The same id is handed in once. */
  readonly id: string;
  /** Messages of one chat are handed in one after the other. */
  readonly chat: string;
  /** Resolves when the message is durable. */
  readonly hand: () => Promise<void>;
}

export interface HandingIn {
  /** Never throws, never waits. */
  readonly add: (handing: Handing) => void;
  /** Messages that are not stored yet. */
  readonly waiting: number;
  /** Resolves when nothing waits. */
  readonly drained: () => Promise<void>;
  /** Ends the tries of what cannot be stored; what is under way may end. */
  readonly stop: (drainMs: number) => Promise<void>;
}

const MAX_SEEN = 20_000;
const MAX_WAITING = 5_000;
const BACKOFF_MS = [200, 1_000, 3_000, 10_000] as const;
/** A short absence of the database is no news. */
const TELL_AFTER_TRIES = 3;
/** A fault that is not the database's is in the message itself. */
const MAX_FAULTY_TRIES = 5;

/**
 * Between a vendor that delivers once, or three times, and an inbox that may be away. WeChat does not deliver again,
 * so a message that cannot be stored is kept here and tried until it is: at most 5,000 of them, in memory alone. A
 * crash in that time loses them.
 */
export function createHandingIn(deps: { clock: Pick<Clock, 'sleep'>; onFault: OnFault }): HandingIn {
  const { clock, onFault } = deps;
  const seen = new Set<string>();
  const chats = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let waiting = 0;
  let unstored = 0;

  function remember(id: string): void {
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > MAX_SEEN && oldest !== undefined) seen.delete(oldest);
  }

  function drop(id: string, error: unknown): void {
    seen.delete(id);
    // At the end there may be thousands: they are told together.
    if (stopping.signal.aborted) unstored += 1;
    else onFault('wechaty.dropped', redacted(error));
  }

  /** Whether it makes sense to try once more; waits until then. */
  async function mayTryAgain(tries: number, error: unknown): Promise<boolean> {
    if (tries >= MAX_FAULTY_TRIES && !(error instanceof TransientError)) return false;
    if (tries === TELL_AFTER_TRIES) onFault('wechaty.storing', redacted(error));
    await clock.sleep(BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1] ?? 0, stopping.signal);
    return !stopping.signal.aborted;
  }

  async function handIn({ id, hand }: Handing): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await hand();
      } catch (error) {
        if (!(await mayTryAgain(tries, error))) return drop(id, error);
      }
    }
  }

  const drained = async () => {
    while (chats.size > 0) await Promise.all(chats.values());
  };

  return {
    get waiting() {
      return waiting;
    },
    add(handing) {
      if (stopping.signal.aborted || seen.has(handing.id)) return;
      if (waiting >= MAX_WAITING) return drop(handing.id, new RangeError('too many messages wait'));
      remember(handing.id);
      waiting += 1;
      const before = chats.get(handing.chat) ?? Promise.resolve();
      const done = before
        .then(() => handIn(handing))
        .then(() => {
          waiting -= 1;
          if (chats.get(handing.chat) === done) chats.delete(handing.chat);
        });
      chats.set(handing.chat, done);
    },
    drained,
    async stop(drainMs) {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([drained(), clock.sleep(drainMs, ended.signal)]);
      ended.abort();
      const lost = unstored + waiting;
      if (lost > 0) onFault('wechaty.dropped', new Error(`${lost} messages could not be stored`));
    },
  };
}
