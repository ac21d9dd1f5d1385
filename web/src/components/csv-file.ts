/** What a spreadsheet would take for a formula: also full-width signs, which it turns into half-width ones. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/u;

/** Rows as a .csv that Chinese Excel opens as it is: with a byte order mark, and no cell that it would compute. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
