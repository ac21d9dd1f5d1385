import { mongo, type Connection } from 'mongoose';
import type { AuditEntry } from '#core/audit';
import { UNDO_MS, type RequestAnswer, type RequestCommits } from '#core/commit';
import { DAY_MS } from '#core/clock';
import { decidedIn, definedFields, type Decision, type Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import { collectionOf } from './collection.ts';
import type { GuardedRows } from './commit.ts';
import { atBorder, isDuplicateKey } from './driver-error.ts';
import { mailingsCollection } from './mailings.ts';
import { outboxCollection, outboxIdOf } from './outbox.ts';
import { requestsCollection, type RequestDocument } from './requests.ts';

const { EJSON } = mongo.BSON;
const KEPT_DAYS = 2;

interface RequestKey {
  readonly requestId: string;
  readonly personId: string;
  readonly placeId: string;
  readonly at: Date;
}

export function createRequestCommits(deps: { connection: Connection; guarded: GuardedRows }): RequestCommits {
  const { connection, guarded } = deps;
  const requests = collectionOf(connection, requestsCollection);
  const outbox = collectionOf(connection, outboxCollection);
  const mailings = collectionOf(connection, mailingsCollection);

  async function answerOf(requestId: string, personId: string): Promise<RequestAnswer | undefined> {
    const found = await requests.findOne({ _id: requestId, personId, at: { $exists: true } });
    return found ? answerIn(found) : undefined;
  }

  async function commit(decision: Decision, key: RequestKey): Promise<RequestAnswer> {
    const request = requestFields(decision, key);
    const placed = decidedIn(key.placeId, decision);
    const waiting = hasUndo(placed) ? heldBack(placed, new Date(key.at.getTime() + UNDO_MS)) : placed;
    await guarded.transaction(async (session) => {
      const mine = { _id: key.requestId, at: { $exists: false } };
      await requests.updateOne(mine, { $set: request }, { upsert: true, session });
      await guarded.within(waiting, key, session);
    });
    await guarded.recount(decision);
    return answerIn({ _id: key.requestId, ...request });
  }

  return {
    answerOf: (requestId, personId) => atBorder(() => answerOf(requestId, personId)),
    async commit(decision, key) {
      try {
        return await commit(decision, key);
      } catch (error) {
        const first = isDuplicateKey(error) ? await answerOf(key.requestId, key.personId) : undefined;
        if (!first) throw error;
        return first;
      }
    },
    async undo(requestId, personId, now) {
      const found = await atBorder(() => requests.findOne({ _id: requestId, personId }));
      if (found?.undo === undefined) return 'unknown';
      const { writes, audit = [] } = EJSON.parse(found.undo) as KeptUndo;
      const keys = (found.outboxKeys ?? []).map(outboxIdOf);
      try {
        return await guarded.transaction(async (session) => {
          const open = { _id: requestId, undoUntil: { $gte: now }, undoneAt: { $exists: false } };
          const claimed = await requests.updateOne(open, { $set: { undoneAt: now } }, { session });
          if (claimed.matchedCount === 0) return 'tooLate';
          await guarded.within(
            { writes, dispatches: [], audit: audit.map((entry) => undone(entry, now)) },
            { requestId: `${requestId}:undo`, at: now },
            session,
          );
          // Gone, not dead: the same step done again later must be able to enqueue under the same keys.
          await mailings.deleteMany({ requestId }, { session });
          await outbox.deleteMany({ _id: { $in: keys }, state: 'queued' }, { session });
          return 'undone';
        });
      } catch (error) {
        if (error instanceof ConflictError) return 'changed';
        throw error;
      }
    },
  };
}

/** As it is kept; rows of earlier versions have no entries. */
interface KeptUndo {
  readonly writes: readonly Write[];
  readonly audit?: readonly Omit<AuditEntry, 'facts'>[];
}

/** `poll.opened.undone`: what was done stands in the log, and that it was taken back as well. */
function undone({ action, ...entry }: Omit<AuditEntry, 'facts'>, at: Date): AuditEntry {
  return { ...entry, action: `${action}.undone`, at };
}

function keptUndo({ undo = [], audit = [] }: Decision): KeptUndo {
  return { writes: undo, audit: audit.map(({ facts: _facts, ...entry }) => entry) };
}

function hasUndo(decision: Decision): boolean {
  return (decision.undo ?? []).length > 0;
}

function requestFields(
  decision: Decision,
  { personId, placeId, at }: RequestKey,
): Omit<RequestDocument, '_id'> {
  const { summary, created } = decision;
  return {
    personId,
    placeId,
    at,
    result: definedFields({ summary, created }),
    expiresAt: new Date(at.getTime() + KEPT_DAYS * DAY_MS),
    ...(hasUndo(decision) && {
      undo: EJSON.stringify(keptUndo(decision), { relaxed: false }),
      undoUntil: new Date(at.getTime() + UNDO_MS),
      outboxKeys: decision.dispatches.map(({ key }) => key),
    }),
  };
}

/** What a step sends waits as long as the step can be taken back. */
function heldBack(decision: Decision, until: Date): Decision {
  const dispatches = decision.dispatches.map((dispatch) =>
    dispatch.notBefore && dispatch.notBefore > until ? dispatch : { ...dispatch, notBefore: until },
  );
  return { ...decision, dispatches };
}

function answerIn({ result, undoUntil }: RequestDocument): RequestAnswer {
  return { ...(result as RequestAnswer | undefined), ...definedFields({ undoUntil }) };
}
