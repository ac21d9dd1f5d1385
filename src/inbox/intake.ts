import type { InboundSink } from '#core/channel';
import type { Clock } from '#core/clock';
import type { InboxStore } from '#core/inbox';
import type { InboxEvents } from './texts.ts';

export interface IntakeDeps {
  readonly store: Pick<InboxStore, 'record'>;
  readonly clock: Clock;
  readonly events: InboxEvents;
  /** Called when there is something to decide. */
  readonly wake: () => void;
}

export interface Intake {
  /** What every channel hands its messages to. */
  readonly sink: InboundSink;
}

/** The door of the inbox: keeps each message once. Who talks too fast is found out by whoever decides (`pacing.ts`). */
export function createIntake({ store, clock, events, wake }: IntakeDeps): Intake {
  return {
    async sink(message) {
      const verdict = await store.record(message, clock.now());
      if (verdict === 'duplicate') events.happened('duplicate', {});
      wake();
      return verdict;
    },
  };
}
