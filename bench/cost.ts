import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

/** What a stretch of work cost. */
export interface Cost {
  readonly seconds: number;
  /** CPU-seconds of this process. */
  readonly cpu: number;
  /** CPU-seconds of the database's process; NaN where it cannot be seen (another machine, not Linux). */
  readonly databaseCpu: number;
  /** Most memory of this process during the stretch. */
  readonly rssMb: number;
  /** Average load of the machine at the end; much above its cores: others were working too. */
  readonly load: number;
}

const LOOK_EVERY_MS = 50;
/** Linux counts CPU time in hundredths of a second. */
const TICKS_A_SECOND = 100;

/** Starts to measure; call the result at the end. */
export function startCost(mongodbUri: string): () => Cost {
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  const databaseCpu = databaseCpuSeconds(mongodbUri);
  let rss = process.memoryUsage.rss();
  const looking = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), LOOK_EVERY_MS);
  return () => {
    clearInterval(looking);
    const used = process.cpuUsage(cpu);
    return {
      seconds: (performance.now() - startedMs) / 1_000,
      cpu: (used.user + used.system) / 1e6,
      databaseCpu: databaseCpuSeconds(mongodbUri) - databaseCpu,
      rssMb: Math.max(rss, process.memoryUsage.rss()) / 2 ** 20,
      load: loadavg()[0] ?? NaN,
    };
  };
}

/** CPU time so far of the mongod that listens on the uri's port, read from /proc. */
function databaseCpuSeconds(mongodbUri: string): number {
  try {
    const port = /:(\d+)/.exec(mongodbUri.replace(/^mongodb:\/\//, ''))?.[1] ?? '27017';
    const pid = readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && isMongod(entry, port));
    if (pid === undefined) return NaN;
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

function isMongod(pid: string, port: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    // The embedded one carries a mark of its version in its name.
    return /mongod(-\w+)?(\.exe)?$/.test(words[0] ?? '') && words[words.indexOf('--port') + 1] === port;
  } catch {
    return false;
  }
}
