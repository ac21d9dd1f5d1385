/** `ok`: well. `look`: nothing is lost, but somebody should look or decide. `broken`: act now. */
export interface Remark {
  readonly mark: 'ok' | 'look' | 'broken';
  readonly about: string;
  readonly says: string;
  /** What to do; with every mark but `ok`. */
  readonly cure?: string;
}

const MARK_WIDTH = 7;

/** One line a remark, what to do in a line of its own below it. */
export function linesOf(remarks: readonly Remark[]): string[] {
  return remarks.flatMap(({ mark, about, says, cure }) => [
    `${mark.padEnd(MARK_WIDTH)} ${about}: ${says}`,
    ...(cure === undefined ? [] : [`${' '.repeat(MARK_WIDTH)} → ${cure}`]),
  ]);
}
