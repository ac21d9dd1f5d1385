/** What a bench prints last, on one line, for programs. */
export interface BenchResult {
  readonly bench: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly ratios: Readonly<Record<string, number>>;
}

export interface TableRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

/** The middle one, or the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2;
}

/** The least value that at least this share (0 to 1) of the values does not exceed. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** The median of each figure over the runs; figures that a run lacks are left out of it. */
export function medians(runs: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  const of = (name: string) => runs.flatMap((run) => run[name] ?? []);
  return Object.fromEntries(names.map((name) => [name, median(of(name))]));
}

/** Three digits that matter: 1234, 12.3, 0.123. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

export function tableOf(rows: readonly TableRow[]): string {
  const widths = [Math.max(...rows.map(({ what }) => what.length)), 10];
  const lines = rows.map(({ what, value, unit, note }) =>
    `  ${what.padEnd(widths[0] ?? 0)}  ${readable(value).padStart(widths[1] ?? 0)} ${unit.padEnd(12)} ${note ?? ''}`.trimEnd(),
  );
  return lines.join('\n');
}

/** One line of JSON, figures rounded to what was measured. */
export function jsonLine({ bench, figures, ratios }: BenchResult): string {
  const rounded = (all: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, Number(value.toPrecision(4))]));
  return JSON.stringify({ bench, figures: rounded(figures), ratios: rounded(ratios) });
}
