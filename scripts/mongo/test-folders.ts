import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkout, findPlaces } from './places.ts';
import { endProcess, isStillRunning } from './processes.ts';
import { readState } from './state.ts';

const parent = path.join(checkout, 'data/test');

/** An empty data folder for a database that is thrown away; what killed runs left behind goes first. */
export async function makeTestFolder(name: string): Promise<string> {
  mkdirSync(parent, { recursive: true });
  await removeAbandoned();
  const dataDir = path.join(parent, name);
  mkdirSync(dataDir, { recursive: true });
  return dataDir;
}

export function removeTestFolder(dataDir: string): void {
  const { homeDir } = findPlaces(dataDir);
  rmSync(homeDir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

/** Removes what test runs that were killed left behind, their mongod included. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(parent)) {
    const dataDir = path.join(parent, name);
    const state = readState(findPlaces(dataDir).homeDir);
    if (state?.owner && (await isStillRunning(state.owner))) continue;
    if (state?.mongod) await endProcess(state.mongod, 2_000);
    removeTestFolder(dataDir);
  }
}
