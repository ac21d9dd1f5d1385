import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Account, canReach, chooseAccount, giveTo } from './run-as.ts';

export const checkout = path.resolve(import.meta.dirname, '../..');

/** Where one embedded database lives, and the account that runs it. */
export interface Places {
  /** Shared by all databases of this checkout: downloads and the Wine prefix they are copied from. */
  readonly cacheDir: string;
  /** This database alone: state.json, db/ and, with Wine, its prefix. */
  readonly homeDir: string;
  readonly dbDir: string;
  readonly account: Account | undefined;
}

/**
 * The folders of an embedded database that belongs to `dataDir`. Where root's database account cannot reach them (a
 * checkout in root's home), they are under /var/lib/yishi instead, always the same ones for the same folder.
 */
export function findPlaces(dataDir: string): Places {
  const account = chooseAccount(checkout);
  const cacheDir = reachable(path.join(checkout, 'data/cache/mongodb'), account);
  const homeDir = reachable(path.resolve(dataDir, 'mongodb'), account);
  return { cacheDir, homeDir, dbDir: path.join(homeDir, 'db'), account };
}

export function makePlaces(dataDir: string): Places {
  const places = findPlaces(dataDir);
  for (const dir of [places.cacheDir, places.homeDir, places.dbDir]) mkdirSync(dir, { recursive: true });
  // Only what the database itself writes.
  giveTo(places.account, places.dbDir);
  return places;
}

function reachable(place: string, account: Account | undefined): string {
  if (!account || canReach(place, account)) return place;
  const name = createHash('sha256').update(place).digest('hex').slice(0, 12);
  return path.join('/var/lib/yishi', name);
}
