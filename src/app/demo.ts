import type { Connection } from 'mongoose';

import type { Role } from '#core/people';
import { collections } from '#models/registry';
import { ROLE_WORDS } from '#texts/words';

import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { writeDemoFile } from '../demo/demo-file.ts';
import { seedDemo } from '../demo/seed.ts';
import type { ConsoleLink } from '../http/playground/schemas.ts';
import { communityWrites } from './stores.ts';

type SeedParts = Pick<App, 'stores' | 'engine' | 'clock'> & { readonly connection: Connection };

/** Seeds an empty database, writes data/demo.json, and returns the ways into the console for the playground. */
export async function prepareDemo(
  app: App,
  { config, baseUrl, connection }: { config: Config; baseUrl: string; connection: Connection },
): Promise<readonly ConsoleLink[]> {
  const { stores, engine, clock } = app;
  await seed({ stores, engine, clock, connection });
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
 * whoever is signed in stays so. People of the seed have the same ids again.
 */
const KEPT = new Set(['leases', 'settings', 'logins', 'loginLinks']);

/** Deletes everything of the demo and seeds it anew. The engine must be paused. */
export async function resetDemo(parts: SeedParts): Promise<void> {
  const { connection } = parts;
  for (const { name } of collections) if (!KEPT.has(name)) await connection.collection(name).deleteMany({});
  await seed(parts);
}

function seed({ stores, engine, clock, connection }: SeedParts): Promise<boolean> {
  return seedDemo({
    isEmpty: async () => (await connection.collection('places').countDocuments({}, { limit: 1 })) === 0,
    commitGuarded: engine.commits.guarded.commitGuarded,
    now: () => clock.now(),
    save: communityWrites(stores),
  });
}
