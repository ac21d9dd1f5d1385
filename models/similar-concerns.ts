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
/** Texts in one read; each may be of another place, which is a branch of the query. */
const TEXTS_TOGETHER = 200;

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
}

type Found = Pick<ConcernDocument, '_id' | 'placeId' | 'number' | 'text' | 'state'>;

/**
 * Keeps an index in memory for each place. Every call first learns what any instance has committed since: numbers only
 * grow, so the new ones are a short stretch of an index. Whether a match is still open is read from the database.
 */
export function createSimilarConcerns(deps: {
  concerns: mongo.Collection<ConcernDocument>;
  byIds: (ids: readonly string[]) => Promise<readonly Concern[]>;
}): ConcernStore['similarTo'] {
  const places = new Map<string, PlaceIndex>();

  // The messages of a batch come from many places: these are brought up to date together. Whoever asks after the
  // read has begun is in the next batch, as this read may miss what was committed just before they asked.
  const refresh = new DataLoader<string, PlaceIndex>(
    async (asked) => {
      const wanted = new Map(asked.map((placeId) => [placeId, placeOf(places, placeId)]));
      const lately = new Map([...wanted].map(([placeId, { newest }]) => [placeId, newest?.id]));
      const news = await newsOf(wanted);
      const learnt = [...wanted].map(async ([placeId, place]) => {
        const found = news.get(placeId) ?? [];
        if (found.some(({ _id }) => _id === lately.get(placeId))) return learnAll(place, found);
        forgetAll(place);
        learnAll(place, await read({ placeId, number: { $gt: 0 } }, CONCERNS_KEPT));
      });
      await Promise.all(learnt);
      return asked.map((placeId) => wanted.get(placeId) ?? placeOf(places, placeId));
    },
    { cache: false, maxBatchSize: TEXTS_TOGETHER },
  );

  /** What was committed since in the places that were read before. */
  async function newsOf(wanted: ReadonlyMap<string, PlaceIndex>): Promise<ReadonlyMap<string, Found[]>> {
    const since = [...wanted].flatMap(([placeId, { newest, seenUpTo }]) =>
      newest ? [{ placeId, number: { $gte: Math.min(seenUpTo + 1, newest.number) } }] : [],
    );
    if (since.length === 0) return new Map();
    const reopened = { placeId: { $in: since.map(({ placeId }) => placeId) }, state: 'reopened' as const };
    return groupBy(await read({ $or: [...since, reopened] }), ({ placeId }) => placeId);
  }

  // Those without a match wait for the others' read too: then all take their numbers together.
  const current = new DataLoader<readonly string[], ReadonlyMap<string, Concern>>(
    async (wanted) => {
      const found = new Map((await deps.byIds(wanted.flat())).map((concern) => [concern.id, concern]));
      return wanted.map(() => found);
    },
    { cache: false },
  );

  function read(filter: mongo.Filter<ConcernDocument>, limit = 0): Promise<Found[]> {
    const projection = { placeId: 1, number: 1, text: 1, state: 1 };
    return atBorder(() =>
      deps.concerns.find(filter, { projection }).sort({ number: -1 }).limit(limit).toArray(),
    );
  }

  return async (placeId, text) => {
    const place = await refresh.load(placeId);
    const matches = place.index.search(text, { limit: CANDIDATES });
    const read = await current.load(matches.map(({ id }) => id));
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
  };
  places.set(placeId, place);
  const oldest = places.size > PLACES_KEPT ? places.keys().next().value : undefined;
  if (oldest !== undefined) places.delete(oldest);
  return place;
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
