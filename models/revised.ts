import type { DecisionCollection, Write } from '#core/decision';

/**
 * Changes fields of one document that must still be at `revision`; else the decision is made anew. A field that is
 * set to undefined is taken away.
 */
export function revisedFields(
  collection: DecisionCollection,
  id: string,
  fields: Readonly<Record<string, unknown>> | object,
  revision: number,
): Write {
  const { id: _id, revision: _revision, ...changed } = fields as Record<string, unknown>;
  const entries = Object.entries(changed);
  const set = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  const unset = Object.fromEntries(
    entries.filter(([, value]) => value === undefined).map(([key]) => [key, '']),
  );
  return {
    kind: 'update',
    collection,
    filter: { _id: id, revision },
    update: {
      ...(Object.keys(set).length > 0 && { $set: set }),
      ...(Object.keys(unset).length > 0 && { $unset: unset }),
      $inc: { revision: 1 },
    },
    mustMatch: true,
  };
}

/**
 * Puts a whole document there: a new one when `revision` is 0, else over the one that is still at `revision`; else the
 * decision is made anew. Of the `optional` fields those that it lacks are taken away.
 */
export function revisedWhole(
  collection: DecisionCollection,
  { _id, ...fields }: { readonly _id: string },
  revision: number,
  optional: readonly string[] = [],
): Write {
  const absent = optional.filter((field) => (fields as Record<string, unknown>)[field] === undefined);
  return {
    kind: 'update',
    collection,
    filter: { _id, revision },
    update: {
      $set: { ...fields, revision: revision + 1 },
      ...(absent.length > 0 && { $unset: Object.fromEntries(absent.map((field) => [field, ''])) }),
    },
    upsert: revision === 0,
    mustMatch: true,
  };
}
