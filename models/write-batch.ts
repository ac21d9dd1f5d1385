import type { ClientSession, Connection } from 'mongoose';
import type { DecisionCollection, Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { isDuplicateKey, operationErrors } from './driver-error.ts';
import { createWriteOperations, isDoneByBeingThere, type Operation } from './write-operations.ts';

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
  const { collectionFor, operationOf } = createWriteOperations(connection);

  async function oneCollection(name: DecisionCollection, writes: readonly OwnedWrite[]) {
    const failed = new Map<number, unknown>();
    const owners: number[] = [];
    const operations: Operation[] = [];
    const checked = await Promise.allSettled(writes.map(({ write }) => operationOf(write, false)));
    checked.forEach((result, index) => {
      const owner = writes[index]?.owner ?? -1;
      if (result.status === 'rejected') failed.set(owner, result.reason);
      else {
        operations.push(result.value);
        owners.push(owner);
      }
    });
    if (operations.length === 0) return failed;
    try {
      await collectionFor(name).bulkWrite(operations, { ordered: false, ignoreUndefined: true });
    } catch (error) {
      for (const { index, sameId, error: refusal } of operationErrors(error)) {
        if (sameId && isDoneByBeingThere(operations[index])) continue;
        failed.set(owners[index] ?? -1, refusal);
      }
    }
    return failed;
  }

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

  return {
    async together(writes) {
      const byCollection = groupBy(writes, ({ write }) => write.collection);
      const failures = await Promise.all(
        [...byCollection].map(([name, group]) => oneCollection(name, group)),
      );
      return new Map(failures.flatMap((failed) => [...failed]));
    },
    async inTransaction(writes, session) {
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
    },
  };
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
