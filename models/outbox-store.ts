import type { ClientSession, Connection } from 'mongoose';
import type { Chance } from '#core/clock';
import { progressOf, type OutboxClaim, type OutboxStore } from '#core/outbox';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { createLaneRests } from './lanes.ts';
import { createMailings, type TakenBack } from './mailings.ts';
import { createOutboxBodies, withBodies } from './outbox-bodies.ts';
import { createClaim } from './outbox-claim.ts';
import { createOutboxOperations } from './outbox-operations.ts';
import { createSettleMany } from './outbox-settle.ts';
import { UNDER_WAY } from './outbox-takeover.ts';
import { outboxCollection, outboxIdOf } from './outbox.ts';
import { createSenders } from './senders.ts';

const SPREAD_AT_ONCE = 20;

/** The outbox in MongoDB. The connection must write with `w: majority`. */
export function createOutboxStore(connection: Connection, chance: Chance): OutboxStore {
  const bodies = createOutboxBodies(connection);
  const rests = createLaneRests(connection);
  const deps = { connection, chance, bodies, rests, senders: createSenders(connection) };
  const rows = collectionOf(connection, outboxCollection);
  const mailings = createMailings(connection);
  const settleMany = createSettleMany(deps);
  const operations = createOutboxOperations(connection);

  return {
    claimBatch: createClaim(deps),
    settleMany,
    spread: (now) => mailings.spread(now, SPREAD_AT_ONCE),
    async settle(claim, outcome, time) {
      const [written] = await settleMany([{ claim, outcome }], time);
      return written === true;
    },

    extend: (claims, realNow, leaseMs) =>
      atBorder(async () => {
        const ours = ownedBy(claims);
        const until = new Date(realNow.getTime() + leaseMs);
        const result = await rows.updateMany(ours, { $set: { 'lease.until': until } });
        if (result.matchedCount === rowsIn(claims).length) return new Set(claims);
        const left = await rows.find(ours, { projection: { lease: 1 } }).toArray();
        const tokens = new Map(left.map((row) => [row._id, row.lease?.token]));
        return new Set(claims.filter((claim) => tokens.get(claim.row.id) === claim.leaseToken));
      }),

    progress: (subjectId) =>
      atBorder(async () => {
        // Mailings first: what leaves them meanwhile is among the rows by the time these are read.
        const waiting = await mailings.waitingOf(subjectId);
        const found = await rows.find({ subjectId }, { projection: PROGRESS }).sort({ groupId: 1 }).toArray();
        const known = new Set(found.map((row) => row._id));
        const all = [...found, ...waiting.filter((row) => !known.has(row._id))];
        return progressOf((await withBodies(bodies, all)).map((row) => recordOf(row)));
      }),

    groupOf: (id) =>
      atBorder(async () => (await rows.findOne({ _id: id }, { projection: { groupId: 1 } }))?.groupId),
    redrive: async (id, now) => (await operations.redriveMany([id], now)) === 1,
    confirmDelivered: async (id, now) => (await operations.confirmMany([id], now)) === 1,

    async cancelQueued(which) {
      const chosen = 'ids' in which ? { ids: which.ids.map(outboxIdOf) } : which;
      return atBorder(() => inTransaction(connection, (session) => takeBack(chosen, session)));
    },
  };

  /** Together with what is still in mailings, or a message on its way from there to its lane would slip through. */
  async function takeBack(which: TakenBack, session: ClientSession): Promise<number> {
    const early = await mailings.takeBack(which, session);
    const chosen = 'ids' in which ? { _id: { $in: [...which.ids] } } : { subjectId: which.subjectId };
    const untouched = { state: 'queued' as const, tries: 0, partsSent: 0, mayAlreadyBeSent: false };
    const result = await rows.deleteMany({ ...chosen, ...untouched }, { session });
    return early + result.deletedCount;
  }
}

const PROGRESS = {
  groupId: 1,
  state: 1,
  outcome: 1,
  reason: 1,
  dueAt: 1,
  doneAt: 1,
  bodyId: 1,
  'body.text': 1,
};

async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session));
  } finally {
    await session.endSession();
  }
}

function rowsIn(claims: readonly OutboxClaim[]): readonly string[] {
  return claims.flatMap((claim) => [claim.row, ...(claim.joined ?? [])].map((row) => row.id));
}

/** All claims at once; a row's id and the token of its claim belong together. */
function ownedBy(claims: readonly OutboxClaim[]) {
  return {
    _id: { $in: [...rowsIn(claims)] },
    state: UNDER_WAY,
    'lease.token': { $in: [...new Set(claims.map((claim) => claim.leaseToken))] },
  };
}
