import type { Connection } from 'mongoose';
import { collectionOf } from './collection.ts';
import { concernsCollection } from './concerns.ts';

/**
 * Counts anew how many people besides its author stand behind each concern: endorsers of it and of those merged into
 * it, and the authors of these; each person once. What the concerns are merged into is counted too, for a merge may
 * overtake an endorsement.
 */
export async function recountEndorsements(
  connection: Connection,
  concernIds: readonly string[],
): Promise<void> {
  if (concernIds.length === 0) return;
  const concerns = collectionOf(connection, concernsCollection);
  const targets = await concerns.distinct('mergedIntoId', { _id: { $in: [...concernIds] } });
  const ids = [...concernIds, ...targets.filter((id) => id !== undefined)];
  await concerns.aggregate(recountPipeline([...new Set(ids)])).toArray();
}

function recountPipeline(concernIds: readonly string[]): Record<string, unknown>[] {
  return [
    { $match: { _id: { $in: concernIds } } },
    ...countedEndorsements('endorsements'),
    { $project: { endorsements: 1 } },
    { $merge: { into: 'concerns', on: '_id', whenMatched: 'merge', whenNotMatched: 'discard' } },
  ];
}

/** Stages that put the number counted anew into this field of each concern. */
export function countedEndorsements(field: string): Record<string, unknown>[] {
  const people = { $setUnion: ['$voices.personId', '$merged.authorId'] };
  return [
    { $lookup: { from: 'concerns', localField: '_id', foreignField: 'mergedIntoId', as: 'merged' } },
    { $set: { family: { $concatArrays: [['$_id'], '$merged._id'] } } },
    { $lookup: { from: 'endorsements', localField: 'family', foreignField: 'concernId', as: 'voices' } },
    { $set: { [field]: { $size: { $setDifference: [people, ['$authorId']] } } } },
  ];
}
