import { writeXlsx } from 'hucre/xlsx';

import type { Sheet } from '#core/table';

/** An .xlsx file whose cells are all text: what begins with = stays words, 0123 keeps its zero. */
export function writeTable(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows, widths }) => ({
      name,
      columns: widths.map((width) => ({ width })),
      rows: rows.map((row) => [...row]),
    })),
  });
}
