import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';
const INSTALL = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'libfaketime'];

/** A clock that only one process sees. */
export interface FakeClock {
  readonly environment: NodeJS.ProcessEnv;
  /** From now on that process's machine is ahead (or behind) by so many seconds. Its steady clock is left alone. */
  setAhead(seconds: number): void;
  remove(): void;
}

/** The library's file, installed where that is possible; else a sentence that says why not. */
export function provideFaketime(): { readonly library: string } | { readonly reason: string } {
  if (existsSync(LIBRARY)) return { library: LIBRARY };
  if (!existsSync('/usr/bin/apt-get')) return { reason: 'libfaketime is Debian’s, and this is no Debian' };
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (command: readonly string[]) => {
    const [file = '', ...args] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command];
    return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
  };
  if (!apt(INSTALL)) {
    apt(['apt-get', 'update', '-q']);
    apt(INSTALL);
  }
  return existsSync(LIBRARY) ? { library: LIBRARY } : { reason: 'libfaketime could not be installed' };
}

export function createFakeClock(library: string): FakeClock {
  const folder = mkdtempSync(path.join(tmpdir(), 'yishi-clock-'));
  const file = path.join(folder, 'time');
  const setAhead = (seconds: number) => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  setAhead(0);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    setAhead,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
