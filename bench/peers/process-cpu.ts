import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second. */
const TICKS_A_SECOND = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly ticks: number;
}

/**
 * CPU-seconds so far of a process, its children that still run and those it has waited for: PostgreSQL is a process a
 * connection. NaN where it cannot be seen (not Linux).
 */
export function treeCpuSeconds(pid: number): number {
  try {
    const children = readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .flatMap((entry) => timesOf(entry) ?? [])
      .filter(({ parent }) => parent === pid);
    const own = timesOf(String(pid));
    if (!own) return NaN;
    return [own, ...children].reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

function timesOf(pid: string): ProcessTimes | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // It has ended since the folder was listed.
    return undefined;
  }
}

/** A line of /proc/<pid>/stat; the name in brackets may itself hold blanks and brackets. */
export function parseStat(line: string): ProcessTimes {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const number = (index: number) => Number(fields[index]);
  // state, ppid, …, then user, system, and both of children that were waited for.
  return { parent: number(1), ticks: number(11) + number(12) + number(13) + number(14) };
}
