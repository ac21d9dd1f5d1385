import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { TABLE_LIMITS, type ReadTable, type Table } from '#core/table';
import { decodeText } from './decode-text.ts';
import { inflatedSize } from './inflated-size.ts';

/** What an Excel file may unpack to: a roster of 20,000 rows stays far below. */
const MOST_INFLATED_BYTES = 48_000_000;
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Excel before 2007, and files with a password. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const LAST_COLUMN = 'AN';

/**
 * Reads the first sheet of an .xlsx file, or a .csv in UTF-8, GB 18030 (GBK) or UTF-16. What the bytes are decides, not
 * the file's name. Formulas are not computed: a cell is the text that stands in it. Never throws for bad bytes.
 */
export const readTable: ReadTable = async (bytes) => {
  if (bytes.length === 0) return { fault: 'empty' };
  if (bytes.length > TABLE_LIMITS.bytes) return { fault: 'tooLarge' };
  if (startsWith(bytes, OLE)) return { fault: 'oldExcel' };
  try {
    if (!startsWith(bytes, ZIP)) return fromText(bytes);
    const size = inflatedSize(bytes, MOST_INFLATED_BYTES);
    if (size === undefined) return { fault: 'notATable' };
    return size > MOST_INFLATED_BYTES ? { fault: 'tooLarge' } : await fromWorkbook(bytes);
  } catch {
    return { fault: 'notATable' };
  }
};

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

async function fromWorkbook(bytes: Uint8Array) {
  // One row more than is used tells whether there was more; the range keeps a lone far cell from filling the memory.
  const range = `A1:${LAST_COLUMN}${TABLE_LIMITS.rows + 1}`;
  const { sheets } = await readXlsx(bytes, { sheets: [0], range });
  const [sheet] = sheets;
  return tableOf(sheet ? filledDown(sheet.rows, sheet.merges ?? []) : []);
}

interface Merged {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
}

/**
 * What stands in a merged cell holds for every row of it: 3号楼, merged over its forty flats, is the building of all. To
 * the right it holds for one column: a title over the whole sheet names no column.
 */
function filledDown(
  rows: readonly (readonly unknown[])[],
  merges: readonly Merged[],
): readonly (readonly unknown[])[] {
  const filled = rows.map((row) => [...row]);
  // Merged cells never overlap; a file in which they do is not looked through for ever.
  let left = TABLE_LIMITS.rows * TABLE_LIMITS.columns;
  for (const { startRow, startCol, endRow } of merges) {
    const value = filled[startRow]?.[startCol];
    for (let row = startRow + 1; row <= Math.min(endRow, filled.length - 1) && left > 0; row += 1) {
      const cells = filled[row];
      if (cells) cells[startCol] ??= value;
      left -= 1;
    }
  }
  return filled;
}

function fromText(bytes: Uint8Array) {
  const text = decodeText(bytes);
  if (text === undefined || text.includes('\0')) return { fault: 'notATable' } as const;
  return tableOf(parseCsv(text, { maxRows: TABLE_LIMITS.rows + 1, typeInference: false }));
}

function tableOf(
  rows: readonly (readonly unknown[])[],
): { readonly table: Table } | { readonly fault: 'empty' } {
  const read = rows
    .slice(0, TABLE_LIMITS.rows)
    .map((row) => row.slice(0, TABLE_LIMITS.columns).map((cell) => cellText(cell)));
  if (read.every((row) => row.every((cell) => cell === ''))) return { fault: 'empty' };
  return { table: { rows: read, isCut: rows.length > TABLE_LIMITS.rows } };
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell.slice(0, TABLE_LIMITS.cellChars).trim();
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return '';
}
