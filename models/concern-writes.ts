import type { ConcernStore } from '#core/concern';
import type { DecisionCollection, Write } from '#core/decision';
import { documentOf } from './collection.ts';
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
