type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** One change of a file, and where: `ballots.2.choice`. */
export interface Tampering {
  readonly path: readonly (string | number)[];
  readonly kind: 'field' | 'gone' | 'twice' | 'swapped';
  readonly file: unknown;
}

/** Every change of one value, every row or field that is gone, every row twice, and every two neighbours swapped. */
export function* tamperings(file: unknown): Generator<Tampering> {
  yield* changesOf(file as Json, [], (changed) => changed);
}

function* changesOf(
  value: Json,
  path: readonly (string | number)[],
  within: (changed: Json) => unknown,
): Generator<Tampering> {
  if (typeof value !== 'object' || value === null) {
    for (const other of othersThan(value)) yield { path, kind: 'field', file: within(other) };
    return;
  }
  if (isList(value)) {
    for (const [index, one] of value.entries()) {
      yield* changesOf(one, [...path, index], (changed) => within(value.with(index, changed)));
      yield { path: [...path, index], kind: 'gone', file: within(value.toSpliced(index, 1)) };
      yield { path: [...path, index], kind: 'twice', file: within(value.toSpliced(index, 0, one)) };
      const next = value[index + 1];
      if (next !== undefined && JSON.stringify(next) !== JSON.stringify(one))
        yield { path: [...path, index], kind: 'swapped', file: within(value.toSpliced(index, 2, next, one)) };
    }
    return;
  }
  for (const [key, one] of Object.entries(value)) {
    yield* changesOf(one, [...path, key], (changed) => within({ ...value, [key]: changed }));
    const { [key]: _, ...rest } = value;
    yield { path: [...path, key], kind: 'gone', file: within(rest) };
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const PATHS = ['group', 'page'];

/** Values that the format takes as well, so that the checks and not the format have to notice. */
function othersThan(value: string | number | boolean | null): readonly Json[] {
  if (typeof value === 'number') return [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  if (value === null) return ['null'];
  if (/^\d{4}-\d{2}-\d{2}T/u.test(value)) return [new Date(Date.parse(value) + 1).toISOString()];
  if (/^[0-9a-f]{32,}$/u.test(value)) return [value.replace(/^./u, (digit) => (digit === 'a' ? 'b' : 'a'))];
  if (/^[A-Z2-9]{8,}$/u.test(value)) return [value.replace(/.$/u, (sign) => (sign === 'A' ? 'B' : 'A'))];
  if (['group', 'direct', 'page', 'paper', 'phone', 'visit', 'proxy'].includes(value))
    return PATHS.filter((path) => path !== value);
  return [`${value}。`];
}
