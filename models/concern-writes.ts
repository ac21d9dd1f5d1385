import type { Connection } from 'mongoose';
import type { ConcernStore } from '#core/concern';
import type { DecisionCollection, Write } from '#core/decision';
import { collectionOf, documentOf } from './collection.ts';
import { concernsCollection } from './concerns.ts';
import { revisedFields } from './revised.ts';

type ConcernWrites = Pick<
  ConcernStore,
  'insert' | 'update' | 'endorse' | 'supplement' | 'answerPerson' | 'rate'
>;

/** The writes of concerns and of what belongs to them, as values. */
export function createConcernWrites(): ConcernWrites {
  return {
    insert: (concern) => insertOnce('concerns', concern),
    update(id, fields, revision, clear = []) {
      const cleared = Object.fromEntries(clear.map((field) => [field, undefined]));
      if (revision !== undefined) return revisedFields('concerns', id, { ...fields, ...cleared }, revision);
      const $unset = Object.fromEntries(clear.map((field) => [field, '']));
      const update = { $set: { ...fields }, ...(clear.length > 0 && { $unset }) };
      return { kind: 'update', collection: 'concerns', filter: { _id: id }, update };
    },
    endorse: (endorsement) => insertOnce('endorsements', endorsement),
    supplement: (supplement) => insertOnce('supplements', supplement),
    answerPerson: (feedback) => keepLatest('feedbacks', { withdrawn: false, ...feedback }),
    rate: (rating) => keepLatest('ratings', rating),
  };
}

function insertOnce(collection: DecisionCollection, record: { readonly id: string }): Write {
  return { kind: 'insertOnce', collection, document: documentOf(record) };
}

function keepLatest(collection: DecisionCollection, record: { readonly id: string }): Write {
  const { _id, ...fields } = documentOf(record);
  return { kind: 'update', collection, filter: { _id }, update: { $set: fields }, upsert: true };
}

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
  const people = { $setUnion: ['$voices.personId', '$merged.authorId'] };
  return [
    { $match: { _id: { $in: concernIds } } },
    { $lookup: { from: 'concerns', localField: '_id', foreignField: 'mergedIntoId', as: 'merged' } },
    { $set: { family: { $concatArrays: [['$_id'], '$merged._id'] } } },
    { $lookup: { from: 'endorsements', localField: 'family', foreignField: 'concernId', as: 'voices' } },
    { $project: { endorsements: { $size: { $setDifference: [people, ['$authorId']] } } } },
    { $merge: { into: 'concerns', on: '_id', whenMatched: 'merge', whenNotMatched: 'discard' } },
  ];
}
