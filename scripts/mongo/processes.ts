import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process that can be recognised later, although its number may have been given to another one meanwhile. */
export interface KnownProcess {
  readonly pid: number;
  /** When the system started it, in the system's own words. Compared, never read. */
  readonly startedAt: string;
}

/** Remembers a running process, or answers undefined when there is none with this number. */
export async function knowProcess(pid: number): Promise<KnownProcess | undefined> {
  const startedAt = await readStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export async function isStillRunning(known: KnownProcess): Promise<boolean> {
  return (await readStart(known.pid)) === known.startedAt;
}

/** What is written down about this very process. */
export async function knowMyself(): Promise<KnownProcess> {
  return (await knowProcess(process.pid)) ?? { pid: process.pid, startedAt: 'unknown' };
}

/** Asks a known process to end, and insists after `patienceMs`. Never touches another process with the same number. */
export async function endProcess(known: KnownProcess, patienceMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isStillRunning(known))) return;
    process.kill(known.pid, signal);
    if (await hasEndedWithin(known, patienceMs)) return;
  }
  throw new Error(`Process ${known.pid} does not end. End it by hand and start again.`);
}

async function hasEndedWithin(known: KnownProcess, patienceMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 100) {
    if (!(await isStillRunning(known))) return true;
    await delay(100);
  }
  return !(await isStillRunning(known));
}

async function readStart(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readStartFromProc(pid);
  if (process.platform === 'win32') return isAlive(pid) ? 'unknown' : undefined;
  try {
    const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat, see proc(5). A zombie has ended for our purposes. */
function readStartFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
