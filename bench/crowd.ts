/** Calls `step` for every item, at most `atOnce` under way at a time: as many webhooks are open at a busy moment. */
export async function inCrowd<Item>(
  items: readonly Item[],
  atOnce: number,
  step: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const walk = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item !== undefined) await step(item, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
}

/**
 * Calls `step` for every item at `perSecond`, by the clock and not by the answers (open loop). `step` gets the steady
 * time (ms) at which it should have been called; whatever it is called later is part of the latency.
 */
export async function atPace<Item>(
  items: readonly Item[],
  perSecond: number,
  step: (item: Item, plannedMs: number) => Promise<unknown>,
): Promise<void> {
  const startMs = performance.now();
  const under: Promise<unknown>[] = [];
  for (const [index, item] of items.entries()) {
    const plannedMs = startMs + (index * 1_000) / perSecond;
    const waitMs = plannedMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    under.push(step(item, plannedMs));
  }
  await Promise.all(under);
}
