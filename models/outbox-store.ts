import type { Connection } from 'mongoose';
import type { Chance } from '#core/clock';
import { progressOf, type OutboxClaim, type OutboxStore } from '#core/outbox';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { createLaneRests } from './lanes.ts';
import { createMailings } from './mailings.ts';
import { createOutboxBodies, withBodies } from './outbox-bodies.ts';
import { createClaim } from './outbox-claim.ts';
import { createSettleMany } from './outbox-settle.ts';
import { UNDER_WAY } from './outbox-takeover.ts';
import { outboxCollection } from './outbox.ts';
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
  };
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
