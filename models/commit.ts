import type { ClientSession, Connection } from 'mongoose';
import type { Clock } from '#core/clock';
import type { CommitGuarded, Enqueue, GuardedRequest } from '#core/commit';
import { isGuarded, type Decision } from '#core/decision';
import { ConflictError, TransientError } from '#core/errors';
import { groupBy } from '#core/group-by';
import type { CommitRows, DecidedRow, RowResult } from '#core/inbox';
import { createAuditLog, type AuditLog, type IdentifiedEntry } from './audit.ts';
import { collectionOf } from './collection.ts';
import { isDuplicateKey, translated } from './driver-error.ts';
import { inboxCollection } from './inbox.ts';
import { createEnqueuer } from './outbox-enqueue.ts';
import { createWriteRunner, type WriteRunner } from './write-batch.ts';

/**
 * The steps of a commit: writes first, then replies, recounts and audit side by side, the end last. Each is
 * idempotent: a crash at any point is healed by deciding and committing again.
 */
export interface CommitSteps {
  /** Owners whose writes failed, with the error. */
  readonly write: WriteRunner['together'];
  readonly enqueue: Enqueue;
  readonly recount: (concernIds: readonly string[]) => Promise<void>;
  readonly audit: (entries: readonly IdentifiedEntry[]) => Promise<void>;
  /** Last: before it, a replay starts over; after it, the rows are decided for ever. */
  readonly finish: (items: readonly DecidedRow[]) => Promise<void>;
}

export interface CommitDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly recountEndorsements: (concernIds: readonly string[]) => Promise<void>;
}

export function createCommitSteps({ connection, clock, recountEndorsements }: CommitDeps): CommitSteps {
  const inbox = collectionOf(connection, inboxCollection);
  const enqueuer = createEnqueuer(connection, clock);
  const log = createAuditLog(connection);
  return {
    write: createWriteRunner(connection).together,
    enqueue: enqueuer.together,
    recount: async (ids) => (ids.length > 0 ? recountEndorsements(ids) : undefined),
    audit: (entries) => log.append(entries),
    async finish(items) {
      const doneAt = clock.now();
      const byEnd = groupBy(items, ({ decision, endState }) => `${endState} ${decision.event ?? 'decided'}`);
      const operations = [...byEnd.values()].map((group) => ({
        updateMany: {
          filter: { _id: { $in: group.map(({ row }) => row.id) }, state: 'new' as const },
          update: { $set: endOf(group[0], doneAt) },
        },
      }));
      if (operations.length > 0) await inbox.bulkWrite(operations, { ordered: false });
    },
  };
}

/**
 * Commits decided rows: all unguarded ones together, step by step; each guarded one in a transaction of its own.
 * Where one decision's write is refused, only that row fails. Other faults make the batch go one by one.
 */
export function createCommitRows(steps: CommitSteps, guarded: GuardedRows): CommitRows {
  async function together(items: readonly DecidedRow[]): Promise<RowResult[]> {
    const writes = items.flatMap(({ decision }, owner) => decision.writes.map((write) => ({ owner, write })));
    const failed = await steps.write(writes);
    const good = items.filter((_, owner) => !failed.has(owner));
    await Promise.all([
      steps.enqueue(good.flatMap(({ decision }) => decision.dispatches)),
      steps.recount([...new Set(good.flatMap(({ decision }) => decision.recountConcernIds ?? []))]),
      steps.audit(good.flatMap(({ row, decision }) => entriesOf(decision, row.id))),
    ]);
    await steps.finish(good);
    return items.map((_, owner) => (failed.has(owner) ? failure(failed.get(owner)) : { status: 'done' }));
  }

  async function settled(items: readonly DecidedRow[]): Promise<readonly RowResult[]> {
    try {
      return await together(items);
    } catch (raw) {
      const error = translated(raw);
      if (error instanceof TransientError) throw error;
      if (items.length === 1) return [failure(error)];
      const results: RowResult[] = [];
      for (const item of items) results.push(...(await settled([item])));
      return results;
    }
  }

  return async (items) => {
    const [alone, many] = parted(items, ({ decision }) => isGuarded(decision));
    const results = new Map<DecidedRow, RowResult>();
    const common = many.length > 0 ? await settled(many) : [];
    many.forEach((item, index) => results.set(item, common[index] ?? failure(new Error('no result'))));
    for (const item of alone) results.set(item, await guardedResult(guarded, item));
    return items.map((item) => results.get(item) ?? failure(new Error('no result')));
  };
}

async function guardedResult(guarded: GuardedRows, item: DecidedRow): Promise<RowResult> {
  try {
    await guarded.commitRow(item);
    return { status: 'done' };
  } catch (error) {
    if (error instanceof ConflictError) return { status: 'conflict' };
    if (error instanceof TransientError) throw error;
    return failure(error);
  }
}

/** Guarded commits: everything of one decision in one transaction. */
export interface GuardedRows {
  readonly commitRow: (item: DecidedRow) => Promise<void>;
  readonly commitGuarded: CommitGuarded;
  /** The same within a transaction that somebody else began. */
  readonly within: (decision: Decision, request: GuardedRequest, session: ClientSession) => Promise<void>;
  /** Counts anew what the decision asks for, once it is committed. */
  readonly recount: (decision: Decision) => Promise<void>;
  /** Runs `work` in a transaction; again when it lost a race inside the database. */
  readonly transaction: <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;
}

const AUDIT_RACES = 10;

export function createGuardedCommit({ connection, clock, recountEndorsements }: CommitDeps): GuardedRows {
  const inbox = collectionOf(connection, inboxCollection);
  const enqueuer = createEnqueuer(connection, clock);
  const writes = createWriteRunner(connection);
  const log: AuditLog = createAuditLog(connection);

  async function transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = await connection.startSession();
    try {
      for (let race = 0; ; race += 1) {
        try {
          return await session.withTransaction(() => work(session));
        } catch (error) {
          // Two transactions took the same next link of an audit chain: the loser reads the chain again.
          if (!isDuplicateKey(error, 'placeId_1_seq_1') || race >= AUDIT_RACES) throw translated(error);
        }
      }
    } finally {
      await session.endSession();
    }
  }

  async function within(decision: Decision, request: GuardedRequest, session: ClientSession): Promise<void> {
    // First, for it is what decisions of one place meet at: whoever loses there has written nothing else in vain.
    await log.append(entriesOf(decision, request.requestId), session);
    await writes.inTransaction([...(request.guards ?? []), ...decision.writes], session);
    await enqueuer.within(decision.dispatches, request.requestId, session);
  }

  async function recount(decision: Decision): Promise<void> {
    if (decision.recountConcernIds?.length) await recountEndorsements(decision.recountConcernIds);
  }

  return {
    transaction,
    within,
    recount,
    async commitRow(item) {
      const { row, decision } = item;
      await transaction(async (session) => {
        const guard = { _id: row.id, state: 'new' as const };
        const claimed = await inbox.updateOne(guard, { $set: endOf(item, clock.now()) }, { session });
        if (claimed.matchedCount === 0) return;
        await within(decision, { requestId: row.id, at: clock.now() }, session);
      });
      await recount(decision);
    },
    async commitGuarded(decision, request) {
      await transaction((session) => within(decision, request, session));
      await recount(decision);
    },
  };
}

function entriesOf(decision: Decision, requestId: string): IdentifiedEntry[] {
  return (decision.audit ?? []).map((entry, index) => ({ ...entry, id: `${requestId}|${index}` }));
}

function endOf(item: DecidedRow | undefined, at: Date) {
  const event = item?.decision.event ?? 'decided';
  // Dead rows have no doneAt: they stay until an operator has looked.
  return item?.endState === 'dead'
    ? { state: 'dead' as const, event }
    : { state: 'done' as const, event, doneAt: at };
}

function failure(error: unknown): RowResult {
  return { status: 'failed', error };
}

function parted<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
