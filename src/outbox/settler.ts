import type { Clock } from '#core/clock';
import type { OutboxStore, OutboxTime, Settlement } from '#core/outbox';

export interface SettlerDeps {
  readonly store: Pick<OutboxStore, 'settleMany'>;
  readonly clock: Clock;
  readonly time: () => OutboxTime;
  /** `isOurs` is false when the lease was lost: the settlement counts for nothing. */
  readonly onSettled: (settlement: Settlement, isOurs: boolean) => void;
  readonly onFailed: (error: unknown) => void;
}

const RETRY_MS = 500;
/** Longer than any lease: what is not written by then belongs to somebody else. */
const MOST_ATTEMPTS = 20;

/** Writes settlements in groups: while one group is being written, the next one gathers. */
export function createSettler(deps: SettlerDeps): {
  add(settlement: Settlement): void;
  drained(): Promise<void>;
} {
  let waiting: Settlement[] = [];
  let writing: Promise<void> | undefined;

  async function writeOne(group: readonly Settlement[]): Promise<readonly boolean[]> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      try {
        return await deps.store.settleMany(group, deps.time());
      } catch (error) {
        deps.onFailed(error);
        await deps.clock.sleep(RETRY_MS);
      }
    }
    return group.map(() => false);
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const answers = await writeOne(group);
      group.forEach((settlement, index) => deps.onSettled(settlement, answers[index] === true));
    }
    writing = undefined;
  }

  return {
    add(settlement) {
      waiting.push(settlement);
      writing ??= Promise.resolve().then(writeAll);
    },
    async drained() {
      while (writing) await writing;
    },
  };
}
