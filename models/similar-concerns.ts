import DataLoader from 'dataloader';
import type { mongo } from 'mongoose';
import type { Concern, ConcernState, ConcernStore } from '#core/concern';
import { groupBy } from '#core/group-by';
import { type ConcernIndex, createConcernIndex } from '#language/similarity';
import type { ConcernDocument } from './concerns.ts';
import { atBorder } from './driver-error.ts';

/** Places whose index is kept; the one not asked for longest goes first. */
const PLACES_KEPT = 200;
/** Newest concerns of a place that are looked at. */
const CONCERNS_KEPT = 5_000;
/** Numbers are taken before they are committed: a missing one this far back may still appear. */
const NUMBERS_IN_FLIGHT = 100;
const MATCHES = 3;
/** More are asked of the index than are shown, for some may be answered by now. */
const CANDIDATES = 8;
/** Places in one read; each is a branch of the query. */
const PLACES_TOGETHER = 50;

/** Somebody else may stand behind these; what is merged is found through its target. */
const STILL_OPEN: readonly ConcernState[] = ['open', 'reopened', 'inTopic'];

interface PlaceIndex {
  index: ConcernIndex;
  /** Numbers seen above `seenUpTo`. */
  readonly seen: Set<number>;
  /** Every number up to here was seen, or is too old to appear any more. */
  seenUpTo: number;
  /** The concern with the highest number so far. When it is gone, the place was reset and all is read anew. */
  newest: { readonly id: string; readonly number: number } | undefined;
  /** Runs while the database is asked; callers that come meanwhile ask once more behind it. */
  refreshing: Promise<void> | undefined;
  next: Promise<void> | undefined;
}

type Found = Pick<ConcernDocument, '_id' | 'placeId' | 'number' | 'text' | 'state'>;

/** What is new in a place from this number on. */
interface NewsKey {
  readonly placeId: string;
  readonly from: number;
}

/**
 * Keeps an index in memory for each place. Every call first learns what any instance has committed since: numbers only
 * grow, so the new ones are a short stretch of an index. Whether a match is still open is read from the database.
 */
export function createSimilarConcerns(deps: {
  concerns: mongo.Collection<ConcernDocument>;
  byIds: (ids: readonly string[]) => Promise<readonly Concern[]>;
}): ConcernStore['similarTo'] {
  const places = new Map<string, PlaceIndex>();

  // The messages of a batch come from many places: what is new in all of these is one read.
  const news = new DataLoader<NewsKey, readonly Found[]>(
    async (keys) => {
      const since = keys.map(({ placeId, from }) => ({ placeId, number: { $gte: from } }));
      const reopened = { placeId: { $in: keys.map(({ placeId }) => placeId) }, state: 'reopened' as const };
      const found = groupBy(await read({ $or: [...since, reopened] }), ({ placeId }) => placeId);
      return keys.map(({ placeId }) => found.get(placeId) ?? []);
    },
    { cache: false, maxBatchSize: PLACES_TOGETHER },
  );

  async function load(placeId: string, place: PlaceIndex): Promise<void> {
    const { newest, seenUpTo } = place;
    if (newest) {
      const found = await news.load({ placeId, from: Math.min(seenUpTo + 1, newest.number) });
      if (found.some(({ _id }) => _id === newest.id)) return learnAll(place, found);
      forgetAll(place);
    }
    learnAll(place, await read({ placeId, number: { $gt: 0 } }, CONCERNS_KEPT));
  }

  function read(filter: mongo.Filter<ConcernDocument>, limit = 0): Promise<Found[]> {
    const projection = { placeId: 1, number: 1, text: 1, state: 1 };
    return atBorder(() =>
      deps.concerns.find(filter, { projection }).sort({ number: -1 }).limit(limit).toArray(),
    );
  }

  return async (placeId, text) => {
    const place = placeOf(places, placeId);
    await refreshed(place, () => load(placeId, place));
    const matches = place.index.search(text, { limit: CANDIDATES });
    if (matches.length === 0) return [];
    const read = new Map(
      (await deps.byIds(matches.map(({ id }) => id))).map((concern) => [concern.id, concern]),
    );
    const open = matches.flatMap(({ id, why }) => {
      const concern = read.get(id);
      if (concern && STILL_OPEN.includes(concern.state)) return [{ concern, why }];
      place.index.remove(id);
      return [];
    });
    return open.slice(0, MATCHES);
  };
}

function placeOf(places: Map<string, PlaceIndex>, placeId: string): PlaceIndex {
  const known = places.get(placeId);
  places.delete(placeId);
  const place = known ?? {
    index: createConcernIndex(),
    seen: new Set<number>(),
    seenUpTo: 0,
    newest: undefined,
    refreshing: undefined,
    next: undefined,
  };
  places.set(placeId, place);
  const oldest = places.size > PLACES_KEPT ? places.keys().next().value : undefined;
  if (oldest !== undefined) places.delete(oldest);
  return place;
}

/** A read that began before this call may miss what was committed just before it, so it waits for the next one. */
function refreshed(place: PlaceIndex, load: () => Promise<void>): Promise<void> {
  if (!place.refreshing) {
    place.refreshing = load().finally(() => (place.refreshing = undefined));
    return place.refreshing;
  }
  place.next ??= place.refreshing
    .catch(() => undefined)
    .then(() => {
      place.next = undefined;
      return refreshed(place, load);
    });
  return place.next;
}

function learnAll(place: PlaceIndex, found: readonly Found[]): void {
  for (const concern of found) learn(place, concern);
  forgetGaps(place);
}

function forgetAll(place: PlaceIndex): void {
  place.index = createConcernIndex();
  place.seen.clear();
  place.seenUpTo = 0;
  place.newest = undefined;
}

function learn(place: PlaceIndex, { _id, number, text, state }: Found): void {
  const isKnown = number === undefined || number <= place.seenUpTo || place.seen.has(number);
  if (number !== undefined && number > place.seenUpTo) place.seen.add(number);
  if (number !== undefined && number >= (place.newest?.number ?? 0)) place.newest = { id: _id, number };
  if (STILL_OPEN.includes(state) && (!isKnown || state === 'reopened')) place.index.add(_id, text);
}

/** Moves `seenUpTo` over all numbers seen in a row, and over gaps that are too old to be filled. */
function forgetGaps(place: PlaceIndex): void {
  const highest = Math.max(place.seenUpTo, ...place.seen);
  const settled = Math.max(place.seenUpTo, highest - NUMBERS_IN_FLIGHT);
  let upTo = settled;
  while (place.seen.has(upTo + 1)) upTo += 1;
  for (const number of place.seen) if (number <= upTo) place.seen.delete(number);
  place.seenUpTo = upTo;
}
