import type { Connection } from 'mongoose';

import type { ConsoleLink } from '../http/playground/schemas.ts';
import { saveIdentity } from '#models/identities';
import { ROLE_WORDS } from '#texts/words';
import type { Role } from '#core/people';

import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { writeDemoFile } from '../demo/demo-file.ts';
import { seedDemo } from '../demo/seed.ts';

/** Seeds an empty database, writes data/demo.json, and returns the ways into the console for the playground. */
export async function prepareDemo(
  app: App,
  { config, baseUrl, connection }: { config: Config; baseUrl: string; connection: Connection },
): Promise<readonly ConsoleLink[]> {
  const { stores, engine, clock } = app;
  await seedDemo({
    isEmpty: async () => (await connection.collection('places').countDocuments({}, { limit: 1 })) === 0,
    commitGuarded: engine.commits.guarded.commitGuarded,
    now: () => clock.now(),
    save: {
      place: stores.places.save,
      group: stores.groups.save,
      person: stores.people.save,
      identity: saveIdentity,
      membership: stores.directory.joined,
    },
  });
  const { logins } = stores;
  const { users } = await writeDemoFile({ logins, now: () => clock.realNow(), dataDir: config.DATA_DIR, baseUrl });
  return users.map(({ name, role, loginUrl }) => ({ name, role: ROLE_WORDS[role as Role], url: loginUrl }));
}
