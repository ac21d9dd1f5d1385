import type { BuildingCount } from '#core/poll';

/**
 * Hides the choices of buildings with fewer than `least` voters. The total is public, so what is hidden can be had by
 * subtraction: more buildings are hidden, the smallest first, until the hidden ones together are at least two and hold
 * at least `least` voters. Who has voted where is no secret and stays.
 */
export function suppressSmallCells(
  rows: readonly (BuildingCount & { readonly counts: readonly number[] })[],
  least: number,
): readonly BuildingCount[] {
  const withVoters = rows.filter(({ voters }) => voters > 0).toSorted((a, b) => a.voters - b.voters);
  const hidden = new Set(withVoters.filter(({ voters }) => voters < least));
  if (hidden.size > 0) {
    for (const row of withVoters) {
      const together = [...hidden].reduce((sum, { voters }) => sum + voters, 0);
      if (hidden.size > 1 && together >= least) break;
      hidden.add(row);
    }
  }
  return rows.map((row) => (hidden.has(row) ? { building: row.building, voters: row.voters } : row));
}
