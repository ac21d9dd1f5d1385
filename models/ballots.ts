import type { Ballot } from '#core/poll';
import type { Choice } from '#core/vote-method';
import { defineCollection, recordOf } from './collection.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** Ballots kept before choices were lists have one number, no voter id (it was the person's) and no path. */
export type BallotDocument = Omit<Ballot, 'id' | 'choice' | 'voterId' | 'path'> & {
  _id: string;
  choice: Choice | number;
} & Partial<Pick<Ballot, 'voterId' | 'path'>>;

/** A stored ballot, of whatever age, as the rest of the program knows it. */
export function ballotRecord(document: BallotDocument): Ballot {
  const {
    choice,
    voterId = document.personId ?? '',
    path = pathOf(document),
    ...record
  } = recordOf(document);
  return { ...record, voterId, path, choice: choiceOf(choice) };
}

export function choiceOf(stored: Choice | number): Choice {
  return typeof stored === 'number' ? [stored] : stored;
}

function pathOf({ groupId }: BallotDocument): Ballot['path'] {
  return groupId === undefined ? 'direct' : 'group';
}

const text = { type: String, required: true };
const moment = { type: Date, required: true };

export const ballotsCollection = defineCollection<BallotDocument>({
  name: 'ballots',
  fields: {
    pollId: text,
    placeId: text,
    voterId: String,
    personId: String,
    voterName: text,
    choice: checkedElsewhere,
    sentAt: moment,
    messageId: text,
    path: String,
    enteredById: String,
    groupId: String,
    castAt: moment,
    receipt: text,
  },
  indexes: [
    { keys: { pollId: 1, castAt: -1 }, why: 'who has voted, the newest first' },
    { keys: { pollId: 1, groupId: 1, castAt: -1 }, why: 'the gathered line of a group' },
  ],
  shardKey: {
    keys: { _id: 1 },
    why: 'the id is poll and person: one ballot a person whatever the shard, a poll is read in one piece',
  },
});
