import type { Connection, mongo } from 'mongoose';
import type { Chance } from '#core/clock';
import { definedFields } from '#core/decision';
import { OUTBOX_RANK, type OutboxTime, type Settlement } from '#core/outbox';
import { freedPlaces, loginNewsOf } from '#core/outbox-breaker';
import { rowChangeOf, type RowChange } from '#core/outbox-change';
import { collectionOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import type { LaneRests } from './lanes.ts';
import type { OutboxBulk } from './outbox-claim.ts';
import { TRIED_AT_KEPT, UNDER_WAY } from './outbox-takeover.ts';
import { outboxCollection, type OutboxDocument } from './outbox.ts';
import type { Senders } from './senders.ts';

export interface SettleDeps {
  readonly connection: Connection;
  readonly rests: LaneRests;
  readonly senders: Senders;
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
  const { connection, rests, senders, chance } = deps;
  const rows = collectionOf(connection, outboxCollection);

  /** One transaction for what went out as one message: all of it has the same end, or none yet. */
  async function writeJoined(plan: Planned, settledBy: string, time: OutboxTime): Promise<boolean> {
    const session = await connection.startSession();
    try {
      return await session.withTransaction(async () => {
        const [head] = operationOf([plan], settledBy, time);
        const written = await rows.bulkWrite(head ? [head] : [], { session });
        if (written.matchedCount === 0) return false;
        await rows.bulkWrite(joinedOperations(plan.settlement, chance, settledBy, time), { session });
        return true;
      });
    } finally {
      await session.endSession();
    }
  }

  async function write(planned: readonly Planned[], time: OutboxTime): Promise<readonly boolean[]> {
    const settledBy = chance.id();
    const alone = planned.filter(({ settlement }) => settlement.claim.joined === undefined);
    const mine = await writeAlone(rows, alone, settledBy, time);
    const answers: boolean[] = [];
    for (const plan of planned) {
      const isAlone = plan.settlement.claim.joined === undefined;
      answers.push(isAlone ? mine.has(plan) : await writeJoined(plan, settledBy, time));
    }
    return answers;
  }

  return (settlements, time) =>
    atBorder(async () => {
      if (settlements.length === 0) return [];
      const planned = settlements.map((settlement) => ({
        settlement,
        change: rowChangeOf(settlement, chance.fraction()),
      }));
      // Before the rows: a lane or login must not be free for the moment between the two writes.
      await Promise.all([
        rests.rest(planned.flatMap((plan) => restOf(plan, time.realNow))),
        senders.settle(loginNewsOf(settlements), chance.fraction(), time.realNow),
      ]);
      const answers = await write(planned, time);
      await senders.free(freedPlaces(settlements.filter((_, index) => answers[index] === true)));
      return answers;
    });
}

function restOf({ settlement, change }: Planned, realNow: Date) {
  if (change.pauseMs === undefined) return [];
  const { lane, partition } = settlement.claim.row;
  return [{ lane, partition, until: new Date(realNow.getTime() + change.pauseMs), forAll: true }];
}

async function writeAlone(
  rows: Rows,
  planned: readonly Planned[],
  settledBy: string,
  time: OutboxTime,
): Promise<ReadonlySet<Planned>> {
  if (planned.length === 0) return new Set();
  const result = await rows.bulkWrite(operationsOf(planned, settledBy, time), { ordered: false });
  if (result.matchedCount === planned.length) return new Set(planned);
  const ids = planned.map(({ settlement }) => settlement.claim.row.id);
  const written = await rows.find({ _id: { $in: ids }, settledBy }, { projection: { _id: 1 } }).toArray();
  const mine = new Set(written.map((row) => row._id));
  return new Set(planned.filter(({ settlement }) => mine.has(settlement.claim.row.id)));
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
  const _id = ids.length === 1 && ids[0] !== undefined ? ids[0] : { $in: ids };
  const filter = { _id, state: 'leased' as const, 'lease.token': first.settlement.claim.leaseToken };
  const update = headUpdate(first, settledBy, time);
  return [ids.length === 1 ? { updateOne: { filter, update } } : { updateMany: { filter, update } }];
}

function headUpdate(plan: Planned, settledBy: string, time: OutboxTime) {
  const { $set, $unset } = rowUpdate(plan.change, plan.settlement, settledBy, time);
  if (plan.settlement.outcome.status === 'released') return { $set, $unset };
  const { realNow } = time;
  return {
    $set: { ...$set, lastTriedAt: realNow },
    $push: { triedAts: { $each: [realNow], $slice: -TRIED_AT_KEPT } },
    $unset,
  };
}

function rowUpdate(change: RowChange, { outcome }: Settlement, settledBy: string, { now }: OutboxTime) {
  const { pauseMs: _pauseMs, ...fields } = change;
  const $unset = { lease: '', joinedTo: '' } as const;
  if (outcome.status === 'released') return { $set: { ...fields, settledBy }, $unset };
  const more = definedFields({
    doneAt: change.state === 'sent' ? now : undefined,
    asideAt: change.state === 'held' || change.state === 'dead' ? now : undefined,
    rank: change.state === 'queued' ? OUTBOX_RANK.started : undefined,
  });
  return { $set: { ...fields, ...more, settledBy }, $unset };
}

/** The rows that went out with the claimed one. They were no tries of their own: the minute counts one message. */
function joinedOperations(
  { claim, outcome }: Settlement,
  chance: Chance,
  settledBy: string,
  time: OutboxTime,
) {
  return (claim.joined ?? []).map((row): OutboxBulk[number] => {
    const settlement = { claim: { ...claim, row }, outcome };
    const change = rowChangeOf(settlement, chance.fraction());
    const filter = { _id: row.id, state: UNDER_WAY, 'lease.token': claim.leaseToken };
    return { updateOne: { filter, update: rowUpdate(change, settlement, settledBy, time) } };
  });
}
