import type { TestDatabase } from './mongo.ts';

/** What still waits to be done at the product's time `now`: how many of each, counted up to `most`. */
async function unsettled({ db }: TestDatabase, now: Date, most: number): Promise<string[]> {
  const due = { $lte: now };
  const count = (name: string, query: object) => db.collection(name).countDocuments(query, { limit: most });
  const [inbox, outbox, deadlines, slots] = await Promise.all([
    count('inbox', { state: 'new', availableAt: { $not: { $gt: now } } }),
    count('outbox', { $or: [{ state: 'queued', dueAt: due }, { state: 'leased' }] }),
    count('deadlines', { state: 'pending', dueAt: due }),
    count('slots', { state: 'pending', lookAt: due }),
  ]);
  return Object.entries({ inbox, outbox, deadlines, slots }).flatMap(([name, found]) =>
    found > 0 ? [`${name} ${found}`] : [],
  );
}

const MOST_TOLD = 1_000_000;
const LOOK_EVERY_MS = 15;

/**
 * Resolves once nothing is under way: every message decided, every deadline and slot fired, everything sent that is due.
 * Throws with what is left after `withinMs`.
 */
export async function settled(database: TestDatabase, now: () => Date, withinMs = 15_000): Promise<void> {
  const endsAt = performance.now() + withinMs;
  let calm = 0;
  for (;;) {
    const left = await unsettled(database, now(), 1);
    // Twice: a deadline's commit enqueues what the first look could not see yet.
    calm = left.length === 0 ? calm + 1 : 0;
    if (calm >= 2) return;
    if (performance.now() > endsAt) {
      const all = await unsettled(database, now(), MOST_TOLD);
      throw new Error(`still under way: ${all.join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
