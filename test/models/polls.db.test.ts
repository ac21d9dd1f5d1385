import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ballot } from '#core/poll';
import { createPollStore } from '#models/polls';
import { connectVoteDatabase } from './vote-database.ts';
import { at, sampleBallot, samplePoll } from './vote-samples.ts';

const votes = await connectVoteDatabase();
const store = createPollStore(votes.connection);
afterAll(() => votes.close());
beforeEach(() => votes.database.empty());

const poll = samplePoll();
const roll = ['p1', 'p2', 'p3'].map((voterId) => ({
  voterId,
  personIds: [voterId],
  groupId: voterId === 'p3' ? 'g2' : 'g1',
  ...(voterId !== 'p3' && { building: '3号楼' }),
}));

describe('a stored poll', () => {
  it('comes back with its roll, and a repeated opening changes nothing', async () => {
    await votes.guarded(store.insert(poll, roll));
    await votes.guarded(store.insert({ ...poll, title: '别的' }, roll));
    expect(await store.byId(poll.id)).toEqual(poll);
    expect(await store.rollOf(poll.id)).toEqual(roll);
    expect(await Promise.all(['p1', 'nobody'].map((id) => store.entriesOf(poll.id, id)))).toEqual([
      [roll[0]],
      [],
    ]);
  });

  it('is found while open by its group and by whoever is on its roll', async () => {
    await votes.guarded(store.insert(poll, roll));
    expect((await store.openInGroup('g1')).map(({ id }) => id)).toEqual([poll.id]);
    expect((await store.openFor('p2')).map(({ id }) => id)).toEqual([poll.id]);
    expect(await store.openFor('nobody')).toEqual([]);
    await votes.guarded([store.update(poll.id, { state: 'closed' }, 1)]);
    expect(await store.openInGroup('g1')).toEqual([]);
    expect(await store.openFor('p2')).toEqual([]);
    expect((await store.byTopicNumber('xfl', 3))?.state).toBe('closed');
    expect(await store.byTopicNumber('elsewhere', 3)).toBeUndefined();
  });

  it('gives a household’s vote to each of its members, and two votes to who speaks for two', async () => {
    const households = [
      { voterId: 'household:1', personIds: ['p1', 'p2'], building: '3', room: '501', areaCents: 9_850 },
      { voterId: 'household:2', personIds: ['p2'], building: '3', room: '502', areaCents: 12_000 },
    ];
    await votes.guarded(store.insert(poll, households));
    expect(await Promise.all(['p1', 'p2'].map((id) => store.entriesOf(poll.id, id)))).toEqual([
      [households[0]],
      households,
    ]);
    expect((await store.openFor('p1')).map(({ id }) => id)).toEqual([poll.id]);
    expect(await store.rollOf(poll.id)).toEqual(households);
  });

  it('is changed only at the revision that was read', async () => {
    await votes.guarded(store.insert(poll, roll));
    await votes.guarded([store.update(poll.id, { closedEarlyReason: '人都投了' }, 1)]);
    await expect(votes.guarded([store.update(poll.id, { state: 'annulled' }, 1)])).rejects.toThrow(
      'lost a race',
    );
    expect(await store.byId(poll.id)).toMatchObject({ state: 'open', revision: 2 });
  });

  it('is listed page by page, the latest first, and only in the places asked for', async () => {
    const many = Array.from({ length: 5 }, (_, n) =>
      samplePoll({ id: `poll:${n}`, openedAt: at(n > 2 ? 3 : n) }),
    );
    for (const one of many) await votes.guarded(store.insert(one, []));
    await votes.guarded(store.insert(samplePoll({ id: 'poll:x', placeId: 'elsewhere' }), []));
    const first = await store.list({ placeIds: ['xfl'], limit: 3 });
    const rest = await store.list({ placeIds: ['xfl'], limit: 3, after: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([
      'poll:4',
      'poll:3',
      'poll:2',
      'poll:1',
      'poll:0',
    ]);
    expect(rest.next).toBeUndefined();
  });
});

describe('what was kept before there were methods and households', () => {
  it('is read as one choice of one person, and counts with the new', async () => {
    const { method: _method, rules: _rules, unit: _unit, id, ...old } = poll;
    const { db } = votes.database;
    await db
      .collection<{ _id: string }>('polls')
      .insertOne({ _id: id, ...old, showsCountsWhileOpen: true } as never);
    await db
      .collection<{ _id: string }>('rolls')
      .insertOne({ _id: `${id}|p1`, pollId: id, personId: 'p1', groupId: 'g1' } as never);
    const { id: ballotKey, voterId: _voterId, path: _path, ...ballot } = sampleBallot();
    await db
      .collection<{ _id: string }>('ballots')
      .insertOne({ _id: ballotKey, ...ballot, choice: 1 } as never);
    const read = await store.byId(id);
    expect(read).toEqual({
      ...poll,
      method: { kind: 'single' },
      rules: { ...poll.rules, showsCountsWhileOpen: true },
    });
    expect((await store.openFor('p1')).map((one) => one.id)).toEqual([id]);
    const entry = { voterId: 'p1', personIds: ['p1'], groupId: 'g1' };
    expect(await store.entriesOf(id, 'p1')).toEqual([entry]);
    expect(await store.rollOf(id)).toEqual([entry]);
    expect(await store.ballotOf(id, 'p1')).toEqual(sampleBallot({ choice: [1] }));
    await votes.together([store.cast(sampleBallot({ voterId: 'p2', choice: [1] }))]);
    expect(await store.tally(poll)).toMatchObject({ counts: [0, 2, 0], voters: 2 });
    await votes.together([store.cast(sampleBallot({ choice: [0], sentAt: at(11) }))]);
    expect(await store.tally(poll)).toMatchObject({ counts: [1, 1, 0], voters: 2 });
  });
});

describe('a ballot', () => {
  const order = (a: Ballot, b: Ballot) =>
    a.sentAt.getTime() - b.sentAt.getTime() ||
    (a.messageId < b.messageId ? -1 : Number(a.messageId > b.messageId));

  it('is the last by time and message id after any shuffle and repetition, and the tally is that of an oracle', async () => {
    const messages = fc.array(
      fc.record({
        voterId: fc.constantFrom('p1', 'p2', 'p3'),
        choice: fc.nat(2).map((option) => [option]),
        minute: fc.nat(4),
        messageId: fc.constantFrom('$a', 'b', 'c', 'd', 'e'),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(messages, fc.infiniteStream(fc.nat(1_000)), async (sent, chance) => {
        await votes.database.empty();
        // One message has one content, however often it is delivered.
        const byMessage = new Map(
          sent.map((one) => [
            `${one.voterId}${one.messageId}`,
            sampleBallot({ ...one, sentAt: at(one.minute), castAt: at(one.minute) }),
          ]),
        );
        const ballots = [...byMessage.values()].map(
          ({ minute: _minute, ...ballot }: Ballot & { minute?: number }) => ballot,
        );
        const deliveries = [...ballots, ...ballots]
          .map((ballot) => ({ ballot, rank: chance.next().value as number }))
          .sort((a, b) => a.rank - b.rank);
        for (let from = 0; from < deliveries.length; from += 5) {
          await votes.together(deliveries.slice(from, from + 5).map(({ ballot }) => store.cast(ballot)));
        }
        const last = new Map<string, Ballot>();
        for (const ballot of ballots.toSorted(order)) last.set(ballot.voterId, ballot);
        const stored = await Promise.all([...last.keys()].map((id) => store.ballotOf(poll.id, id)));
        expect(stored).toEqual([...last.values()]);
        const counts = poll.options.map(
          (_, option) => [...last.values()].filter(({ choice }) => choice[0] === option).length,
        );
        expect(await store.tally(poll)).toMatchObject({ counts, voters: last.size });
      }),
      { numRuns: 40 },
    );
  });

  it('stands alone when two clients cast for the same person at the same time', async () => {
    const casts = Array.from({ length: 60 }, (_, n) =>
      sampleBallot({ choice: [n % 3], messageId: `m${String(n).padStart(2, '0')}`, sentAt: at(n) }),
    );
    await Promise.all(casts.toReversed().map((ballot) => votes.together([store.cast(ballot)])));
    expect(await votes.connection.collection('ballots').countDocuments()).toBe(1);
    expect(await store.ballotOf(poll.id, 'p1')).toEqual(casts.at(-1));
  });

  it('counts when it was sent in the last millisecond, and not one later', async () => {
    const closesAt = poll.closesAt;
    const late = new Date(closesAt.getTime() + 1);
    await votes.together([
      store.cast(sampleBallot({ voterId: 'p1', sentAt: closesAt })),
      store.cast(sampleBallot({ voterId: 'p2', sentAt: late })),
    ]);
    expect(await store.tally(poll)).toMatchObject({ counts: [1, 0, 0], voters: 1 });
  });

  it('keeps a name that looks like an operator as it is', async () => {
    await votes.together([store.cast(sampleBallot({ voterName: '$castAt', messageId: '$x' }))]);
    expect((await store.ballotOf(poll.id, 'p1'))?.voterName).toBe('$castAt');
  });
});

describe('turnout', () => {
  it('tells who has voted, by group of the roll, and never what', async () => {
    await votes.guarded(store.insert(poll, roll));
    const { groupId: _groupId, ...inPrivate } = sampleBallot({
      voterId: 'p3',
      voterName: '王芳',
      castAt: at(12),
    });
    await votes.together([store.cast(sampleBallot()), store.cast(inPrivate)]);
    expect(await store.turnout(poll)).toEqual({
      voters: 2,
      byGroup: [
        { groupId: 'g1', voters: 1, members: 2 },
        { groupId: 'g2', voters: 1, members: 1 },
      ],
      byBuilding: [{ building: '3号楼', voters: 1, members: 2 }],
      byUnit: [],
    });
    expect(await store.votersOf(poll.id, 10)).toEqual([
      { voterId: 'p3', name: '王芳', castAt: at(12) },
      { voterId: 'p1', name: '张桂兰', castAt: at(10) },
    ]);
    expect(await store.votersIn(poll, 'g1', 3)).toEqual({ count: 1, names: ['张桂兰'] });
  });
});

describe('turnout of a building', () => {
  it('is told by its units, in their order', async () => {
    const inUnit = (voterId: string, building: string, unit: string) => ({
      voterId,
      personIds: [voterId],
      building,
      unit,
    });
    const doors = [
      inUnit('p1', '3', '12'),
      inUnit('p2', '3', '2'),
      inUnit('p3', '3', '2'),
      inUnit('p4', '5', '2'),
      inUnit('p5', '6', ''),
    ];
    await votes.guarded(store.insert(poll, doors));
    await votes.together(['p3', 'p4', 'p5'].map((voterId) => store.cast(sampleBallot({ voterId }))));

    expect((await store.turnout(poll)).byUnit).toEqual([
      { building: '3', unit: '2', voters: 1, members: 2 },
      { building: '3', unit: '12', voters: 0, members: 1 },
      { building: '5', unit: '2', voters: 1, members: 1 },
    ]);
  });
});

describe('10,000 ballots', () => {
  it('are recounted to the last one', async () => {
    const ballots = Array.from({ length: 10_000 }, (_, n) => {
      const { id, ...fields } = sampleBallot({ voterId: `p${n}`, choice: [n % 3] });
      return { _id: id, ...fields };
    });
    await votes.database.db.collection<{ _id: string }>('ballots').insertMany(ballots);
    const { voters, counts } = await store.tally(poll);
    expect([voters, counts]).toEqual([10_000, [3_334, 3_333, 3_333]]);
  });
});

describe('indexes', () => {
  const plans: readonly [string, string, Record<string, unknown>, Record<string, 1 | -1>][] = [
    ['open polls of a group', 'polls', { state: 'open', groupIds: 'g1' }, { openedAt: -1 }],
    ['polls of a place', 'polls', { placeId: { $in: ['xfl', 'b'] } }, { openedAt: -1, _id: -1 }],
    [
      'polls of a state',
      'polls',
      { placeId: { $in: ['xfl'] }, state: { $in: ['open'] } },
      { openedAt: -1, _id: -1 },
    ],
    ['a poll by number', 'polls', { placeId: 'xfl', topicNumber: 3 }, { openedAt: -1 }],
    ['polls of a topic', 'polls', { topicId: 't' }, { openedAt: -1 }],
    ['a roll', 'rolls', { pollId: 'poll:1' }, {}],
    ['rolls of a person', 'rolls', { personId: 'p1' }, {}],
    ['entries of a person', 'rolls', { personId: { $in: ['p1'] }, pollId: { $in: ['poll:1'] } }, { _id: 1 }],
    ['the recount', 'ballots', { _id: { $gte: 'poll:1|', $lt: 'poll:1}' }, pollId: 'poll:1' }, { _id: 1 }],
    ['voters', 'ballots', { pollId: 'poll:1' }, { castAt: -1 }],
    ['voters of a group', 'ballots', { pollId: 'poll:1', groupId: 'g1' }, { castAt: -1 }],
  ];
  it.each(plans)('serve %s', async (_name, collection, filter, sort) => {
    const plan = await votes.database.db
      .collection(collection)
      .find(filter)
      .sort(sort)
      .explain('queryPlanner');
    const winning = JSON.stringify(
      (plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan,
    );
    expect(winning).toContain('IXSCAN');
    expect(winning).not.toContain('COLLSCAN');
  });
});
