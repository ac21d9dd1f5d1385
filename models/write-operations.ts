import type { Connection, mongo } from 'mongoose';
import type { DecisionCollection, Write } from '#core/decision';
import { modelOf, type CollectionDefinition } from './collection.ts';
import { collections } from './registry.ts';

export interface AnyDocument {
  _id: string;
}
export type Operation = mongo.AnyBulkWriteOperation<AnyDocument>;

export interface WriteOperations {
  readonly collectionFor: (name: DecisionCollection) => mongo.Collection<AnyDocument>;
  /** The driver's operation for a write; throws a ValidationError for a document that its schema refuses. */
  readonly operationOf: (write: Write, isInTransaction: boolean) => Promise<Operation>;
}

/** Turns writes as values into operations of the driver. Throws for a collection that is not in the registry. */
export function createWriteOperations(connection: Connection): WriteOperations {
  const models = new Map(
    collections.map((definition) => [
      definition.name,
      modelOf(connection, definition as unknown as CollectionDefinition<AnyDocument>),
    ]),
  );

  function modelFor(name: DecisionCollection) {
    const model = models.get(name);
    if (!model) throw new Error(`collection ${name} is not in models/registry.ts`);
    return model;
  }

  /** The document as the schema casts it. */
  async function validated(name: DecisionCollection, document: AnyDocument): Promise<AnyDocument> {
    const draft = new (modelFor(name))(document);
    await draft.validate();
    return draft.toObject();
  }

  return {
    collectionFor: (name) => modelFor(name).collection as unknown as mongo.Collection<AnyDocument>,
    async operationOf(write, isInTransaction) {
      switch (write.kind) {
        case 'insertOnce': {
          const document = await validated(write.collection, write.document);
          if (!isInTransaction) return { insertOne: { document } };
          // A duplicate key would end the whole transaction; an upsert that changes nothing does not.
          const { _id, ...fields } = document;
          return { updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true } };
        }
        case 'insertOrUpdate': {
          const { document, update } = write;
          return { updateOne: { filter: { _id: document._id }, update: [...update], upsert: true } };
        }
        case 'update': {
          const { filter, update, upsert = false } = write;
          return { updateOne: { filter, update, upsert } };
        }
      }
    },
  };
}

/**
 * Whether a duplicate `_id` means that nothing is left to do: for an insert, and for an upsert with a further
 * condition, which the document that is there does not meet (e.g. a newer ballot).
 */
export function isDoneByBeingThere(operation: Operation | undefined): boolean {
  if (!operation) return false;
  if ('insertOne' in operation) return true;
  return 'updateOne' in operation && Object.keys(operation.updateOne.filter).length > 1;
}
