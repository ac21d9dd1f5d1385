import { boundNote, type Bound } from './bounds.ts';
import { readable, type TableRow } from './figures.ts';
import type { Contestant } from './peers/contestant.ts';
import { LATENCY_NOTE } from './queue-measure.ts';
import { measured, type BenchReport } from './report.ts';

type Figures = Readonly<Record<string, number>>;
type Named = Pick<Contestant, 'key' | 'title'>;

export interface QueueFigures {
  /** Ours first. */
  readonly contestants: readonly Contestant[];
  /** Who waits for what another process enqueues. */
  readonly distant: readonly Named[];
  readonly figures: Figures;
  readonly rounds: number;
}

/** By the keys of the figures; ratios by the key of the other one. */
const BOUNDS: Readonly<Record<string, Bound>> = {
  oursToAgenda: { atLeast: 20 },
  oursToMongodbQueue: { atLeast: 35 },
  oursConflictsPerJob: { atMost: 0.01 },
  oursWorkerStartP50Ms: { atMost: 30 },
  oursWorkerStartP99Ms: { atMost: 150 },
  oursDistantStartP50Ms: { atMost: 30 },
  oursDistantStartP99Ms: { atMost: 150 },
};

export function queueReport({ contestants, distant, figures, rounds }: QueueFigures): BenchReport {
  const ratios = ratiosOf(contestants, figures);
  const waiting = [...contestants, ...distant];
  return {
    bench: 'queue',
    title: 'Queue: claim and acknowledgement, ours and others in turn on one machine',
    figures: measured(figures),
    ratios: measured(ratios),
    rows: [
      ...contestants.map((one) => claimRow(one, figures, ratios)),
      ...contestants.map((one) => cpuRow(one, figures, ratios)),
      ...rowsFor(contestants, 'write conflicts', 'ConflictsPerJob', 'a job', figures),
      ...rowsFor(contestants, 'enqueue', 'EnqueuePerSecond', 'jobs/s', figures),
      ...rowsFor(waiting, 'enqueue to start, p50', 'StartP50Ms', 'ms', figures),
      ...rowsFor(waiting, 'enqueue to start, p99', 'StartP99Ms', 'ms', figures),
      { what: 'load average', value: figures['loadAverage'] ?? NaN, unit: '' },
    ],
    notes: [
      `median of ${rounds} rounds; in each round all take turns; a job is about 200 bytes and its work is nothing`,
      'claim: from the call until the last acknowledgement is stored',
      'peers on MongoDB use the same mongod and wait for the same majority; Redis and PostgreSQL are native servers and are left out where Debian has not installed them',
      LATENCY_NOTE,
      ...contestants.map(({ title, jobs, settings }) => `${title}: ${jobs} jobs; ${settings}`),
    ],
  };
}

/** How many times our rate is that of each other, and how many times our CPU each other takes for a job. */
export function ratiosOf(contestants: readonly Named[], figures: Figures): Record<string, number> {
  const rate = (key: string) => figures[`${key}ClaimPerSecond`] ?? NaN;
  const others = contestants.filter(({ key }) => key !== 'ours');
  const entries = others.flatMap(({ key }): [string, number][] => [
    [`oursTo${capital(key)}`, rate('ours') / rate(key)],
    [`cpu${capital(key)}ToOurs`, claimCpu(key, figures) / claimCpu('ours', figures)],
  ]);
  return Object.fromEntries(entries);
}

function capital(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}

/** Seconds for 1,000 jobs, of our process and the database together. */
function claimCpu(key: string, figures: Figures): number {
  return (
    (figures[`${key}ClaimCpuPerThousand`] ?? NaN) + (figures[`${key}ClaimDatabaseCpuPerThousand`] ?? NaN)
  );
}

function claimRow({ key, title }: Named, figures: Figures, ratios: Figures): TableRow {
  const name = `oursTo${capital(key)}`;
  const ratio = ratios[name];
  const bound = BOUNDS[name];
  const notes = [
    ...(ratio === undefined ? [] : [`ours is ${readable(ratio)} times`]),
    ...(bound === undefined ? [] : [boundNote(ratio ?? NaN, bound)]),
  ];
  const value = figures[`${key}ClaimPerSecond`] ?? NaN;
  return { what: `claim and acknowledge: ${title}`, value, unit: 'jobs/s', note: notes.join('; ') };
}

function cpuRow({ key, title }: Named, figures: Figures, ratios: Figures): TableRow {
  const own = figures[`${key}ClaimCpuPerThousand`] ?? NaN;
  const server = figures[`${key}ClaimDatabaseCpuPerThousand`] ?? NaN;
  const ratio = ratios[`cpu${capital(key)}ToOurs`];
  const parts = `this process ${readable(own)}, its database ${readable(server)}`;
  const note = ratio === undefined ? parts : `${parts}; ${readable(ratio)} times ours`;
  return { what: `CPU of claim and acknowledge: ${title}`, value: own + server, unit: 's / 1,000', note };
}

/** A row for each that has this figure. */
function rowsFor(
  all: readonly Named[],
  what: string,
  figure: string,
  unit: string,
  figures: Figures,
): TableRow[] {
  return all.flatMap(({ key, title }) => {
    const value = figures[`${key}${figure}`];
    const bound = BOUNDS[`${key}${figure}`];
    if (value === undefined) return [];
    return [{ what: `${what}: ${title}`, value, unit, ...(bound && { note: boundNote(value, bound) }) }];
  });
}
