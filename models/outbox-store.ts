import type { Connection } from 'mongoose';
import type { Chance } from '#core/clock';
import { progressOf, type OutboxClaim, type OutboxStore } from '#core/outbox';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { createLanePauses } from './lanes.ts';
import { createClaim } from './outbox-claim.ts';
import { createOutboxOperations } from './outbox-operations.ts';
import { createSettleMany } from './outbox-settle.ts';
import { outboxCollection, outboxIdOf } from './outbox.ts';

/** The outbox in MongoDB. The connection must write with `w: majority`. */
export function createOutboxStore(connection: Connection, chance: Chance): OutboxStore {
  const deps = { connection, chance, pauses: createLanePauses(connection) };
  const rows = collectionOf(connection, outboxCollection);
  const settleMany = createSettleMany(deps);

  const operations = createOutboxOperations(connection);

  return {
    claimBatch: createClaim(deps),
    settleMany,
    async settle(claim, outcome, time) {
      const [written] = await settleMany([{ claim, outcome }], time);
      return written === true;
    },

    extend: (claims, realNow, leaseMs) =>
      atBorder(async () => {
        const ours = ownedBy(claims);
        const until = new Date(realNow.getTime() + leaseMs);
        const result = await rows.updateMany(ours, { $set: { 'lease.until': until } });
        if (result.matchedCount === claims.length) return new Set(claims);
        const left = await rows.find(ours, { projection: { lease: 1 } }).toArray();
        const tokens = new Map(left.map((row) => [row._id, row.lease?.token]));
        return new Set(claims.filter((claim) => tokens.get(claim.row.id) === claim.leaseToken));
      }),

    progress: (subjectId) =>
      atBorder(async () => {
        const projection = {
          groupId: 1,
          state: 1,
          outcome: 1,
          reason: 1,
          dueAt: 1,
          doneAt: 1,
          'body.text': 1,
        };
        const found = await rows.find({ subjectId }, { projection }).sort({ groupId: 1 }).toArray();
        return progressOf(found.map((row) => recordOf(row)));
      }),

    groupOf: (id) =>
      atBorder(async () => (await rows.findOne({ _id: id }, { projection: { groupId: 1 } }))?.groupId),

    redrive: async (id, now) => (await operations.redriveMany([id], now)) === 1,
    confirmDelivered: async (id, now) => (await operations.confirmMany([id], now)) === 1,

    async cancelQueued(which) {
      const chosen =
        'ids' in which ? { _id: { $in: which.ids.map(outboxIdOf) } } : { subjectId: which.subjectId };
      const untouched = { state: 'queued' as const, tries: 0, partsSent: 0, mayAlreadyBeSent: false };
      const result = await atBorder(() => rows.deleteMany({ ...chosen, ...untouched }));
      return result.deletedCount;
    },
  };
}

/** All claims at once; a row's id and the token of its claim belong together. */
function ownedBy(claims: readonly OutboxClaim[]) {
  return {
    _id: { $in: claims.map((claim) => claim.row.id) },
    state: 'leased' as const,
    'lease.token': { $in: [...new Set(claims.map((claim) => claim.leaseToken))] },
  };
}
