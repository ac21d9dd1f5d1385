import { fork, type ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';
import { build } from 'vite';
import { HEAP_OPTIONS } from '../scripts/tasks/build.ts';
import { boundNote, uncertainBoundNote } from './bounds.ts';
import { inHouse, type House } from './house.ts';
import { dispatchOf } from './queue-ours.ts';
import type { MemorySample } from './queue-memory-child.ts';
import { measured, type Bench, type BenchReport } from './report.ts';
import { slopeOf, type Slope } from './slope.ts';

const QUEUED = 100_000;
const LANES = 10_000;
const ENQUEUED_TOGETHER = 5_000;
const MINUTES = 4;
const SECONDS_AN_HOUR = 3_600;
const CHILD = 'queue-memory-child';
const BUILT = 'dist/bench';

/** A process that only sends, behind 100,000 rows that are due, kept at that number while it works at full speed. */
export const memory: Bench = {
  name: 'memory',
  about: `memory of an outbox process with ${QUEUED} queued rows (${MINUTES} minutes, or --minutes=N)`,
  onRequest: true,
  run: ({ mongodbUri, small = false, minutes = small ? 0.5 : MINUTES }) =>
    inHouse(mongodbUri, async (house) => {
      const queued = small ? QUEUED / 10 : QUEUED;
      const load = loadOf(house);
      await load.upTo(queued);
      const samples = await watch(house.uri, minutes * 60_000, (sent) => load.upTo(sent + queued));
      return reportOf(samples, { queued, minutes });
    }),
};

function loadOf({ engine }: House) {
  const { commits } = engine({ work: [] });
  let enqueued = 0;
  let running: Promise<void> | undefined;
  async function fill(count: number): Promise<void> {
    while (enqueued < count) {
      const jobs = [...Array(ENQUEUED_TOGETHER).keys()].map((index) => enqueued + index);
      await commits.steps.enqueue(jobs.map((job) => dispatchOf(job, job % LANES)));
      enqueued += ENQUEUED_TOGETHER;
    }
  }
  return {
    /** Enqueues until so many are or were in the queue; while that is under way, further calls do nothing. */
    upTo: (count: number) => (running ??= fill(count).finally(() => (running = undefined))),
  };
}

/** Runs the child for some time and answers what it said about its memory. */
async function watch(
  uri: string,
  forMs: number,
  refill: (sent: number) => Promise<void>,
): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  // As the program itself is built: tsx alone would take half as much again.
  await build({ logLevel: 'warn', build: { ssr: `bench/${CHILD}.ts`, outDir: BUILT } });
  const child = fork(`${BUILT}/${CHILD}.js`, [uri, String(forMs)], {
    execArgv: [...HEAP_OPTIONS, '--expose-gc'],
  });
  let refilling = Promise.resolve();
  child.on('message', (sample: MemorySample) => {
    samples.push(sample);
    refilling = refill(sample.sent);
  });
  await ended(child);
  await refilling;
  return samples;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the outbox process ended with ${code}`));
    });
  });
}

interface Conditions {
  readonly queued: number;
  readonly minutes: number;
}

function reportOf(samples: readonly MemorySample[], conditions: Conditions): BenchReport {
  const unforced = samples.filter(({ liveMb }) => liveMb === undefined);
  const loadedMb = samples[0]?.rssMb ?? NaN;
  const rssMb = Math.max(...unforced.map((sample) => sample.rssMb));
  const live = hourly(
    samples.flatMap(({ atSeconds, liveMb }) =>
      liveMb === undefined ? [] : [{ at: atSeconds, value: liveMb }],
    ),
  );
  const sent = samples.at(-1)?.sent ?? 0;
  return {
    bench: 'memory',
    title: `Memory of a process that only sends, ${conditions.queued} rows queued all the time`,
    figures: measured({ rssMb, loadedMb, liveMbPerHour: live.slope, liveMbPerHourError: live.error, sent }),
    ratios: {},
    rows: [
      { what: 'most memory (RSS)', value: rssMb, unit: 'MB', note: boundNote(rssMb, { atMost: 150 }) },
      { what: '  of it when the program was loaded', value: loadedMb, unit: 'MB' },
      {
        what: 'growth of what is in use',
        value: live.slope,
        unit: 'MB/h',
        note: uncertainBoundNote(live.slope, live.error, 1),
      },
      { what: 'sent meanwhile', value: sent, unit: 'messages' },
      { what: 'load average', value: loadavg()[0] ?? NaN, unit: '' },
    ],
    notes: [
      `${conditions.minutes} minutes at full speed, a channel that answers at once; ${LANES} lanes; another process enqueues what was sent`,
      'the whole program is loaded, built and run with the options of npm start; RSS is the most of the first third, without any forced collection',
      'growth is that of the last two thirds, the least of each four seconds’ eight forced collections; a longer run tells more: --minutes=60',
      'compiled code counts too, and more is under way when the machine is freer: beside other work some MB/h say nothing',
    ],
  };
}

function hourly(samples: Parameters<typeof slopeOf>[0]): Slope {
  const { slope, error } = slopeOf(samples);
  return { slope: slope * SECONDS_AN_HOUR, error: error * SECONDS_AN_HOUR };
}
