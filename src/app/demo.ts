import type { Connection } from 'mongoose';

import { HOUR_MS, SECOND_MS } from '#core/clock';
import type { Role } from '#core/people';
import { collections } from '#models/registry';
import { afterQuietHours, isQuiet } from '#procedure/quiet-hours';
import { ROLE_WORDS } from '#texts/words';

import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { DEMO_PLACES } from '../demo/community.ts';
import { writeDemoFile } from '../demo/demo-file.ts';
import { seedDemo } from '../demo/seed.ts';
import type { ConsoleLink } from '../http/playground/schemas.ts';
import { communityWrites } from './stores.ts';

type SeedParts = Pick<App, 'stores' | 'engine' | 'clock'> & { readonly connection: Connection };

/**
 * Seeds an empty database, writes data/demo.json, and returns the ways into the console for the playground. Leaves a
 * database alone that holds a real community.
 */
export async function prepareDemo(
  app: App,
  { config, baseUrl, connection }: { config: Config; baseUrl: string; connection: Connection },
): Promise<readonly ConsoleLink[]> {
  const { stores, engine, clock } = app;
  const isNew = await seed({ stores, engine, clock, connection });
  if (isNew && config.playground) await beginByDay(clock);
  if (!isNew && !(await holdsDemo(connection))) return [];
  const { logins } = stores;
  const { users } = await writeDemoFile({
    logins,
    now: () => clock.realNow(),
    dataDir: config.DATA_DIR,
    baseUrl,
  });
  return users.map(({ name, role, loginUrl }) => ({ name, role: ROLE_WORDS[role as Role], url: loginUrl }));
}

/**
 * What a new beginning leaves alone: who works on what, the clock (it goes forward only), and the ways in, so that
 * whoever is signed in stays so. People of the seed have the same ids again, and so may polls: their secrets stay, for
 * every process remembers them.
 */
const KEPT = new Set(['leases', 'settings', 'logins', 'loginLinks', 'pollSecrets']);

/** Deletes everything of the demo and seeds it anew. The engine must be paused. */
export async function resetDemo(parts: SeedParts): Promise<void> {
  const { connection } = parts;
  for (const { name } of collections) if (!KEPT.has(name)) await connection.collection(name).deleteMany({});
  await seed(parts);
  await beginByDay(parts.clock);
}

async function holdsDemo(connection: Connection): Promise<boolean> {
  const ids = DEMO_PLACES.map(({ id }) => id);
  return (await connection.collection<{ _id: string }>('places').countDocuments({ _id: { $in: ids } })) > 0;
}

/** A demo that begins at night begins the next morning: what goes to groups would wait for it, and puzzle people. */
async function beginByDay(clock: App['clock']): Promise<void> {
  const now = clock.now();
  const zone = DEMO_PLACES[0]?.timeZone ?? 'Asia/Shanghai';
  if (!isQuiet(now, zone)) return;
  const nine = afterQuietHours(now, zone).getTime() + 2 * HOUR_MS;
  await clock.advance((nine - now.getTime()) / SECOND_MS);
}

function seed({ stores, engine, clock, connection }: SeedParts): Promise<boolean> {
  return seedDemo({
    isEmpty: async () => (await connection.collection('places').countDocuments({}, { limit: 1 })) === 0,
    commitGuarded: engine.commits.guarded.commitGuarded,
    now: () => clock.now(),
    save: communityWrites(stores),
  });
}
