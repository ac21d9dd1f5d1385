import type { Config } from '#src/config';

import { findPlaces } from '../mongo/places.ts';
import { readState } from '../mongo/state.ts';

/** The named replica set, else the embedded database while it runs; undefined when it does not. */
export function databaseUri({
  MONGODB_URI,
  DATA_DIR,
}: Pick<Config, 'MONGODB_URI' | 'DATA_DIR'>): string | undefined {
  if (MONGODB_URI !== undefined) return MONGODB_URI;
  const state = readState(findPlaces(DATA_DIR).homeDir);
  if (state?.port === undefined || state.mongod === undefined) return undefined;
  return `mongodb://127.0.0.1:${state.port}/yishi?directConnection=true`;
}
