import { setTimeout as delay } from 'node:timers/promises';

import type { Delivery } from './wishes.ts';

/** What a vendor does with messages: it delivers each until somebody acknowledges it, and remembers who did. */
export interface Deliveries {
  /** Messages that were answered with 202, with the steady time of the first such answer. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Answers that were no 202; the message was delivered again after each. */
  readonly refusals: () => number;
  /** Delivers until it is acknowledged. Within one conversation the next one waits for the one before. */
  insist(delivery: Delivery): Promise<void>;
  /** Delivers once, whatever the answer; its status, or undefined without one. */
  once(delivery: Delivery): Promise<number | undefined>;
  /** Ends all insisting. */
  stop(): void;
}

const AGAIN_AFTER_MS = 100;
/** As WeChat and WeCom do: who has not answered by then is asked again. */
const ANSWER_WITHIN_MS = 5_000;

/** `doors`: where instances listen at this moment; deliveries go round. */
export function createDeliveries(doors: () => readonly string[]): Deliveries {
  const acknowledged = new Map<string, number>();
  const chains = new Map<string, Promise<void>>();
  let refusals = 0;
  let turn = 0;
  let isStopped = false;

  async function once(delivery: Delivery): Promise<number | undefined> {
    const open = doors();
    const door = open[(turn += 1) % Math.max(1, open.length)];
    if (door === undefined) return undefined;
    const status = await post(door, delivery);
    if (status === 202 && !acknowledged.has(delivery.messageId))
      acknowledged.set(delivery.messageId, performance.now());
    if (status !== 202) refusals += 1;
    return status;
  }

  async function untilTaken(delivery: Delivery): Promise<void> {
    while (!isStopped && (await once(delivery)) !== 202) await delay(AGAIN_AFTER_MS);
  }

  return {
    acknowledged,
    refusals: () => refusals,
    once,
    insist(delivery) {
      const before = chains.get(delivery.conversationId) ?? Promise.resolve();
      const mine = before.then(() => untilTaken(delivery));
      chains.set(delivery.conversationId, mine);
      return mine;
    },
    stop: () => void (isStopped = true),
  };
}

async function post(door: string, delivery: Delivery): Promise<number | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(door, { method: 'POST', body: JSON.stringify(delivery), signal });
    await answer.text();
    return answer.status;
  } catch {
    return undefined;
  }
}
