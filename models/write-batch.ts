import type { ClientSession, Connection } from 'mongoose';
import type { DecisionCollection, Write, WriteDocument } from '#core/decision';
import { ConflictError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { isDuplicateKey, operationErrors } from './driver-error.ts';
import {
  createWriteOperations,
  isDoneByBeingThere,
  type Operation,
  type WriteOperations,
} from './write-operations.ts';

/** A write and the decision it belongs to, by position in the batch. */
export interface OwnedWrite {
  readonly owner: number;
  readonly write: Write;
}

export interface WriteRunner {
  /** Many decisions' writes, one unordered bulk a collection; the owners whose writes failed, with the error. */
  readonly together: (writes: readonly OwnedWrite[]) => Promise<ReadonlyMap<number, unknown>>;
  /** One decision's writes in their order within a transaction. Throws ConflictError for a `mustMatch` that missed. */
  readonly inTransaction: (writes: readonly Write[], session: ClientSession) => Promise<void>;
}

export function createWriteRunner(connection: Connection): WriteRunner {
  const operations = createWriteOperations(connection);
  return { together: createTogether(operations), inTransaction: createInTransaction(operations) };
}

function createTogether({ collectionFor, operationOf }: WriteOperations): WriteRunner['together'] {
  /** Inserts the documents that are not there yet, all at once; answers what is still to be done. */
  async function insertNew(
    name: DecisionCollection,
    writes: readonly SharedWrite[],
  ): Promise<readonly SharedWrite[]> {
    const fresh = [...newDocuments(writes)];
    if (fresh.length === 0) return writes;
    const done = new Set(fresh.map(([, write]) => write));
    try {
      const documents = fresh.map(([document]) => document);
      await collectionFor(name).insertMany(documents, { ordered: false, ignoreUndefined: true });
    } catch (error) {
      for (const { index } of operationErrors(error)) {
        const [, refused] = fresh[index] ?? [];
        if (refused) done.delete(refused);
      }
    }
    return writes.filter((write) => !done.has(write));
  }

  async function oneCollection(name: DecisionCollection, owned: readonly OwnedWrite[]) {
    const failed = new Map<number, unknown>();
    const fail = (owners: readonly number[] = [], error: unknown) =>
      owners.forEach((owner) => failed.set(owner, error));
    const writes = await insertNew(name, shared(owned));
    const checked = await Promise.all(
      writes.map(async ({ write, owners }) => {
        const operation = await operationOf(write, false).catch((error: unknown) => fail(owners, error));
        return operation ? [{ operation, owners }] : [];
      }),
    );
    const operations = checked.flat();
    if (operations.length === 0) return failed;
    try {
      const options = { ordered: false, ignoreUndefined: true };
      await collectionFor(name).bulkWrite(
        operations.map(({ operation }) => operation),
        options,
      );
    } catch (error) {
      for (const { index, sameId, error: refusal } of operationErrors(error)) {
        const refused = operations[index];
        if (!sameId || !isDoneByBeingThere(refused?.operation)) fail(refused?.owners, refusal);
      }
    }
    return failed;
  }

  return async (writes) => {
    const byCollection = groupBy(writes, ({ write }) => write.collection);
    const failures = await Promise.all([...byCollection].map(([name, group]) => oneCollection(name, group)));
    return new Map(failures.flatMap((failed) => [...failed]));
  };
}

function createInTransaction({ collectionFor, operationOf }: WriteOperations): WriteRunner['inTransaction'] {
  /** All of them, or none: a miss throws. Neighbours go together, for an import has thousands. */
  async function mustMatch(
    name: DecisionCollection,
    operations: readonly Operation[],
    session: ClientSession,
  ): Promise<void> {
    const options = { ordered: true, session, ignoreUndefined: true };
    const done = await collectionFor(name)
      .bulkWrite([...operations], options)
      .catch((error: unknown) => {
        // Somebody else made the document that this one would have made.
        throw isDuplicateKey(error, 'index: _id_') ? new ConflictError(name) : error;
      });
    if (done.matchedCount + done.upsertedCount < operations.length) throw new ConflictError(name);
  }

  return async (writes, session) => {
    for (const run of runsOf(writes)) {
      const [first] = run;
      if (!first) continue;
      const operations = await Promise.all(run.map((write) => operationOf(write, true)));
      if (isMustMatch(first)) {
        await mustMatch(first.collection, operations, session);
        continue;
      }
      const options = { ordered: true, session, ignoreUndefined: true };
      await collectionFor(first.collection).bulkWrite(operations, options);
    }
  };
}

/** A write of one or several decisions; when it fails, all of them fail. */
interface SharedWrite {
  readonly write: Write;
  readonly owners: readonly number[];
}

/** Of those that suffice once only the first of each id is left. */
function shared(writes: readonly OwnedWrite[]): readonly SharedWrite[] {
  const once = groupBy(writes, (one) =>
    one.write.kind === 'update' && one.write.once === true ? one.write.filter['_id'] : one,
  );
  return [...once.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ write: first.write, owners: group.map(({ owner }) => owner) }] : [];
  });
}

/** The first document of each id: another one of it is an update. */
function newDocuments(writes: readonly SharedWrite[]): Iterable<readonly [WriteDocument, SharedWrite]> {
  const byId = new Map<string, readonly [WriteDocument, SharedWrite]>();
  for (const shared of writes) {
    if (shared.write.kind !== 'insertOrUpdate') continue;
    const { document } = shared.write;
    if (!byId.has(document._id)) byId.set(document._id, [document, shared]);
  }
  return byId.values();
}

function isMustMatch(write: Write): boolean {
  return write.kind === 'update' && write.mustMatch === true;
}

/** Neighbouring writes to one collection go together; those that must match by themselves, as their count matters. */
function runsOf(writes: readonly Write[]): Write[][] {
  const runs: Write[][] = [];
  for (const write of writes) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins = last?.collection === write.collection && isMustMatch(last) === isMustMatch(write);
    if (run && joins) run.push(write);
    else runs.push([write]);
  }
  return runs;
}
