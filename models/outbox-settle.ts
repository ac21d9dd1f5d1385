import type { Connection, mongo } from 'mongoose';
import type { Chance } from '#core/clock';
import {
  OUTBOX_RANK,
  rowChangeOf,
  type OutboxClaim,
  type OutboxTime,
  type RowChange,
  type Settlement,
} from '#core/outbox';
import { definedFields } from '#core/decision';
import { collectionOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import type { LanePauses } from './lanes.ts';
import { TRIED_AT_KEPT, type OutboxBulk } from './outbox-claim.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';

export interface SettleDeps {
  readonly connection: Connection;
  readonly pauses: LanePauses;
  readonly chance: Chance;
}

type Rows = mongo.Collection<OutboxDocument>;

interface Planned {
  readonly settlement: Settlement;
  readonly change: RowChange;
}

/** Settling in batches, fenced: see `OutboxStore.settleMany`. */
export function createSettleMany(
  deps: SettleDeps,
): (settlements: readonly Settlement[], time: OutboxTime) => Promise<readonly boolean[]> {
  const rows = collectionOf(deps.connection, outboxCollection);
  return (settlements, time) =>
    atBorder(async () => {
      if (settlements.length === 0) return [];
      const planned = settlements.map((settlement) => planOf(settlement, deps.chance));
      // Before the rows: a lane must not be free for the moment between the two writes.
      await deps.pauses.pause(planned.flatMap((plan) => pauseOf(plan, time.realNow)));
      return write(rows, planned, deps.chance.id(), time);
    });
}

function planOf(settlement: Settlement, chance: Chance): Planned {
  return { settlement, change: rowChangeOf(settlement.claim.row, settlement.outcome, chance.fraction()) };
}

function pauseOf({ settlement, change }: Planned, realNow: Date) {
  if (change.pauseMs === undefined) return [];
  const { lane, partition } = settlement.claim.row;
  return [{ _id: lane, partition, pausedUntil: new Date(realNow.getTime() + change.pauseMs) }];
}

async function write(rows: Rows, planned: readonly Planned[], settledBy: string, time: OutboxTime) {
  const result = await rows.bulkWrite(operationsOf(planned, settledBy, time), { ordered: false });
  if (result.matchedCount === planned.length) return planned.map(() => true);
  const ids = planned.map(({ settlement }) => settlement.claim.row.id);
  const written = await rows.find({ _id: { $in: ids }, settledBy }, { projection: { _id: 1 } }).toArray();
  const mine = new Set(written.map((row) => row._id));
  return ids.map((id) => mine.has(id));
}

/** Rows with the same fate are written by one operation: most of a batch is simply delivered. */
function operationsOf(planned: readonly Planned[], settledBy: string, time: OutboxTime): OutboxBulk {
  const groups = new Map<string, Planned[]>();
  for (const plan of planned) {
    const fate = JSON.stringify([
      plan.settlement.claim.leaseToken,
      plan.settlement.outcome.status,
      plan.change,
    ]);
    const group = groups.get(fate);
    if (group) group.push(plan);
    else groups.set(fate, [plan]);
  }
  return [...groups.values()].flatMap((group) => operationOf(group, settledBy, time));
}

function operationOf(group: readonly Planned[], settledBy: string, time: OutboxTime): OutboxBulk {
  const [first] = group;
  if (!first) return [];
  const ids = group.map(({ settlement }) => settlement.claim.row.id);
  const filter = fenced(ids, first.settlement.claim);
  const update = updateOf(first, settledBy, time);
  return [ids.length === 1 ? { updateOne: { filter, update } } : { updateMany: { filter, update } }];
}

function fenced(ids: readonly string[], claim: OutboxClaim) {
  const _id = ids.length === 1 && ids[0] !== undefined ? ids[0] : { $in: [...ids] };
  return { _id, state: 'leased' as const, 'lease.token': claim.leaseToken };
}

function updateOf({ settlement, change }: Planned, settledBy: string, { now, realNow }: OutboxTime) {
  const { pauseMs: _pauseMs, ...fields } = change;
  const $unset = { lease: '' } as const;
  if (settlement.outcome.status === 'released') return { $set: { ...fields, settledBy }, $unset };
  const more = definedFields({
    doneAt: change.state === 'sent' ? now : undefined,
    asideAt: change.state === 'held' || change.state === 'dead' ? now : undefined,
    rank: change.state === 'queued' ? OUTBOX_RANK.started : undefined,
  });
  return {
    $set: { ...fields, ...more, settledBy, lastTriedAt: realNow },
    $push: { triedAts: { $each: [realNow], $slice: -TRIED_AT_KEPT } },
    $unset,
  };
}
