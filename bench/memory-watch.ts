import { fork, type ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';
import { build } from 'vite';
import { HEAP_OPTIONS } from '../scripts/tasks/build.ts';
import { uncertainBoundNote } from './bounds.ts';
import type { TableRow } from './figures.ts';
import type { MemorySample } from './memory-child.ts';
import { slopeOf, type Slope } from './slope.ts';

const SECONDS_AN_HOUR = 3_600;
const CHILD = 'memory-child';
const BUILT = 'dist/bench';
const MOST_GROWTH_MB_AN_HOUR = 1;

export interface MemoryWatch {
  /** The house's database, as `enterHouse` takes it. */
  readonly uri: string;
  readonly forMs: number;
  readonly work: 'inbox' | 'outbox';
  /** Hears how many messages the process is through with; awaited at the end. */
  readonly onDone?: (done: number) => Promise<void>;
}

/** What the whole program needs that does one kind of work for some time, in a process of its own. */
export interface Memory {
  readonly rssMb: number;
  /** When the program was loaded and had done nothing yet. */
  readonly loadedMb: number;
  /** Growth an hour of what is in use. */
  readonly live: Slope;
  readonly done: number;
}

/** Runs the process, as built and started by `npm start`, and watches its memory. Throws when it ends otherwise than by itself. */
export async function watchMemory({
  uri,
  forMs,
  work,
  onDone = async () => undefined,
}: MemoryWatch): Promise<Memory> {
  const samples: MemorySample[] = [];
  // As the program itself is built: tsx alone would take half as much again.
  await build({ logLevel: 'warn', build: { ssr: `bench/${CHILD}.ts`, outDir: BUILT } });
  const child = fork(`${BUILT}/${CHILD}.js`, [uri, String(forMs), work], {
    execArgv: [...HEAP_OPTIONS, '--expose-gc'],
  });
  let telling = Promise.resolve();
  child.on('message', (sample: MemorySample) => {
    samples.push(sample);
    telling = onDone(sample.done);
  });
  await ended(child);
  await telling;
  return memoryOf(samples);
}

/** The rows of a table that tell of it. */
export function memoryRows({ loadedMb, live }: Memory): TableRow[] {
  return [
    { what: '  of it when the program was loaded', value: loadedMb, unit: 'MB' },
    {
      what: 'growth of what is in use',
      value: live.slope,
      unit: 'MB/h',
      note: uncertainBoundNote(live.slope, live.error, MOST_GROWTH_MB_AN_HOUR),
    },
    { what: 'load average', value: loadavg()[0] ?? NaN, unit: '' },
  ];
}

export const MEMORY_NOTES = [
  'the whole program is loaded, built and run with the options of npm start; RSS is the most of the first third, without any forced collection',
  'growth is that of the last two thirds, the least of each four seconds’ eight forced collections; a longer run tells more: --minutes=60',
  'compiled code counts too, and more is under way when the machine is freer: beside other work some MB/h say nothing',
] as const;

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the process that was watched ended with ${code}`));
    });
  });
}

function memoryOf(samples: readonly MemorySample[]): Memory {
  const unforced = samples.filter(({ liveMb }) => liveMb === undefined);
  const inUse = samples.flatMap(({ atSeconds, liveMb }) =>
    liveMb === undefined ? [] : [{ at: atSeconds, value: liveMb }],
  );
  const { slope, error } = slopeOf(inUse);
  return {
    rssMb: Math.max(...unforced.map((sample) => sample.rssMb)),
    loadedMb: samples[0]?.rssMb ?? NaN,
    live: { slope: slope * SECONDS_AN_HOUR, error: error * SECONDS_AN_HOUR },
    done: samples.at(-1)?.done ?? 0,
  };
}
