import type { Connection, IndexDefinition, IndexOptions, mongo } from 'mongoose';

/** A collection with the indexes it declares. */
export interface Indexed {
  readonly name: string;
  readonly indexes: readonly { readonly keys: IndexDefinition; readonly options?: IndexOptions }[];
  readonly shardKey?: { readonly keys: IndexDefinition };
}

/**
 * Creates every collection with its declared indexes. An index that is declared otherwise than it is there is made
 * anew; one that is not declared any more is left.
 */
export async function ensureIndexes(connection: Connection, collections: readonly Indexed[]): Promise<void> {
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  await Promise.all(
    collections.map(async ({ name, indexes }) => {
      if (!existing.has(name)) await connection.createCollection(name);
      for (const index of indexes) await ensureIndex(connection.collection(name), index);
    }),
  );
}

const INDEX_OPTIONS_CONFLICT = 85;
const INDEX_KEY_SPECS_CONFLICT = 86;

async function ensureIndex(
  collection: Pick<mongo.Collection, 'createIndex' | 'dropIndex' | 'indexes'>,
  { keys, options }: Indexed['indexes'][number],
): Promise<void> {
  const create = () =>
    collection.createIndex(keys as Record<string, 1>, (options ?? {}) as mongo.CreateIndexesOptions);
  try {
    await create();
  } catch (error) {
    const { code } = error as { code?: number };
    if (code !== INDEX_OPTIONS_CONFLICT && code !== INDEX_KEY_SPECS_CONFLICT) throw error;
    const inTheWay = (await collection.indexes()).filter(
      (index) => index.name === options?.name || JSON.stringify(index.key) === JSON.stringify(keys),
    );
    for (const { name } of inTheWay) if (name !== undefined) await collection.dropIndex(name);
    await create();
  }
}

/**
 * Index differences between the declarations and the database, one sentence each; empty when they agree. The index
 * of a shard key is there in a sharded cluster only, and is no difference.
 */
export async function indexDifferences(
  connection: Connection,
  collections: readonly Indexed[],
): Promise<readonly string[]> {
  const differences = await Promise.all(
    collections.map(async ({ name, indexes, shardKey }) => {
      const found = await connection.collection(name).indexes();
      const actual = new Set(found.filter((index) => index.name !== '_id_').map(described));
      const declared = new Set(indexes.map(({ keys, options }) => described({ key: keys, ...options })));
      const ofShardKey = shardKey && described({ key: shardKey.keys });
      return [
        ...[...declared].filter((index) => !actual.has(index)).map((index) => `${name}: missing ${index}`),
        ...[...actual]
          .filter((index) => !declared.has(index) && index !== ofShardKey)
          .map((index) => `${name}: undeclared ${index}`),
      ];
    }),
  );
  return differences.flat();
}

function described(
  index: { key: unknown; unique?: unknown; expireAfterSeconds?: unknown } & IndexOptions,
): string {
  const { key, unique, expireAfterSeconds, partialFilterExpression } = index;
  return JSON.stringify({ key, unique: unique === true, expireAfterSeconds, partialFilterExpression });
}
