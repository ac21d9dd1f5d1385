import type { TestDatabase } from './mongo.ts';

/** What still waits to be done at the product's time `now`. */
async function unsettled({ db }: TestDatabase, now: Date): Promise<string[]> {
  const due = { $lte: now };
  const [inbox, outbox, deadlines, slots] = await Promise.all([
    db.collection('inbox').countDocuments({ state: 'new', availableAt: { $not: { $gt: now } } }),
    db.collection('outbox').countDocuments({ $or: [{ state: 'queued', dueAt: due }, { state: 'leased' }] }),
    db.collection('deadlines').countDocuments({ state: 'pending', dueAt: due }),
    db.collection('slots').countDocuments({ state: 'pending', lookAt: due }),
  ]);
  return Object.entries({ inbox, outbox, deadlines, slots }).flatMap(([name, count]) =>
    count > 0 ? [`${name} ${count}`] : [],
  );
}

const LOOK_EVERY_MS = 15;

/**
 * Resolves once nothing is under way: every message decided, every deadline and slot fired, everything sent that is due.
 * Throws with what is left after `withinMs`.
 */
export async function settled(database: TestDatabase, now: () => Date, withinMs = 15_000): Promise<void> {
  const endsAt = performance.now() + withinMs;
  let calm = 0;
  for (;;) {
    const left = await unsettled(database, now());
    // Twice: a deadline's commit enqueues what the first look could not see yet.
    calm = left.length === 0 ? calm + 1 : 0;
    if (calm >= 2) return;
    if (performance.now() > endsAt) throw new Error(`still under way: ${left.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
