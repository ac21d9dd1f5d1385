import type { Connection, mongo } from 'mongoose';
import { DAY_MS, HOUR_MS } from '#core/clock';
import type { CheckedRange, Counted, Difference, SelfCheckStore } from '#core/self-check';
import { collectionOf, recordOf } from './collection.ts';
import { concernsCollection } from './concerns.ts';
import { checksCollection, differencesCollection } from './differences.ts';
import { atBorder } from './driver-error.ts';
import { mailingsCollection } from './mailings.ts';
import { noticesCollection } from './notices.ts';
import { pollRecord, pollsCollection } from './polls.ts';
import { countedEndorsements } from './recount-endorsements.ts';

/** Sent rows leave the outbox after sixty days; a notice is counted as long as all of its rows must be there. */
const NOTICES_CHECKED_MS = 50 * DAY_MS;
/** A mailing stands in its lanes a second after it is due. */
const MAILING_LATE_MS = HOUR_MS;

const IN_ORDER = { _id: 1 } as const;

export function createSelfCheckStore(connection: Connection): SelfCheckStore {
  const concerns = collectionOf(connection, concernsCollection);
  const polls = collectionOf(connection, pollsCollection);
  const notices = collectionOf(connection, noticesCollection);
  const mailings = collectionOf(connection, mailingsCollection);
  const differences = collectionOf(connection, differencesCollection);
  const checks = collectionOf(connection, checksCollection);
  return {
    endorsements: (range) => atBorder(() => concerns.aggregate<Counted>(endorsementsIn(range)).toArray()),
    closedPolls: (range) =>
      atBorder(async () => {
        const filter = { ...idsIn(range), state: 'closed' as const, result: { $exists: true } };
        return (await polls.find(filter, { sort: IN_ORDER, limit: limitOf(range) }).toArray()).map(
          pollRecord,
        );
      }),
    notices: (range, now) => atBorder(() => notices.aggregate<Counted>(noticesIn(range, now)).toArray()),
    mailings: (range, now) => atBorder(() => mailings.aggregate<Counted>(mailingsIn(range, now)).toArray()),
    stoppedAt: (figure) => atBorder(async () => (await checks.findOne({ _id: figure }))?.after),
    standing: (limit) =>
      atBorder(async () => {
        const found = differences.find(
          { goneAt: { $exists: false } },
          { sort: { foundAt: 1, _id: 1 }, limit },
        );
        return (await found.toArray()).map((document) => {
          const { id: _id, ...difference } = recordOf(document);
          return difference;
        });
      }),
    found: ({ foundAt, ...difference }) => ({
      kind: 'update',
      collection: 'differences',
      filter: { _id: idOf(difference) },
      // What comes back after it was gone has been found anew.
      update: [
        {
          $set: {
            ...literals(difference),
            foundAt: {
              $cond: [{ $eq: [{ $type: '$goneAt' }, 'date'] }, foundAt, { $ifNull: ['$foundAt', foundAt] }],
            },
          },
        },
        { $unset: 'goneAt' },
      ],
      upsert: true,
    }),
    gone: (difference, now) => ({
      kind: 'update',
      collection: 'differences',
      filter: { _id: idOf(difference) },
      update: { $set: { goneAt: now } },
    }),
    stop: (figure, at, now) => ({
      kind: 'update',
      collection: 'checks',
      filter: { _id: figure },
      update: {
        $set: { at: now, ...(at !== undefined && { after: at }) },
        ...(at === undefined && { $unset: { after: '' } }),
      },
      upsert: true,
    }),
  };
}

function idOf({ figure, subjectId }: Pick<Difference, 'figure' | 'subjectId'>): string {
  return `${figure}:${subjectId}`;
}

/** Text with a dollar in front must not be read as a field. */
function literals(fields: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { $literal: value }]));
}

function idsIn(range: CheckedRange): { _id?: { $in: string[] } | { $gt: string } } {
  if ('ids' in range) return { _id: { $in: [...range.ids] } };
  return range.after === undefined ? {} : { _id: { $gt: range.after } };
}

function limitOf(range: CheckedRange): number {
  return 'ids' in range ? Math.max(1, range.ids.length) : range.limit;
}

/** The rows of a range, in the order of their ids. */
function rowsIn(range: CheckedRange, filter: mongo.BSON.Document = {}): mongo.BSON.Document[] {
  return [{ $match: { ...idsIn(range), ...filter } }, { $sort: IN_ORDER }, { $limit: limitOf(range) }];
}

function asCounted(name: mongo.BSON.Document, stored: unknown, counted: unknown): mongo.BSON.Document {
  const project = { _id: 0, subjectId: '$_id', placeId: 1, name, stored: { $toString: stored } };
  return { $project: { ...project, counted: { $toString: counted } } };
}

const numbered = (kind: string) => ({ $concat: [kind, { $toString: { $ifNull: ['$number', ''] } }] });

function endorsementsIn(range: CheckedRange): mongo.BSON.Document[] {
  return [
    ...rowsIn(range),
    ...countedEndorsements('counted'),
    asCounted(numbered('诉求#'), '$endorsements', '$counted'),
  ];
}

/** One message for each group that is still there, in its lane or in a mailing. */
function noticesIn(range: CheckedRange, now: Date): mongo.BSON.Document[] {
  const since = new Date(now.getTime() - NOTICES_CHECKED_MS);
  const known = {
    from: 'groups',
    localField: 'groupIds',
    foreignField: '_id',
    pipeline: [{ $count: 'count' }],
  };
  const rows = {
    from: 'outbox',
    localField: '_id',
    foreignField: 'subjectId',
    pipeline: [{ $count: 'count' }],
  };
  const mine = { $filter: { input: '$rows', cond: { $eq: ['$$this.subjectId', '$$id'] } } };
  const early = { from: 'mailings', localField: '_id', foreignField: 'subjectIds', let: { id: '$_id' } };
  const counts = [{ $project: { count: { $size: mine } } }];
  return [
    ...rowsIn(range, { state: 'sent', sentAt: { $gt: since } }),
    { $lookup: { ...known, as: 'known' } },
    { $lookup: { ...rows, as: 'standing' } },
    { $lookup: { ...early, pipeline: counts, as: 'early' } },
    asCounted(
      numbered('通知#'),
      { $sum: '$known.count' },
      {
        $add: [{ $sum: '$standing.count' }, { $sum: '$early.count' }],
      },
    ),
  ];
}

function mailingsIn(range: CheckedRange, now: Date): mongo.BSON.Document[] {
  const late = { dueAt: { $lt: new Date(now.getTime() - MAILING_LATE_MS) } };
  const size = { $cond: [{ $isArray: '$rows' }, { $size: '$rows' }, 0] };
  const first = { $cond: [{ $isArray: '$rows' }, { $first: '$rows' }, {}] };
  return [
    ...rowsIn(range, late),
    { $set: { first } },
    { $set: { placeId: { $ifNull: ['$first.placeId', ''] } } },
    asCounted({ $concat: ['群发 ', '$_id'] }, size, 0),
  ];
}
