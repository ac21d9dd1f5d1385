import type { mongo } from 'mongoose';
import type { Concern, ConcernQuery } from '#core/concern';
import { recordOf } from './collection.ts';
import type { ConcernDocument } from './concerns.ts';

/** A search that takes longer is given up rather than let the database wait for it. */
const SEARCH_LIMIT_MS = 2_000;

interface UrgentCursor {
  readonly dueAt: number;
  readonly endorsements: number;
  readonly id: string;
}
interface NewestCursor {
  readonly raisedAt: number;
  readonly id: string;
}

const SORTS: Readonly<Record<ConcernQuery['order'], mongo.Sort>> = {
  urgent: { answerDueAt: 1, endorsements: -1, _id: 1 },
  newest: { raisedAt: -1, _id: -1 },
};

/** One page of the queue, continued by the place of its last row, so that new rows never shift the pages. */
export async function listConcerns(
  concerns: mongo.Collection<ConcernDocument>,
  query: ConcernQuery,
): Promise<{ readonly items: readonly Concern[]; readonly next?: string }> {
  const found = await concerns
    .find(listFilter(query))
    .sort(SORTS[query.order])
    .limit(query.limit + 1)
    .maxTimeMS(SEARCH_LIMIT_MS)
    .toArray();
  const items = found.slice(0, query.limit).map((document) => recordOf(document));
  const last = items.at(-1);
  return found.length > query.limit && last ? { items, next: cursorAfter(last, query.order) } : { items };
}

/** The filter of a queue page; exported for the test that asks the database for its plan. */
export function listFilter(query: ConcernQuery): mongo.Filter<ConcernDocument> {
  const parts: mongo.Filter<ConcernDocument>[] = [
    { placeId: { $in: [...query.placeIds] }, state: { $in: [...query.states] } },
    ...afterCursor(query),
    ...searchFilter(query.search),
  ];
  if (query.asOf && query.includeSnoozed !== true) {
    parts.push(awakeAt(query.asOf));
  }
  return parts.length === 1 ? (parts[0] ?? {}) : { $and: parts };
}

/** Not put off until after this moment. */
export function awakeAt(asOf: Date): mongo.Filter<ConcernDocument> {
  return { $or: [{ snoozedUntil: { $exists: false } }, { snoozedUntil: { $lte: asOf } }] };
}

function cursorAfter(concern: Concern, order: ConcernQuery['order']): string {
  const { id, endorsements } = concern;
  const cursor: UrgentCursor | NewestCursor =
    order === 'urgent'
      ? { dueAt: concern.answerDueAt.getTime(), endorsements, id }
      : { raisedAt: concern.raisedAt.getTime(), id };
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** A cursor that nobody of us wrote is taken for none: the first page. */
function readCursor(after: string): Partial<UrgentCursor & NewestCursor> {
  try {
    const read: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

function afterCursor({ after, order }: ConcernQuery): mongo.Filter<ConcernDocument>[] {
  const { dueAt, raisedAt, endorsements, id } = after === undefined ? {} : readCursor(after);
  if (typeof id !== 'string') return [];
  if (order === 'newest') {
    if (typeof raisedAt !== 'number') return [];
    const at = new Date(raisedAt);
    return [{ raisedAt: { $lte: at } }, { $or: [{ raisedAt: { $lt: at } }, { _id: { $lt: id } }] }];
  }
  if (typeof dueAt !== 'number' || typeof endorsements !== 'number') return [];
  const at = new Date(dueAt);
  const sameDay = [{ endorsements: { $lt: endorsements } }, { endorsements, _id: { $gt: id } }];
  return [{ answerDueAt: { $gte: at } }, { $or: [{ answerDueAt: { $gt: at } }, ...sameDay] }];
}

/** `12` and `#12` name a number; anything else is looked for in title, words and author as it is written. */
function searchFilter(search: string | undefined): mongo.Filter<ConcernDocument>[] {
  const wanted = search?.trim() ?? '';
  if (wanted === '') return [];
  const number = /^(?:诉求)?\s*#?\s*(\d{1,7})$/u.exec(wanted)?.[1];
  if (number !== undefined) return [{ number: Number(number) }];
  const found = { $regex: wanted.slice(0, 60).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), $options: 'i' };
  return [{ $or: [{ title: found }, { text: found }, { authorName: found }] }];
}
