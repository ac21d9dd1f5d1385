import type { Cost } from './cost.ts';
import type { BenchResult, TableRow } from './figures.ts';

/** A finished bench: what people read, and what programs read. */
export interface BenchReport extends BenchResult {
  readonly title: string;
  readonly rows: readonly TableRow[];
  /** Conditions under which the figures were measured. */
  readonly notes: readonly string[];
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Takes minutes: run only when it is named. */
  readonly onRequest?: true;
  run(options: BenchOptions): Promise<BenchReport>;
}

export interface BenchOptions {
  readonly mongodbUri: string;
  /** A JSON-lines file with a `text` and a `user` a line; absent: texts are made up. */
  readonly messagesFile?: string;
  /** A part of the rows and of the time, to see that it works: the bounds are meant for all of it. */
  readonly small?: boolean;
  /** How long a bench of steady load lasts. */
  readonly minutes?: number;
}

export const MAJORITY = 'write concern majority with journal';
const RUN_AGAIN_WITHIN_MS = 35_000;

/** Up to three runs, fewer when they take long: a bench ends within a minute. */
export async function upToThree<Result>(run: (index: number) => Promise<Result>): Promise<Result[]> {
  const startedMs = performance.now();
  const results: Result[] = [];
  for (let index = 0; index < 3; index += 1) {
    results.push(await run(index));
    const spentMs = performance.now() - startedMs;
    if (spentMs + spentMs / results.length > RUN_AGAIN_WITHIN_MS) break;
  }
  return results;
}

/** Rate and CPU of a stretch of work, under names that begin with `name`. */
export function figuresOf(name: string, count: number, cost: Cost): Record<string, number> {
  return {
    [`${name}PerSecond`]: count / cost.seconds,
    [`${name}CpuPerThousand`]: (cost.cpu / count) * 1_000,
    [`${name}DatabaseCpuPerThousand`]: (cost.databaseCpu / count) * 1_000,
  };
}

/** The three rows that `figuresOf` is shown as. */
export function rowsOf(name: string, what: string, figures: Readonly<Record<string, number>>): TableRow[] {
  const value = (key: string) => figures[`${name}${key}`] ?? NaN;
  return [
    { what, value: value('PerSecond'), unit: 'msg/s' },
    { what: '  CPU of this process', value: value('CpuPerThousand'), unit: 's / 1,000' },
    { what: '  CPU of the database', value: value('DatabaseCpuPerThousand'), unit: 's / 1,000' },
  ];
}

/** Only figures that were measured: what cannot be seen here is left out. */
export function measured(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}
