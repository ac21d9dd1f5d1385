import type { Connection, mongo } from 'mongoose';
import { OUTBOX_RANK } from '#core/outbox';
import {
  asideRowOf,
  type AsideQuery,
  type AsideRow,
  type OutboxCounts,
  type OutboxOperations,
  type SenderSummary,
} from '#core/outbox-operations';
import { collectionOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { lanesCollection } from './lanes.ts';
import { createOutboxBodies, withBodies, type OutboxBodies } from './outbox-bodies.ts';
import { UNDER_WAY } from './outbox-takeover.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';
import { olderThan, pageOf } from './page-cursor.ts';
import { sendersCollection, type SenderDocument } from './senders.ts';

type Rows = mongo.Collection<OutboxDocument>;

/** Only these words let the planner use the indexes over rows that are set aside. */
const ASIDE: { $in: AsideRow['state'][] } = { $in: ['held', 'dead'] };

/** What operators see of the outbox and do to it. The connection must write with `w: majority`. */
export function createOutboxOperations(connection: Connection): OutboxOperations {
  const rows = collectionOf(connection, outboxCollection);
  const lanes = collectionOf(connection, lanesCollection);
  const senders = collectionOf(connection, sendersCollection);
  const bodies = createOutboxBodies(connection);
  return {
    counts: () => atBorder(() => countsOf(rows)),
    senders: ({ now, realNow }) =>
      atBorder(async () => {
        const [waiting, states] = await Promise.all([
          rows.aggregate<QueuedSender>(sendersPipeline(now), QUEUED).toArray(),
          senders.find({ $or: [{ faults: { $gt: 0 } }, { openUntil: { $gt: realNow } }] }).toArray(),
        ]);
        return sendersOf(waiting, states, realNow);
      }),
    lanes: ({ limit, realNow }) =>
      atBorder(async () => {
        const found = await rows.aggregate<QueuedLane>(lanesPipeline(limit), QUEUED).toArray();
        const resting = { _id: { $in: found.map(({ lane }) => lane) }, pausedUntil: { $gt: realNow } };
        const pauses = new Map(
          (await lanes.find(resting).toArray()).map((one) => [one._id, one.pausedUntil]),
        );
        return found.map((one) => {
          const pausedUntil = pauses.get(one.lane);
          return { ...one, ...(pausedUntil && { pausedUntil }) };
        });
      }),
    aside: (query) => atBorder(() => asidePage(rows, bodies, query)),
    asideByIds: (ids) =>
      atBorder(async () => {
        const found = await rows.find({ _id: { $in: [...ids] }, state: ASIDE }).toArray();
        return asideRows(await withBodies(bodies, found));
      }),
    async redriveMany(ids, now) {
      const change = [
        { $set: { state: 'queued', tries: 0, dueAt: now, rank: RANK_AGAIN } },
        { $unset: ['outcome', 'reason', 'expiresAt', 'asideAt', 'restMs'] },
      ];
      const chosen = { _id: { $in: [...ids] }, state: ASIDE };
      return (await atBorder(() => rows.updateMany(chosen, change))).matchedCount;
    },
    async confirmMany(ids, now) {
      const change = {
        $set: { state: 'sent', outcome: 'delivered', doneAt: now },
        $unset: { reason: '', asideAt: '' },
      } as const;
      const chosen = { _id: { $in: [...ids] }, state: 'held' as const };
      return (await atBorder(() => rows.updateMany(chosen, change))).matchedCount;
    },
  };
}

/** What was half out goes on before all others; what was urgent still is. */
const RANK_AGAIN = {
  $switch: {
    branches: [
      { case: { $gt: ['$partsSent', 0] }, then: OUTBOX_RANK.started },
      { case: { $eq: ['$urgent', true] }, then: OUTBOX_RANK.urgent },
    ],
    default: OUTBOX_RANK.normal,
  },
};

interface QueuedLane {
  readonly lane: string;
  readonly sender: string;
  readonly queued: number;
  readonly oldestDueAt: Date;
}

/** The index of waiting rows holds all that the summaries need: no row is read. */
const QUEUED = { hint: 'queued' } as const;

async function countsOf(rows: Rows): Promise<OutboxCounts> {
  const [all, queued, leased, held, dead] = await Promise.all([
    rows.estimatedDocumentCount(),
    rows.countDocuments({ state: 'queued' }, { hint: 'queued' }),
    rows.countDocuments({ state: UNDER_WAY }, { hint: 'under_way' }),
    rows.countDocuments({ state: 'held' }, { hint: 'aside' }),
    rows.countDocuments({ state: 'dead' }, { hint: 'aside' }),
  ]);
  return { queued, leased, held, dead, sent: Math.max(0, all - queued - leased - held - dead) };
}

interface QueuedSender {
  readonly sender: string;
  readonly queued: number;
  readonly due: number;
  readonly oldestDueAt: Date;
}

/** What waits, and how the logins fare; also those that do not work and for which nothing waits. */
function sendersOf(
  waiting: readonly QueuedSender[],
  states: readonly SenderDocument[],
  realNow: Date,
): readonly SenderSummary[] {
  const idle = states.filter(({ _id }) => !waiting.some(({ sender }) => sender === _id));
  const all = [...waiting, ...idle.map(({ _id }) => ({ sender: _id, queued: 0, due: 0 }))];
  return all.map((one) => {
    const state = states.find(({ _id }) => _id === one.sender);
    const pausedUntil = state?.openUntil && state.openUntil > realNow ? state.openUntil : undefined;
    return { ...one, faults: state?.faults ?? 0, ...(pausedUntil && { pausedUntil }) };
  });
}

function sendersPipeline(now: Date) {
  return [
    { $match: { state: 'queued' } },
    {
      $group: {
        _id: '$sender',
        queued: { $sum: 1 },
        due: { $sum: { $cond: [{ $lte: ['$dueAt', now] }, 1, 0] } },
        oldestDueAt: { $min: '$dueAt' },
      },
    },
    { $sort: { _id: 1 } },
    { $project: { _id: 0, sender: '$_id', queued: 1, due: 1, oldestDueAt: 1 } },
  ];
}

function lanesPipeline(limit: number) {
  return [
    { $match: { state: 'queued' } },
    {
      $group: {
        _id: '$lane',
        sender: { $first: '$sender' },
        queued: { $sum: 1 },
        oldestDueAt: { $min: '$dueAt' },
      },
    },
    { $sort: { oldestDueAt: 1, _id: 1 } },
    { $limit: limit },
    { $project: { _id: 0, lane: '$_id', sender: 1, queued: 1, oldestDueAt: 1 } },
  ];
}

async function asidePage(rows: Rows, bodies: OutboxBodies, { placeIds, states, limit, after }: AsideQuery) {
  const filter = {
    $and: [
      { state: ASIDE },
      ...(states ? [{ state: { $in: [...states] } }] : []),
      ...(placeIds ? [{ placeId: { $in: [...placeIds] } }] : []),
      olderThan('asideAt', after),
    ],
  };
  const found = await rows
    .find(filter)
    .hint(placeIds ? 'aside_in_place' : 'aside')
    .sort({ asideAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  return pageOf(asideRows(await withBodies(bodies, found)), limit, (row) => row.asideAt);
}

function asideRows(found: readonly OutboxDocument[]): readonly AsideRow[] {
  return found.flatMap((row) => asideRowOf(recordOf(row)) ?? []);
}
