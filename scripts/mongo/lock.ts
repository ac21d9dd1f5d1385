import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isStillRunning, knowMyself, type KnownProcess } from './processes.ts';

/**
 * Runs `action` while no other program runs one under the same lock file. A program that was killed does not keep it.
 * `onWait` is called once when somebody else is at it.
 */
export async function withLock<T>(file: string, action: () => Promise<T>, onWait: () => void): Promise<T> {
  await acquire(file, onWait);
  try {
    return await action();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, onWait: () => void): Promise<void> {
  const mine = JSON.stringify(await knowMyself());
  for (let attempt = 0; !create(file, mine); attempt += 1) {
    const holder = readHolder(file);
    if (holder === 'gone' || (await isStillRunning(holder))) await delay(250);
    else rmSync(file, { force: true });
    if (attempt === 4) onWait();
  }
}

function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): KnownProcess | 'gone' {
  try {
    const text = readFileSync(file, 'utf8');
    // Created, but not yet written: its maker is alive.
    return text === '' ? 'gone' : (JSON.parse(text) as KnownProcess);
  } catch {
    return 'gone';
  }
}
