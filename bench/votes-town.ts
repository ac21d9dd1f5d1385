import type { Poll } from '#core/poll';
import { ballotId } from '#core/poll';
import { closeDeadline } from '#handlers/polls/open-poll';
import { documentOf } from '#models/collection';
import type { House } from './house.ts';
import { messageIn, type BenchMessage } from './messages.ts';
import { TOWN } from './town.ts';

const BATCH = 10_000;
const MINUTE_MS = 60_000;

/** Votes of everybody of the town in turn, so that nobody talks too fast; `from` goes on where others ended. */
export function ballotMessages(count: number, run: string, from = 0): BenchMessage[] {
  return Array.from({ length: count }, (_, one) => {
    const index = from + one;
    const group = TOWN[index % TOWN.length];
    const resident = group?.residents[Math.floor(index / TOWN.length) % group.residents.length];
    if (!group || resident === undefined) throw new Error('an empty town');
    return {
      said: 'ballot',
      message: messageIn(group, resident, `${run}-${index}`, `议题1 投${1 + (index % 3)}`),
    };
  });
}

/** An open poll of everybody, with one of the town's groups, that ends in so many milliseconds. */
export function bigPoll(house: House, count: number, endsInMs: number): Poll {
  const now = house.now().getTime();
  return {
    id: `poll:big-${count}-${endsInMs}`,
    placeId: 'place:bench-0',
    topicId: `topic:big-${count}`,
    topicNumber: 2,
    title: '加装电梯方案',
    options: ['赞成', '反对', '弃权'],
    method: { kind: 'forAgainst' },
    rules: {
      quorum: { kind: 'none' },
      threshold: 'majority',
      abstentions: 'count',
      secrecy: 'open',
      showsCountsWhileOpen: false,
      minCell: 0,
      ballotOrder: 'ownThenLatest',
    },
    groupIds: ['group:bench-0'],
    openedAt: new Date(now - 2 * MINUTE_MS),
    openedById: 'person:secretary',
    closesAt: new Date(now + endsInMs),
    quorum: 0,
    electorate: '居民，每人1票',
    unit: '人',
    rollSize: count,
    fingerprint: '0'.repeat(64),
    rollFingerprint: '0'.repeat(64),
    nextStep: '提交社区研究',
    state: 'open',
    revision: 0,
  };
}

/** Puts the poll there with its roll; everybody on it has a one-to-one chat, a ballot and an event. */
export async function castByAll({ connection }: House, poll: Poll): Promise<void> {
  const into = async (name: string, documents: readonly object[]) => {
    await connection.collection(name).insertMany([...documents] as never, { ordered: false });
  };
  await into('polls', [documentOf(poll)]);
  const sentAt = new Date(poll.openedAt.getTime() + MINUTE_MS);
  for (let from = 0; from < poll.rollSize; from += BATCH) {
    const votes = Array.from({ length: Math.min(BATCH, poll.rollSize - from) }, (_, index) =>
      voteOf(poll, from + index, sentAt),
    );
    await into(
      'rolls',
      votes.map(({ pollId, voterId }) => ({ _id: ballotId(pollId, voterId), pollId, personId: voterId })),
    );
    await into(
      'identities',
      votes.map(({ voterId }) => ({
        _id: `web:bench:${poll.id}-${voterId}`,
        personId: voterId,
        displayName: '居民',
        direct: { channel: 'web', account: 'bench', conversationId: `direct-${poll.id}-${voterId}` },
      })),
    );
    await into(
      'ballots',
      votes.map((vote) => ({ _id: ballotId(vote.pollId, vote.voterId), ...vote, ...CAST, castAt: sentAt })),
    );
    await into(
      'ballotEvents',
      votes.map((vote) => ({ _id: `${vote.pollId}|${vote.voterId}|${vote.messageId}`, ...vote })),
    );
  }
}

function voteOf({ id: pollId }: Poll, index: number, sentAt: Date) {
  const voterId = `person:${String(index).padStart(7, '0')}`;
  const [choice, messageId] = [[index % 3], `m${index}`];
  return { pollId, voterId, choice, path: 'direct' as const, sentAt, messageId };
}

const CAST = { placeId: 'place:bench-0', voterName: '居民', receipt: '7K2M9QXA' };

/** The row that closes it, as opening writes it. */
export async function setClosing({ connection }: House, poll: Poll): Promise<void> {
  const deadline = closeDeadline(poll, 0);
  const pending = { ...documentOf(deadline), state: 'pending', lookAt: deadline.dueAt, tries: 0 };
  await connection.collection('deadlines').insertOne(pending as never);
}
