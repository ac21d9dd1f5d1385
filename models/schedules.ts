import type { Connection, mongo } from 'mongoose';
import type { Write } from '#core/decision';
import type { DueSlot, Schedule, ScheduleKind, ScheduleStanding, ScheduleStore, Slot } from '#core/schedule';
import { definedFields } from '#core/decision';
import { collectionOf, defineCollection } from './collection.ts';
import { atBorder, operationErrors } from './driver-error.ts';

const ENDED_KEPT_SECONDS = 180 * 24 * 3_600;

/** `_id` is the schedule's id. */
export interface ScheduleDocument {
  _id: string;
  kind: ScheduleKind;
  placeId?: string;
  plannedThrough: Date;
}

export const schedulesCollection = defineCollection<ScheduleDocument>({
  name: 'schedules',
  fields: { kind: String, placeId: String, plannedThrough: Date },
  indexes: [],
});

/** `_id` is `<scheduleId>@<slot in milliseconds>`: one row a schedule and slot, held by the primary key. */
export interface SlotDocument {
  _id: string;
  scheduleId: string;
  kind: ScheduleKind;
  placeId?: string;
  slotAt: Date;
  state: 'pending' | 'fired' | 'skipped';
  /** When to look at it: the slot, or later after a failed try. */
  lookAt: Date;
  tries: number;
  /** Set when fired or skipped: when it leaves the collection is counted from here. */
  endedAt?: Date;
}

export const slotsCollection = defineCollection<SlotDocument>({
  name: 'slots',
  fields: {
    scheduleId: String,
    kind: String,
    placeId: String,
    slotAt: Date,
    state: String,
    lookAt: Date,
    tries: Number,
    endedAt: Date,
  },
  indexes: [
    {
      keys: { lookAt: 1 },
      options: { name: 'pending', partialFilterExpression: { state: 'pending' } },
      why: 'slots whose time has come',
    },
    { keys: { scheduleId: 1, slotAt: -1 }, why: 'the last slots of a schedule, for operators' },
    {
      keys: { endedAt: 1 },
      options: { name: 'retention', expireAfterSeconds: ENDED_KEPT_SECONDS },
      why: 'ended slots leave after half a year; until then they keep the same slot from running again',
    },
  ],
});

const SLOTS = 'slots';

export function createScheduleStore(connection: Connection): ScheduleStore {
  const schedules = collectionOf(connection, schedulesCollection);
  const slots = collectionOf(connection, slotsCollection);
  const pendingOf = (kinds: readonly ScheduleKind[]) =>
    ({ state: 'pending', kind: { $in: [...kinds] } }) as const;
  return {
    plannedThrough: (known, now) =>
      atBorder(async () => {
        const found = await throughById(schedules, known);
        const fresh = known.filter(({ id }) => !found.has(id));
        if (fresh.length === 0) return found;
        await insertMissing(
          schedules,
          fresh.map((schedule) => documentOf(schedule, now)),
        );
        // Read again: another instance may have been the first.
        return throughById(schedules, known);
      }),

    plan: (schedule, times, through) =>
      atBorder(async () => {
        if (times.length > 0)
          await insertMissing(
            slots,
            times.map((slotAt) => slotDocument(schedule, slotAt)),
          );
        await schedules.updateOne({ _id: schedule.id }, { $max: { plannedThrough: through } });
      }),

    due: (kinds, now, limit) =>
      atBorder(async () => {
        const filter = { ...pendingOf(kinds), lookAt: { $lte: now } };
        const found = await slots.find(filter).sort({ lookAt: 1, _id: 1 }).limit(limit).toArray();
        return found.map(dueSlotOf).sort(bySlot);
      }),

    nextLookAt: (kinds) =>
      atBorder(async () => (await slots.findOne(pendingOf(kinds), { sort: { lookAt: 1 } }))?.lookAt),

    end: (slot, state, now): Write => ({
      kind: 'update',
      collection: SLOTS,
      filter: { _id: slotId(slot), state: 'pending' },
      update: { $set: { state, endedAt: now } },
      mustMatch: true,
    }),

    async putOff(slot, retryAt) {
      const filter = { _id: slotId(slot), state: 'pending' } as const;
      await atBorder(() => slots.updateOne(filter, { $set: { lookAt: retryAt }, $inc: { tries: 1 } }));
    },

    standings: () => atBorder(() => standingsOf(schedules)),
  };
}

async function throughById(schedules: mongo.Collection<ScheduleDocument>, known: readonly Schedule[]) {
  const found = await schedules.find({ _id: { $in: known.map(({ id }) => id) } }).toArray();
  return new Map(found.map((one) => [one._id, one.plannedThrough]));
}

async function insertMissing<Document extends { _id: string }>(
  rows: mongo.Collection<Document>,
  documents: readonly Document[],
): Promise<void> {
  try {
    await rows.insertMany(documents as mongo.OptionalUnlessRequiredId<Document>[], { ordered: false });
  } catch (error) {
    const refused = operationErrors(error).find((one) => !one.sameId);
    if (refused) throw refused.error;
  }
}

function documentOf({ id, kind, placeId }: Schedule, now: Date): ScheduleDocument {
  return definedFields({ _id: id, kind, placeId, plannedThrough: now });
}

function slotDocument({ id, kind, placeId }: Schedule, slotAt: Date): SlotDocument {
  const slot = definedFields({ scheduleId: id, kind, placeId, slotAt });
  return { ...slot, _id: slotId(slot), state: 'pending', lookAt: slotAt, tries: 0 };
}

function slotId({ scheduleId, slotAt }: Pick<Slot, 'scheduleId' | 'slotAt'>): string {
  return `${scheduleId}@${slotAt.getTime()}`;
}

function dueSlotOf({ scheduleId, kind, placeId, slotAt, tries }: SlotDocument): DueSlot {
  return { slot: definedFields({ scheduleId, kind, placeId, slotAt }), tries };
}

function bySlot({ slot: one }: DueSlot, { slot: other }: DueSlot): number {
  return one.slotAt.getTime() - other.slotAt.getTime();
}

interface StandingDocument extends ScheduleDocument {
  readonly last: readonly Pick<SlotDocument, 'slotAt' | 'state' | 'endedAt'>[];
  readonly pending: readonly { readonly waiting: number }[];
}

async function standingsOf(
  schedules: mongo.Collection<ScheduleDocument>,
): Promise<readonly ScheduleStanding[]> {
  const ofSchedule = { from: SLOTS, localField: '_id', foreignField: 'scheduleId' };
  const last = [
    { $match: { state: { $ne: 'pending' } } },
    { $sort: { slotAt: -1 } },
    { $limit: 1 },
    { $project: { _id: 0, slotAt: 1, state: 1, endedAt: 1 } },
  ];
  const pending = [{ $match: { state: 'pending' } }, { $count: 'waiting' }];
  const found = await schedules
    .aggregate<StandingDocument>([
      { $sort: { _id: 1 } },
      { $lookup: { ...ofSchedule, pipeline: last, as: 'last' } },
      { $lookup: { ...ofSchedule, pipeline: pending, as: 'pending' } },
    ])
    .toArray();
  return found.map(standingOf);
}

function standingOf({
  _id,
  kind,
  placeId,
  plannedThrough,
  last,
  pending,
}: StandingDocument): ScheduleStanding {
  const [ended] = last;
  const lastSlot = ended && {
    slotAt: ended.slotAt,
    state: ended.state === 'fired' ? ('fired' as const) : ('skipped' as const),
    endedAt: ended.endedAt ?? ended.slotAt,
  };
  return definedFields({
    scheduleId: _id,
    kind,
    placeId,
    plannedThrough,
    last: lastSlot,
    waiting: pending[0]?.waiting ?? 0,
  });
}
