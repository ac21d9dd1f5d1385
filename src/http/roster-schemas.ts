import { z } from 'zod';

/** Room for a file of 3 MB in base64. */
const MAX_FILE_CHARS = 4_200_000;

const id = z.string().min(1).max(300);
const reason = z.string().trim().min(1).max(100);

const file = {
  /** The bytes of an .xlsx or .csv file. */
  data: z.base64().min(1).max(MAX_FILE_CHARS),
  /** Residents that the file does not name: they stay, or go from the buildings that it names. */
  absent: z.enum(['keep', 'remove']),
};

/** What an import would do; the file travels with each request, nothing of it is kept on the way. */
export const rosterPreview = z.object(file);

/** Steps of the roster, a part of `stepSchemas`. */
export const rosterSteps = {
  'roster.import': z.object({ ...file, basis: z.string().regex(/^[0-9a-f]{32}$/) }),
  /** With a resident: that is who they are; else the reason why they are not known. */
  'roster.decide': z.object({ verificationId: id, residentId: id.optional(), reason: reason.optional() }),
  'roster.saveList': z.object({
    listId: id.optional(),
    name: z.string().trim().min(1).max(20),
    kind: z.enum(['council', 'named']),
    lines: z.array(z.string().max(100)).max(1_000),
  }),
  'roster.unlinkIdentities': z.object({ linkId: id }),
  'roster.link': z.object({ residentId: id, personId: id }),
  'roster.unlink': z.object({ residentId: id, personId: id }),
} as const;

/** What importing a file would do. */
export interface RosterPreviewAnswer {
  readonly columns: readonly { readonly word: string; readonly header: string }[];
  /** Headers that were not understood; nothing of these columns is kept. */
  readonly unread: readonly string[];
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
  readonly same: number;
  /** The file has more rows than are read. */
  readonly isCut: boolean;
  /** The first of each kind. */
  readonly changes: readonly {
    readonly kind: 'new' | 'changed' | 'gone';
    readonly label: string;
    readonly what: string;
  }[];
  readonly problems: readonly {
    readonly line: number;
    readonly problem: string;
    readonly cells: readonly string[];
  }[];
  readonly problemCount: number;
  /** Goes with the import, so that what was shown is what is done. */
  readonly basis: string;
}
