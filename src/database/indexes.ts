import type { Connection, IndexDefinition, IndexOptions, mongo } from 'mongoose';

interface Indexed {
  readonly name: string;
  readonly indexes: readonly { readonly keys: IndexDefinition; readonly options?: IndexOptions }[];
  readonly shardKey?: { readonly keys: IndexDefinition };
}

/** Creates every collection with its declared indexes; what is there already is left as it is. */
export async function ensureIndexes(connection: Connection, collections: readonly Indexed[]): Promise<void> {
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  for (const { name, indexes } of collections) {
    if (!existing.has(name)) await connection.createCollection(name);
    for (const { keys, options } of indexes) {
      await connection
        .collection(name)
        .createIndex(keys as Record<string, 1>, (options ?? {}) as mongo.CreateIndexesOptions);
    }
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
