import { MINUTE_MS } from '#core/clock';

export const MESSAGES_A_MINUTE = 20;
const STEP_MS = MINUTE_MS / MESSAGES_A_MINUTE;
const MAX_SENDERS = 50_000;

export interface Pace {
  /** When a message that arrived at `at` may be decided: at once, or later when its sender talks too fast. */
  take(sender: string, at: Date): Date;
  /** Remembers a sender whose messages were put off before, by whoever it was. */
  resume(sender: string, lastAvailableAt: Date): void;
}

/**
 * Twenty messages at once, then one each three seconds: nobody with at most twenty messages in any minute ever
 * waits, and a burst of thousands is spread out in the order of arrival (generic cell rate algorithm).
 */
export function createPace(): Pace {
  /** For each sender the time at which all their messages so far would be used up. */
  const usedUpAt = new Map<string, number>();
  let roomFor = MAX_SENDERS;

  function forgetIdle(now: number): void {
    for (const [sender, at] of usedUpAt) if (at <= now) usedUpAt.delete(sender);
    // Where nobody is idle, not each message may look at everybody again.
    roomFor = Math.max(MAX_SENDERS, usedUpAt.size * 2);
  }

  return {
    take(sender, at) {
      const now = at.getTime();
      if (usedUpAt.size >= roomFor) forgetIdle(now);
      const next = Math.max(usedUpAt.get(sender) ?? 0, now) + STEP_MS;
      usedUpAt.set(sender, next);
      return new Date(Math.max(now, next - MINUTE_MS));
    },
    resume(sender, lastAvailableAt) {
      usedUpAt.set(sender, Math.max(usedUpAt.get(sender) ?? 0, lastAvailableAt.getTime() + MINUTE_MS));
    },
  };
}
