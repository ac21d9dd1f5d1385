import type { Plan } from './plan.ts';

/** At most this many rows of one conversation in one commit. */
const MOST_TOGETHER = 50;

/** The planned rows of a page, a queue a conversation in order of arrival. */
export interface Rounds {
  /** The next rows to decide together: of each conversation its leading independent rows, or its first row. */
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
    next: () => [...queues.values()].flatMap(leading),
    settled(plan) {
      const { conversation } = plan.resolved.row;
      const left = (queues.get(conversation) ?? []).filter((other) => other !== plan);
      if (left.length === 0) queues.delete(conversation);
      else queues.set(conversation, left);
    },
    held: (plan) => void queues.delete(plan.resolved.row.conversation),
  };
}

/** A row that is tried again goes alone, so that it cannot spoil the others' commit once more. */
function leading(queue: readonly Plan[]): readonly Plan[] {
  const end = queue.findIndex((plan) => !plan.isIndependent || plan.resolved.row.retryAt !== undefined);
  return queue.slice(0, end === -1 ? MOST_TOGETHER : Math.max(1, Math.min(end, MOST_TOGETHER)));
}
