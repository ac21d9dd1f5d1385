import type { ClientSession, Connection } from 'mongoose';
import type { DecisionCollection, Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import { groupBy } from '#core/group-by';
import { operationErrors } from './driver-error.ts';
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

  async function mustMatch(write: Write & { kind: 'update' }, session: ClientSession): Promise<void> {
    const { filter, update, upsert = false } = write;
    const result = await collectionFor(write.collection).updateOne(filter, update, {
      upsert,
      session,
      ignoreUndefined: true,
    });
    if (result.matchedCount + result.upsertedCount === 0) throw new ConflictError(write.collection);
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
        if (isMustMatch(first)) {
          await mustMatch(first, session);
          continue;
        }
        const operations = await Promise.all(run.map((write) => operationOf(write, true)));
        const options = { ordered: true, session, ignoreUndefined: true };
        await collectionFor(first.collection).bulkWrite(operations, options);
      }
    },
  };
}

function isMustMatch(write: Write): write is Write & { kind: 'update' } {
  return write.kind === 'update' && write.mustMatch === true;
}

/** Neighbouring writes to one collection go together; a `mustMatch` stands alone, as its own count matters. */
function runsOf(writes: readonly Write[]): Write[][] {
  const runs: Write[][] = [];
  for (const write of writes) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins = last && last.collection === write.collection && !isMustMatch(last) && !isMustMatch(write);
    if (run && joins) run.push(write);
    else runs.push([write]);
  }
  return runs;
}
