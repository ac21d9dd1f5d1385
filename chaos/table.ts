/** One line of the table. A bound that was not reached is a failure, and so is one that could not be tried. */
export interface Row {
  readonly test: string;
  readonly figure: string;
  readonly bound: string;
  readonly ok: boolean;
}

export function row(test: string, figure: string | number, bound: string, ok: boolean): Row {
  return { test, figure: String(figure), bound, ok };
}

const NAMED = 3;

/** Things of which there must be none; the first few are named. */
export function none(test: string, what: readonly unknown[]): Row {
  const named = what.slice(0, NAMED).map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const figure = what.length === 0 ? '0' : `${what.length}: ${named.join(', ')}`;
  return row(test, figure, '0', what.length === 0);
}

export function notRun(test: string, reason: string): Row {
  return row(test, `not run: ${reason}`, 'is run', false);
}

export function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['test', 'figure', 'bound', 'ok'],
    ...rows.map(({ test, figure, bound, ok }) => [test, figure, bound, ok ? 'ok' : 'BROKEN']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lineOf = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  const rule = widths.map((width) => '-'.repeat(width));
  return [lineOf(head), lineOf(rule), ...body.map(lineOf)].join('\n');
}
