import { ballotId, type Ballot, type Poll } from '#core/poll';
import type { Topic } from '#core/topic';

export const NOW = new Date('2026-12-13T02:00:00Z');

/** A moment `minutes` after the start of the story. */
export function at(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}

export function sampleTopic(fields: Partial<Topic> = {}): Topic {
  return {
    id: 'topic:1',
    placeId: 'xfl',
    number: 3,
    title: '3号楼加装电梯',
    description: '',
    source: 'residents',
    concernIds: [],
    options: ['赞成', '反对', '弃权'],
    stage: 'settle',
    history: [{ stage: 'settle', at: NOW, byId: 'liumin' }],
    createdAt: NOW,
    createdById: 'liumin',
    revision: 1,
    ...fields,
  };
}

export function samplePoll(fields: Partial<Poll> = {}): Poll {
  return {
    id: 'poll:1',
    placeId: 'xfl',
    topicId: 'topic:1',
    topicNumber: 3,
    title: '3号楼加装电梯',
    options: ['赞成', '反对', '弃权'],
    method: { kind: 'forAgainst' },
    rules: {
      quorum: { kind: 'none' },
      threshold: 'plurality',
      abstentions: 'count',
      secrecy: 'open',
      showsCountsWhileOpen: false,
      minCell: 0,
    },
    groupIds: ['g1'],
    openedAt: NOW,
    openedById: 'liumin',
    closesAt: at(7 * 24 * 60),
    quorum: 0,
    electorate: '群里的居民，每人1票',
    unit: '人',
    rollSize: 3,
    fingerprint: 'f',
    nextStep: '街道党组织研究',
    state: 'open',
    revision: 1,
    ...fields,
  };
}

export function sampleBallot(fields: Partial<Ballot> = {}): Ballot {
  const pollId = fields.pollId ?? 'poll:1';
  const voterId = fields.voterId ?? 'p1';
  return {
    id: ballotId(pollId, voterId),
    pollId,
    placeId: 'xfl',
    voterId,
    personId: voterId,
    voterName: '张桂兰',
    choice: [0],
    sentAt: at(10),
    messageId: 'm1',
    path: 'group',
    groupId: 'g1',
    castAt: at(10),
    receipt: '7K2M9QXA',
    ...fields,
  };
}
