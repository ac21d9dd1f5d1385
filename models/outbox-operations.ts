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
import { outboxCollection, type OutboxDocument } from './outbox.ts';
import { olderThan, pageOf } from './page-cursor.ts';

type Rows = mongo.Collection<OutboxDocument>;

/** Only these words let the planner use the indexes over rows that are set aside. */
const ASIDE: { $in: AsideRow['state'][] } = { $in: ['held', 'dead'] };

/** What operators see of the outbox and do to it. The connection must write with `w: majority`. */
export function createOutboxOperations(connection: Connection): OutboxOperations {
  const rows = collectionOf(connection, outboxCollection);
  const lanes = collectionOf(connection, lanesCollection);
  return {
    counts: () => atBorder(() => countsOf(rows)),
    senders: (now) => atBorder(() => rows.aggregate<SenderSummary>(sendersPipeline(now), QUEUED).toArray()),
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
    aside: (query) => atBorder(() => asidePage(rows, query)),
    asideByIds: (ids) =>
      atBorder(async () => asideRows(await rows.find({ _id: { $in: [...ids] }, state: ASIDE }).toArray())),
    async redriveMany(ids, now) {
      const change = {
        $set: { state: 'queued', tries: 0, dueAt: now, rank: OUTBOX_RANK.normal },
        $unset: { outcome: '', reason: '', expiresAt: '', asideAt: '' },
      } as const;
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

interface QueuedLane {
  readonly lane: string;
  readonly sender: string;
  readonly queued: number;
  readonly oldestDueAt: Date;
}

/** The index of waiting rows holds all that the summaries need: no row is read. */
const QUEUED = { hint: 'queued' } as const;

async function countsOf(rows: Rows): Promise<OutboxCounts> {
  const live = ['queued', 'leased', 'held', 'dead'] as const;
  const [all, ...counts] = await Promise.all([
    rows.estimatedDocumentCount(),
    ...live.map((state) => rows.countDocuments({ state }, { hint: COUNTED_BY[state] })),
  ]);
  const [queued = 0, leased = 0, held = 0, dead = 0] = counts;
  return { queued, leased, held, dead, sent: Math.max(0, all - queued - leased - held - dead) };
}

const COUNTED_BY = { queued: 'queued', leased: 'leased', held: 'aside', dead: 'aside' } as const;

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

async function asidePage(rows: Rows, { placeIds, states, limit, after }: AsideQuery) {
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
  return pageOf(asideRows(found), limit, (row) => row.asideAt);
}

function asideRows(found: readonly OutboxDocument[]): readonly AsideRow[] {
  return found.flatMap((row) => asideRowOf(recordOf(row)) ?? []);
}
