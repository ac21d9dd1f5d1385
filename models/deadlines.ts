import type { Connection } from 'mongoose';
import type { Deadline, DeadlineStore } from '#core/deadline';
import type { Write } from '#core/decision';
import { collectionOf, defineCollection, documentOf } from './collection.ts';
import { atBorder } from './driver-error.ts';

const FIRED_KEPT_SECONDS = 180 * 24 * 3_600;

export interface DeadlineDocument extends Omit<Deadline, 'id'> {
  _id: string;
  state: 'pending' | 'fired' | 'cancelled';
  /** When to look at it: `dueAt`, or later after a failed try. */
  lookAt: Date;
  tries: number;
  /** Set when fired: when it leaves the collection is counted from here. */
  firedAt?: Date;
}

export const deadlinesCollection = defineCollection<DeadlineDocument>({
  name: 'deadlines',
  fields: {
    kind: String,
    placeId: String,
    subjectId: String,
    dueAt: Date,
    step: Number,
    groupId: String,
    state: String,
    lookAt: Date,
    tries: Number,
    firedAt: Date,
  },
  indexes: [
    {
      keys: { lookAt: 1 },
      options: { name: 'pending', partialFilterExpression: { state: 'pending' } },
      why: 'deadlines whose time has come',
    },
    {
      keys: { dueAt: 1 },
      options: { name: 'next', partialFilterExpression: { state: 'pending' } },
      why: 'the next deadline of all places',
    },
    {
      keys: { placeId: 1, dueAt: 1 },
      options: { name: 'next_of_place', partialFilterExpression: { state: 'pending' } },
      why: 'the next deadlines of a place',
    },
    {
      keys: { firedAt: 1 },
      options: { name: 'retention', expireAfterSeconds: FIRED_KEPT_SECONDS },
      why: 'fired rows leave after half a year; until then they keep the same deadline from firing again',
    },
  ],
});

const COLLECTION = 'deadlines';

export function createDeadlineStore(connection: Connection): DeadlineStore {
  const rows = collectionOf(connection, deadlinesCollection);
  return {
    set: (deadline) => setUnless(['fired'], deadline),
    setOnce: (deadline) => ({ ...setUnless(['fired', 'pending'], deadline), once: true }),
    cancel: (id) => ({
      kind: 'update',
      collection: COLLECTION,
      filter: { _id: id, state: 'pending' },
      update: { $set: { state: 'cancelled' } },
    }),
    again: (deadline) => setUnless([], deadline),

    due: (kinds, now, limit) =>
      atBorder(async () => {
        const filter = { state: 'pending', lookAt: { $lte: now }, kind: { $in: [...kinds] } } as const;
        const found = await rows.find(filter).sort({ lookAt: 1, _id: 1 }).limit(limit).toArray();
        const due = found.map((row) => ({ deadline: deadlineOf(row), tries: row.tries }));
        return due.sort((one, other) => one.deadline.dueAt.getTime() - other.deadline.dueAt.getTime());
      }),

    nextLookAt: (kinds) =>
      atBorder(async () => {
        const filter = { state: 'pending', kind: { $in: [...kinds] } } as const;
        return (await rows.findOne(filter, { sort: { lookAt: 1 }, projection: { lookAt: 1 } }))?.lookAt;
      }),

    nextDue: (placeId) =>
      atBorder(async () => {
        const filter = { state: 'pending', ...(placeId !== undefined && { placeId }) } as const;
        const next = await rows.findOne(filter, { sort: { dueAt: 1 } });
        return next ? deadlineOf(next) : undefined;
      }),

    fired: (deadline, now) => ({
      kind: 'update',
      collection: COLLECTION,
      filter: { _id: deadline.id, state: 'pending', dueAt: deadline.dueAt, step: deadline.step },
      update: { $set: { state: 'fired', firedAt: now } },
      mustMatch: true,
    }),

    async putOff(deadline, retryAt) {
      const filter = { _id: deadline.id, state: 'pending', dueAt: deadline.dueAt } as const;
      await atBorder(() => rows.updateOne(filter, { $set: { lookAt: retryAt }, $inc: { tries: 1 } }));
    },
  };
}

/** A pipeline, so that one write inserts, moves or leaves alone by what the row's state is then. */
function setUnless(
  states: readonly DeadlineDocument['state'][],
  deadline: Deadline,
): Write & { kind: 'update' } {
  const pending: DeadlineDocument = {
    ...documentOf(deadline),
    state: 'pending',
    lookAt: deadline.dueAt,
    tries: 0,
  };
  const stays = { $in: [{ $ifNull: ['$state', 'none'] }, states] };
  return {
    kind: 'update',
    collection: COLLECTION,
    filter: { _id: deadline.id },
    update: [{ $replaceWith: { $cond: [stays, '$$ROOT', { $literal: pending }] } }],
    upsert: true,
  };
}

function deadlineOf(row: DeadlineDocument): Deadline {
  const { _id, state: _state, lookAt: _lookAt, tries: _tries, firedAt: _firedAt, ...fields } = row;
  return { ...fields, id: _id };
}
