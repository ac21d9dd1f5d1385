import { ballotRank, pathsOfRank } from '#core/ballot-order';
import type { Ballot } from '#core/poll';
import type { Write } from '#core/decision';

/** Cast in person. */
const OWN = 2;

type BallotToKeep = Omit<Ballot, 'id'> & { readonly _id: string };

/**
 * Keeps the ballot if it stands over the stored one, by the rule of `standsOver`: deliveries may come in any order and any
 * number of times. One document, one write, no transaction (queue-and-voting.md §2.2).
 */
export function standingBallot(document: BallotToKeep): Write {
  const rank = ballotRank(document.path);
  const storedIsOf = (...ranks: readonly number[]) => ({ $in: ['$path', ranks.flatMap(pathsOfRank)] });
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
  // Ballots from before there were paths have none: they were cast in person.
  const isOfSameKind = rank === OWN ? { $not: [storedIsOf(0, 1)] } : storedIsOf(rank);
  const stands = {
    $or: [
      { $eq: [{ $type: '$sentAt' }, 'missing'] },
      storedIsOf(...[0, 1].filter((other) => other < rank)),
      { $and: [isOfSameKind, isLater] },
    ],
  };
  const update = [{ $replaceWith: { $cond: [stands, { $literal: document }, '$$ROOT'] } }];
  return { kind: 'insertOrUpdate', collection: 'ballots', document, update };
}
