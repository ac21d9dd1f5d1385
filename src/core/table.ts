/** One sheet of a file as text: no cell is a formula, a date or a number any more. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  /** The file had more rows than are read. */
  readonly isCut: boolean;
}

/** A sheet to be written: every cell is text. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  /** In characters, for each column. */
  readonly widths: readonly number[];
}

/** Why a file was not read. */
export type TableFault = 'tooLarge' | 'oldExcel' | 'notATable' | 'empty';

export type ReadTable = (
  bytes: Uint8Array,
) => Promise<{ readonly table: Table } | { readonly fault: TableFault }>;

/** Most data rows that are read of one file, and columns of each. */
export const TABLE_LIMITS = { bytes: 3_000_000, rows: 20_000, columns: 40, cellChars: 200 } as const;
