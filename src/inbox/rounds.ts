import { mayGoTogether, type Plan } from './plan.ts';

/** At most this many rows of one conversation in one commit. */
const MOST_TOGETHER = 50;
/** At most about this many rows in one commit: deciding them keeps everything else of this process waiting. */
const MOST_A_ROUND = 800;

/** The planned rows of a page, a queue a conversation in order of arrival. */
export interface Rounds {
  /**
   * The next rows to decide together: of each conversation its first row, and those behind it that need not wait for
   * it. Conversations that were left out come first the next time.
   */
  next(): readonly Plan[];
  /** The row is decided for good. */
  settled(plan: Plan): void;
  /** A row could not be decided now: its conversation waits, so that nothing overtakes it. */
  held(plan: Plan): void;
  /** Conversations whose first row waits for its next try, and until when. */
  readonly waiting: ReadonlyMap<string, Date>;
}

export function createRounds(plans: readonly Plan[], now: Date): Rounds {
  const queues = new Map<string, Plan[]>();
  for (const plan of plans) {
    const { conversation } = plan.resolved.row;
    const queue = queues.get(conversation);
    if (queue) queue.push(plan);
    else queues.set(conversation, [plan]);
  }
  const waiting = new Map<string, Date>();
  for (const [conversation, [first]] of queues) {
    const retryAt = first?.resolved.row.retryAt;
    if (retryAt === undefined || retryAt <= now) continue;
    waiting.set(conversation, retryAt);
    queues.delete(conversation);
  }
  return {
    waiting,
    next() {
      const plans: Plan[] = [];
      for (const [conversation, queue] of [...queues]) {
        if (plans.length >= MOST_A_ROUND) break;
        plans.push(...leading(queue));
        queues.delete(conversation);
        queues.set(conversation, queue);
      }
      return plans;
    },
    settled(plan) {
      const { conversation } = plan.resolved.row;
      const left = (queues.get(conversation) ?? []).filter((other) => other !== plan);
      if (left.length === 0) queues.delete(conversation);
      else queues.set(conversation, left);
    },
    held: (plan) => void queues.delete(plan.resolved.row.conversation),
  };
}

/** The first rows of which none needs another one to be committed. */
function leading(queue: readonly Plan[]): readonly Plan[] {
  const together: Plan[] = [];
  for (const plan of queue.slice(0, MOST_TOGETHER)) {
    if (together.length > 0 && (isRetried(plan) || !together.every((other) => mayGoTogether(plan, other))))
      break;
    together.push(plan);
    if (isRetried(plan)) break;
  }
  return together;
}

/** A row that is tried again goes alone, so that it cannot spoil the others' commit once more. */
function isRetried({ resolved }: Plan): boolean {
  return resolved.row.retryAt !== undefined;
}
