import DataLoader from 'dataloader';
import type { Connection, mongo } from 'mongoose';
import type { ConcernStore, Endorsement, Rating } from '#core/concern';
import { groupBy } from '#core/group-by';
import { type CollectionDefinition, collectionOf, recordOf } from './collection.ts';
import { atBorder } from './driver-error.ts';
import { endorsementsCollection } from './endorsements.ts';
import { feedbacksCollection } from './feedbacks.ts';
import { ratingsCollection } from './ratings.ts';
import { supplementsCollection } from './supplements.ts';

type VoiceReads = Pick<
  ConcernStore,
  'endorsersOf' | 'supplementsOf' | 'supplementsOfTopic' | 'feedbacksOf' | 'feedbacksTo' | 'ratingsOf'
>;

/** More than the driver's 101 in the first answer: a second round trip costs more than its rows. */
const ONE_ANSWER = 5_000;
const GIVEN = { withdrawn: { $ne: true } };

/** What people said to a concern and what they were told: rows of their own, one a person. */
export function createConcernVoices(connection: Connection): VoiceReads {
  const endorsements = readerOf(connection, endorsementsCollection);
  const supplements = readerOf(connection, supplementsCollection);
  const feedbacks = readerOf(connection, feedbacksCollection);
  const ratings = readerOf(connection, ratingsCollection);
  // Every endorsement of a batch asks who stands behind its concern: they ask together.
  const endorsersOf = new DataLoader<readonly string[], readonly Endorsement[]>(
    async (wanted) => {
      const byConcern = groupBy(
        await endorsements({ concernId: { $in: [...new Set(wanted.flat())] } }),
        ({ concernId }) => concernId,
      );
      return wanted.map((ids) => ids.flatMap((id) => byConcern.get(id) ?? []).sort(byTime));
    },
    { cache: false },
  );
  return {
    endorsersOf: (concernIds) => endorsersOf.load([...new Set(concernIds)]),
    supplementsOf: (concernId) => supplements({ concernId }),
    supplementsOfTopic: (topicId) => supplements({ topicId }),
    feedbacksOf: (concernId) => feedbacks({ concernId, ...GIVEN }),
    feedbacksTo: (placeId, personId, limit) => feedbacks({ placeId, personId, ...GIVEN }, -1, limit),
    ratingsOf: async (concernId) => lastOfEach(await ratings({ concernId })),
  };
}

/** One rating a person and answer: two accounts of one may have rated each before they were joined. */
function lastOfEach(ratings: readonly Rating[]): readonly Rating[] {
  return [...new Map(ratings.map((one) => [`${one.round} ${one.personId}`, one])).values()];
}

function byTime(a: Endorsement, b: Endorsement): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
}

function readerOf<Stored extends { _id: string; at: Date }>(
  connection: Connection,
  definition: CollectionDefinition<Stored>,
) {
  const rows = collectionOf(connection, definition);
  return async (filter: mongo.Filter<Stored>, order: 1 | -1 = 1, limit = 0) => {
    const found = await atBorder(() =>
      rows.find(filter, { batchSize: ONE_ANSWER }).sort({ at: order, _id: order }).limit(limit).toArray(),
    );
    return found.map((document) => recordOf(document as unknown as Stored));
  };
}
