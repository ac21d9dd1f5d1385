/**
 * Lists are paged by the last row's place in the order: its moment and its id. Returns the filter for what comes
 * after it when the list runs from the latest to the earliest. A cursor that is no cursor starts at the beginning.
 */
export function olderThan(field: string, cursor: string | undefined): Record<string, unknown> {
  const read = /^(\d{1,15}):(.+)$/s.exec(cursor ?? '');
  if (!read) return {};
  const at = new Date(Number(read[1]));
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: read[2] } }] };
}

/** One page out of `limit + 1` rows that were asked for, and the cursor of the next one when there is more. */
export function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  momentOf: (row: Row) => Date,
): { items: readonly Row[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items };
  return { items, next: `${momentOf(last).getTime()}:${last.id}` };
}
