export interface Row {
  readonly id: string;
}

/** The shown rows, renewed; rows below the last one are added at once, they move nothing. */
export function merged<Item extends Row>(shown: readonly Item[], latest: readonly Item[]) {
  const now = new Map(latest.map((row) => [row.id, row]));
  const ids = new Set(shown.map((row) => row.id));
  const lastShown = latest.findLastIndex((row) => ids.has(row.id));
  const below = lastShown < 0 ? [] : latest.slice(lastShown + 1);
  return {
    rows: [...shown.map((row) => now.get(row.id) ?? row), ...below],
    newCount: latest.filter((row) => !ids.has(row.id)).length - below.length,
    goneCount: shown.filter((row) => !now.has(row.id)).length,
  };
}
