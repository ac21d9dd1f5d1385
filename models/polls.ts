import DataLoader from 'dataloader';
import type { Connection, mongo } from 'mongoose';
import type { Write } from '#core/decision';
import { ballotId, type Poll, type PollResult, type PollRules, type PollStore } from '#core/poll';
import { createBallotReads } from './ballot-reads.ts';
import { collectionOf, defineCollection, documentOf, recordOf } from './collection.ts';
import { standingBallot } from './standing-ballot.ts';
import { olderThan, pageOf } from './page-cursor.ts';
import { revisedFields } from './revised.ts';
import { createRollReads } from './roll-reads.ts';
import { createRollKeeping } from './roll-keeping.ts';
import { rollFields } from './rolls.ts';
import { checkedElsewhere } from './sub-schemas.ts';

/** Polls opened before there were methods have none, and their only rule stands beside the question. */
export type PollDocument = Omit<Poll, 'id' | 'method' | 'rules' | 'unit' | 'result'> & {
  _id: string;
  showsCountsWhileOpen?: boolean;
  result?: Omit<PollResult, 'checks'> & Partial<Pick<PollResult, 'checks'>>;
} & Partial<Pick<Poll, 'method' | 'rules' | 'unit'>>;

/** The rules of a poll from before they were kept together. */
function rulesBefore(quorum: number, showsCountsWhileOpen: boolean): PollRules {
  return {
    quorum: quorum === 0 ? { kind: 'none' } : { kind: 'voters', least: quorum },
    threshold: 'plurality',
    abstentions: 'count',
    secrecy: 'open',
    showsCountsWhileOpen,
    minCell: 0,
  };
}

/** A stored poll, of whatever age, as the rest of the program knows it. */
export function pollRecord(document: PollDocument): Poll {
  const { showsCountsWhileOpen = false, result, ...record } = recordOf(document);
  return {
    ...record,
    method: record.method ?? { kind: 'single' },
    rules: { ...rulesBefore(record.quorum, showsCountsWhileOpen), ...record.rules },
    unit: record.unit ?? '人',
    ...(result && { result: { ...result, checks: result.checks ?? [] } }),
  };
}

const text = { type: String, required: true };
const figure = { type: Number, required: true };
const moment = { type: Date, required: true };

export const pollsCollection = defineCollection<PollDocument>({
  name: 'polls',
  fields: {
    placeId: text,
    topicId: text,
    topicNumber: figure,
    title: text,
    options: [String],
    method: checkedElsewhere,
    rules: checkedElsewhere,
    groupIds: [String],
    openedAt: moment,
    openedById: text,
    closesAt: moment,
    plannedClosesAt: Date,
    quorum: figure,
    electorate: text,
    unit: String,
    rollKind: String,
    rollSize: figure,
    rollFingerprint: String,
    fingerprint: text,
    pageCode: String,
    nextStep: text,
    showsCountsWhileOpen: Boolean,
    state: { type: String, enum: ['open', 'closed', 'annulled'], required: true },
    result: checkedElsewhere,
    closedEarlyReason: String,
    annulledReason: String,
    gathered: checkedElsewhere,
    strikes: checkedElsewhere,
    revision: figure,
  },
  indexes: [
    {
      keys: { groupIds: 1 },
      options: { name: 'open_in_group', partialFilterExpression: { state: 'open' } },
      why: 'open polls of the group a ballot was sent in',
    },
    { keys: { placeId: 1, topicNumber: 1, openedAt: -1 }, why: 'the poll of a topic by its number in chat' },
    { keys: { topicId: 1, openedAt: -1 }, why: 'the polls of a topic' },
    { keys: { fingerprint: 1 }, why: 'where anybody checks a poll' },
    {
      keys: { pageCode: 1 },
      options: { partialFilterExpression: { pageCode: { $exists: true } } },
      why: 'the page on which a poll is voted in',
    },
    { keys: { placeId: 1, state: 1, openedAt: -1, _id: -1 }, why: 'polls of a state in the console' },
    { keys: { placeId: 1, openedAt: -1, _id: -1 }, why: 'all polls in the console' },
  ],
});

export function createPollStore(connection: Connection): PollStore {
  const polls = collectionOf(connection, pollsCollection);
  const latest = async (filter: mongo.Filter<PollDocument>, limit = 0) =>
    (await polls.find(filter).sort({ openedAt: -1, _id: -1 }).limit(limit).toArray()).map(pollRecord);
  const roll = createRollReads(connection);
  // Every ballot of a batch asks for its group: they ask together.
  const open = new DataLoader(
    async (groupIds: readonly string[]) => {
      const found = await latest({ state: 'open', groupIds: { $in: [...groupIds] } });
      return groupIds.map((groupId) => found.filter((poll) => poll.groupIds.includes(groupId)));
    },
    { cache: false },
  );
  return {
    byId: async (id) => (await latest({ _id: id }, 1))[0],
    byFingerprint: async (head) => (await latest({ fingerprint: { $gte: head, $lt: `${head}g` } }, 1))[0],
    byPageCode: async (pageCode) => (await latest({ pageCode }, 1))[0],
    openInGroup: (groupId) => open.load(groupId),
    async openFor(personId) {
      const ids = await roll.pollIdsOf(personId);
      return ids.length === 0 ? [] : latest({ _id: { $in: [...ids] }, state: 'open' });
    },
    ofTopic: (topicId) => latest({ topicId }),
    byTopicNumber: async (placeId, topicNumber) => (await latest({ placeId, topicNumber }, 1))[0],
    async list({ placeIds, states, limit, after }) {
      const filter: mongo.Filter<PollDocument> = {
        placeId: { $in: [...placeIds] },
        ...(states && { state: { $in: [...states] } }),
        ...olderThan('openedAt', after),
      };
      return pageOf(await latest(filter, limit + 1), limit, (poll) => poll.openedAt);
    },
    entriesOf: (pollId, personId) => roll.entriesOf(pollId, personId),
    entryOf: (pollId, voterId) => roll.entryOf(pollId, voterId),
    entriesOfHousehold: (pollId, householdId) => roll.entriesOfHousehold(pollId, householdId),
    rollOf: (pollId) => roll.rollOf(pollId),
    ...createBallotReads(connection),
    keepRoll: createRollKeeping(connection, async (id) => (await latest({ _id: id }, 1)).length > 0),
    insert: (poll, entries = []) => [
      { kind: 'insertOnce', collection: 'polls', document: documentOf(poll) },
      ...entries.map((entry): Write => ({
        kind: 'insertOnce',
        collection: 'rolls',
        document: { _id: ballotId(poll.id, entry.voterId), ...rollFields(poll.id, entry) },
      })),
    ],
    update: (id, fields, revision) => revisedFields('polls', id, fields, revision),
    touchOpen: (id) => ({
      kind: 'update',
      collection: 'polls',
      filter: { _id: id, state: 'open' },
      update: { $inc: { revision: 1 } },
      mustMatch: true,
    }),
    mayCast: (pollId, voterId, personId, may) => ({
      kind: 'update',
      collection: 'rolls',
      filter: { _id: ballotId(pollId, voterId) },
      update: may ? { $addToSet: { personId } } : { $pull: { personId } },
    }),
    cast: (ballot) => standingBallot(documentOf(ballot)),
  };
}
