interface Node {
  readonly id: string;
  readonly parent?: string | undefined;
}

/** For each place its ancestors from the root down; undefined for a place that is its own ancestor. */
export function ancestorsOf(places: readonly Node[]): ReadonlyMap<string, readonly string[] | undefined> {
  const parents = new Map(places.map(({ id, parent }) => [id, parent]));
  return new Map(places.map(({ id }) => [id, pathTo(id, parents)]));
}

/** Ends at a root, at a parent that nobody knows, and below a ring that the place itself is not part of. */
function pathTo(id: string, parents: ReadonlyMap<string, string | undefined>): readonly string[] | undefined {
  const path = new Set<string>();
  for (let above = parents.get(id); above !== undefined && !path.has(above); above = parents.get(above)) {
    if (above === id) return undefined;
    path.add(above);
  }
  return [...path].reverse();
}
