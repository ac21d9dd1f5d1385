import { setTimeout as delay } from 'node:timers/promises';

import type { House } from '../house.ts';
import { openLeaseLog, staleIn } from '../lease-log.ts';
import { startLoad } from '../load.ts';
import { openProxy, type Proxy } from '../proxy.ts';
import { none, type Row } from '../table.ts';
import { everydayRows } from '../verdict.ts';

const GROUPS = 8;
const SAY_EVERY_MS = 200;
/** Longer than a lease and the round in which it is taken over. */
const BLACK_HOLE_MS = 15_000;
const SETTLES_MS = 5_000;
const QUIET_WITHIN_MS = 150_000;

/**
 * One instance reaches the database through a proxy that swallows everything for a while and lets it through late, and
 * then cuts connections off at the far side only. Another one has a sound line.
 */
export async function breakTheWire(house: House): Promise<readonly Row[]> {
  const town = await house.openTown({ name: 'wire', groups: GROUPS });
  const primary = await house.set.primary();
  const proxy = await openProxy(Number(primary.host.split(':')[1]));
  const log = await openLeaseLog(town.db);
  try {
    const cut = await town.start('cut', { mongodbUri: throughProxy(town.uri, proxy) });
    const sound = await town.start('sound');
    town.openDoors([cut, sound]);
    const load = startLoad(town, SAY_EVERY_MS);
    await delay(SETTLES_MS);
    proxy.blackHole();
    await delay(BLACK_HOLE_MS);
    proxy.heal();
    await delay(SETTLES_MS);
    proxy.halfOpen();
    await delay(BLACK_HOLE_MS);
    // Whoever waits for the dead connections waits long: the sound one answers.
    town.openDoors([sound]);
    await load.stop();
    await cut.kill();
    await town.becomesQuiet(QUIET_WITHIN_MS);
    const stale = staleIn(log, [cut, sound]);
    await sound.stop();
    return [
      none(
        'wire: stale settles accepted',
        stale.map(({ id }) => id),
      ),
      ...(await everydayRows(town)),
    ];
  } finally {
    await log.close();
    await proxy.close();
  }
}

/** Straight to the primary: a member list would lead around the proxy. */
function throughProxy(uri: string, { port }: Proxy): string {
  const { pathname } = new URL(uri.replace(/\/\/[^/]+/u, '//host'));
  return `mongodb://127.0.0.1:${port}${pathname}?directConnection=true`;
}
