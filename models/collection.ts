import {
  Schema,
  type mongo,
  type Connection,
  type IndexDefinition,
  type IndexOptions,
  type Model,
} from 'mongoose';

/** An index beside the schema it serves. `why` names the query, for whoever wants to drop it. */
export interface CollectionIndex {
  readonly keys: IndexDefinition;
  readonly options?: IndexOptions;
  readonly why: string;
}

/** How a sharded cluster divides a collection; without one it stays whole. `why` says what lies together by it. */
export interface ShardKey {
  readonly keys: Readonly<Record<string, 1 | 'hashed'>>;
  readonly why: string;
}

/** One collection: its name in the database, its strict schema and all its indexes. */
export interface CollectionDefinition<Document extends { _id: string }> {
  readonly name: string;
  readonly schema: Schema<Document>;
  readonly indexes: readonly CollectionIndex[];
  readonly shardKey?: ShardKey;
}

/** Strict: an unknown field throws instead of being dropped. Ids are strings that say what they are for. */
export function defineCollection<Document extends { _id: string }>(definition: {
  name: string;
  fields: Record<string, unknown>;
  indexes: readonly CollectionIndex[];
  shardKey?: ShardKey;
}): CollectionDefinition<Document> {
  const schema = new Schema<Document>({ _id: String, ...definition.fields } as never, {
    collection: definition.name,
    strict: 'throw',
    strictQuery: 'throw',
    versionKey: false,
    minimize: false,
    autoCreate: false,
    autoIndex: false,
    writeConcern: { w: 'majority', j: true },
  });
  for (const index of definition.indexes) schema.index(index.keys, index.options ?? {});
  const { name, indexes, shardKey } = definition;
  return { name, schema, indexes, ...(shardKey && { shardKey }) };
}

/** The model on this connection; compiled once. */
export function modelOf<Document extends { _id: string }>(
  connection: Connection,
  definition: CollectionDefinition<Document>,
): Model<Document> {
  const known = connection.models[definition.name] as Model<Document> | undefined;
  return known ?? connection.model<Document>(definition.name, definition.schema);
}

/** The driver's own collection, typed: for reads and bulk writes where mongoose's document layer is only cost. */
export function collectionOf<Document extends { _id: string }>(
  connection: Connection,
  definition: CollectionDefinition<Document>,
): mongo.Collection<Document> {
  return modelOf(connection, definition).collection as unknown as mongo.Collection<Document>;
}

/** A stored document as the record the rest of the program knows: `_id` becomes `id`. */
export function recordOf<Fields extends object>(
  document: Fields & { _id: string },
): Omit<Fields, '_id'> & { id: string } {
  const { _id, ...fields } = document;
  return { ...fields, id: _id };
}

/** The stored form of a record: `id` becomes `_id`. */
export function documentOf<Fields extends object>(
  record: Fields & { id: string },
): Omit<Fields, 'id'> & { _id: string } {
  const { id, ...fields } = record;
  return { ...fields, _id: id };
}
