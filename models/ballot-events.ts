import type { Connection } from 'mongoose';

import type { BallotEvent, BallotEventStore } from '#core/ballot-event';
import { collectionOf, defineCollection } from './collection.ts';

type BallotEventDocument = BallotEvent & { _id: string };

const text = { type: String, required: true };

/** Every accepted vote as it came. Rows are written once, with the ballot, and never changed. */
export const ballotEventsCollection = defineCollection<BallotEventDocument>({
  name: 'ballotEvents',
  fields: {
    pollId: text,
    voterId: text,
    choice: { type: [Number], required: true },
    path: text,
    sentAt: { type: Date, required: true },
    messageId: text,
    enteredById: String,
  },
  indexes: [
    { keys: { pollId: 1, sentAt: 1, messageId: 1, voterId: 1 }, why: 'the chain of a poll, in its order' },
  ],
});

/** One message may vote for several voters, and vendors number messages by chat: all of it belongs to the name. */
function eventId({ pollId, voterId, sentAt, messageId }: BallotEvent): string {
  return `${pollId}|${voterId}|${sentAt.getTime()}|${messageId}`;
}

export function createBallotEventStore(connection: Connection): BallotEventStore {
  const events = collectionOf(connection, ballotEventsCollection);
  return {
    append: (event) => ({
      kind: 'insertOnce',
      collection: 'ballotEvents',
      document: { _id: eventId(event), ...event },
    }),
    async *inOrder(pollId, until) {
      const found = events
        .find({ pollId, sentAt: { $lte: until } }, { readConcern: { level: 'majority' }, batchSize: 10_000 })
        .sort({ sentAt: 1, messageId: 1, voterId: 1 });
      for await (const { _id, ...event } of found) yield event;
    },
  };
}
