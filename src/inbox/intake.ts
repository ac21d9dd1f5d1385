import type { InboundSink } from '#core/channel';
import { MINUTE_MS, type Clock } from '#core/clock';
import type { Enqueue } from '#core/commit';
import type { Dispatch } from '#core/decision';
import { senderKey, type InboxStore } from '#core/inbox';
import type { InboundMessage } from '#core/message';
import { createPace, MESSAGES_A_MINUTE } from './pace.ts';
import type { InboxEvents, InboxTexts } from './texts.ts';

export interface IntakeDeps {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly enqueue: Enqueue;
  readonly texts: InboxTexts;
  readonly events: InboxEvents;
  /** Called when there is something to decide. */
  readonly wake: () => void;
}

export interface Intake {
  /** What every channel hands its messages to. */
  readonly sink: InboundSink;
  /** Before the first message: remembers who talked too fast before this process started. */
  resume(): Promise<void>;
}

const NOTICE_EVERY_MS = 10 * MINUTE_MS;
const MAX_TOLD = 10_000;

/** The door of the inbox: keeps each message once, and puts off those of a sender who talks too fast. */
export function createIntake(deps: IntakeDeps): Intake {
  const { store, clock, events } = deps;
  const pace = createPace();

  /** The ten minutes in which a sender was last told; the line's key keeps other processes from repeating it. */
  const toldIn = new Map<string, number>();

  async function tell(message: InboundMessage, sender: string, at: Date): Promise<void> {
    const slot = Math.floor(at.getTime() / NOTICE_EVERY_MS);
    if (toldIn.get(sender) === slot) return;
    if (toldIn.size >= MAX_TOLD) toldIn.clear();
    toldIn.set(sender, slot);
    try {
      await deps.enqueue([
        rateLine(message, `rate:${sender}:${slot}`, deps.texts.rateLimited(MESSAGES_A_MINUTE + 1)),
      ]);
    } catch (error) {
      // The message itself is kept; only the courtesy line is lost.
      events.failed('rate.limited', error, {});
    }
  }

  return {
    async resume() {
      for (const [sender, until] of await store.putOffUntil(clock.now())) pace.resume(sender, until);
    },
    async sink(message) {
      const at = clock.now();
      const sender = senderKey(message);
      const { type } = message.body;
      const isSaid = type === 'text' || type === 'press' || type === 'ballot';
      const availableAt = isSaid ? pace.take(sender, at) : at;
      const isPutOff = availableAt > at;
      try {
        const verdict = await store.record(message, at, availableAt);
        if (verdict === 'duplicate') {
          if (isSaid) pace.giveBack(sender);
          events.happened('duplicate', {});
        } else if (isPutOff) {
          events.happened('rate.limited', {});
          await tell(message, sender, at);
        }
        if (!isPutOff) deps.wake();
        return verdict;
      } catch (error) {
        if (isSaid) pace.giveBack(sender);
        throw error;
      }
    },
  };
}

function rateLine(message: InboundMessage, key: string, text: string): Dispatch {
  return { key, to: message.sender.direct ?? message.from, body: { text } };
}
