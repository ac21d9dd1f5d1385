import { ENTERED_PATHS } from '#core/ballot-order';
import type { Ballot } from '#core/poll';
import type { Write } from '#core/decision';

type BallotToKeep = Omit<Ballot, 'id'> & { readonly _id: string };

/**
 * Keeps the ballot if it stands over the stored one, by the rule of `standsOver`: deliveries may come in any order and any
 * number of times. One document, one write, no transaction (queue-and-voting.md §2.2).
 */
export function standingBallot(document: BallotToKeep): Write {
  const { _id, ...fields } = document;
  const isEntered = ENTERED_PATHS.includes(document.path);
  const storedIsEntered = { $in: ['$path', [...ENTERED_PATHS]] };
  const isLater = {
    $or: [
      { $lt: ['$sentAt', document.sentAt] },
      // $literal: an id of a vendor may begin with a dollar sign.
      {
        $and: [
          { $eq: ['$sentAt', document.sentAt] },
          { $lt: ['$messageId', { $literal: document.messageId }] },
        ],
      },
    ],
  };
  const isOfSameKind = isEntered ? storedIsEntered : { $not: [storedIsEntered] };
  const stands = {
    $or: [
      { $eq: [{ $type: '$sentAt' }, 'missing'] },
      ...(isEntered ? [] : [storedIsEntered]),
      { $and: [isOfSameKind, isLater] },
    ],
  };
  const update = [{ $replaceWith: { $cond: [stands, { $literal: { _id, ...fields } }, '$$ROOT'] } }];
  return { kind: 'update', collection: 'ballots', filter: { _id }, update, upsert: true };
}
