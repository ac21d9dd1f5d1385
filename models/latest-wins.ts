import type { DecisionCollection, Write, WriteDocument } from '#core/decision';

/** What orders two messages of one person: the vendor's time, then the message id. */
interface Ordered extends WriteDocument {
  readonly sentAt: Date;
  readonly messageId: string;
}

/**
 * Keeps the document if it is later than the stored one by (sentAt, messageId): deliveries may come in any order and
 * any number of times. One document, one write, no transaction (queue-and-voting.md §2.2).
 */
export function latestWins(collection: DecisionCollection, document: Ordered): Write {
  const isLater = {
    $or: [
      { $eq: [{ $type: '$sentAt' }, 'missing'] },
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
  const update = [{ $replaceWith: { $cond: [isLater, { $literal: document }, '$$ROOT'] } }];
  return { kind: 'insertOrUpdate', collection, document, update };
}
