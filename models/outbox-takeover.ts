import type { mongo } from 'mongoose';
import { MAX_TRIES, OUTBOX_RANK, type ClaimRequest } from '#core/outbox';
import type { OutboxDocument } from './outbox.ts';

/** Times of tries kept on a row; more than a row can have within one rate window. */
export const TRIED_AT_KEPT = 60;

/** Rows that are under way: claimed, or going out together with a claimed one. */
export const UNDER_WAY: { $in: ('leased' | 'joined')[] } = { $in: ['leased', 'joined'] };

type Rows = mongo.Collection<OutboxDocument>;

/** Lanes with a message in flight. A crashed worker's are freed first, or a busy queue would starve recovery. */
export async function busyLanes(rows: Rows, request: ClaimRequest): Promise<readonly string[]> {
  const filter = { state: UNDER_WAY, partition: { $in: [...request.partitions] } };
  const projection = { _id: 1, lane: 1, 'lease.until': 1 };
  const underWay = await rows.find(filter, { projection }).hint('under_way').toArray();
  const lost = underWay.filter((row) => !row.lease || row.lease.until < request.realNow);
  if (lost.length > 0)
    await takeOver(
      rows,
      lost.map((row) => row._id),
      request,
    );
  return underWay.filter((row) => !lost.includes(row)).map((row) => row.lane);
}

/** What went out together is taken over alike, row by row: a crash in between leaves the rest for the next look. */
async function takeOver(rows: Rows, ids: readonly string[], { now, realNow }: ClaimRequest): Promise<void> {
  const lost = { _id: { $in: [...ids] }, state: UNDER_WAY, 'lease.until': { $lt: realNow } };
  const unsure = { mayAlreadyBeSent: true, lastTriedAt: realNow };
  const common = {
    $unset: { lease: '' as const, joinedTo: '' as const },
    $inc: { tries: 1 },
    $push: { triedAts: { $each: [realNow], $slice: -TRIED_AT_KEPT } },
  };
  const held = {
    ...unsure,
    state: 'held',
    outcome: 'uncertain',
    reason: 'worker lost',
    asideAt: now,
  } as const;
  const mustHold = { $or: [{ whenUncertain: 'hold' as const }, { tries: { $gte: MAX_TRIES - 1 } }] };
  await rows.updateMany({ ...lost, ...mustHold }, { ...common, $set: held });
  await rows.updateMany(lost, { ...common, $set: { ...unsure, state: 'queued', rank: OUTBOX_RANK.started } });
}
