import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Concern, ConcernQuery } from '#core/concern';
import type { Write } from '#core/decision';
import { collectionOf, modelOf } from '#models/collection';
import { listFilter } from '#models/concern-list';
import { recountEndorsements } from '#models/recount-endorsements';
import { concernsCollection, createConcernStore } from '#models/concerns';
import { endorsementsCollection } from '#models/endorsements';
import { feedbacksCollection } from '#models/feedbacks';
import { ratingsCollection } from '#models/ratings';
import { supplementsCollection } from '#models/supplements';
import { createWriteRunner } from '#models/write-batch';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
const store = createConcernStore(connection);
const runner = createWriteRunner(connection);

beforeAll(async () => {
  const all = [
    concernsCollection,
    endorsementsCollection,
    supplementsCollection,
    feedbacksCollection,
    ratingsCollection,
  ];
  for (const definition of all) {
    const model = modelOf(connection, definition as never);
    await model.createCollection();
    await model.createIndexes();
  }
});
beforeEach(() => database.empty());
afterAll(async () => {
  await connection.close();
  await database.close();
});

const day = (n: number) => new Date(Date.UTC(2026, 11, n, 10));
const here = { channel: 'web', account: 'demo', conversationId: 'residents' } as const;

function concern(number: number, more: Partial<Concern> = {}): Concern {
  return {
    id: `concern:${number}`,
    placeId: 'xfl',
    number,
    title: '路灯',
    text: '3号楼路灯坏了',
    attachments: [],
    authorId: `author${number}`,
    authorName: '张桂兰',
    raisedIn: here,
    raisedAt: day(1),
    state: 'open',
    endorsements: 0,
    answerDueAt: day(4),
    reopenings: 0,
    revision: 0,
    ...more,
  };
}

async function commit(...writes: Write[]): Promise<void> {
  const failed = await runner.together(writes.map((write, owner) => ({ owner, write })));
  for (const error of failed.values()) throw error as Error;
}

async function guarded(...writes: Write[]): Promise<void> {
  const session = await connection.startSession();
  await session
    .withTransaction(() => runner.inTransaction(writes, session))
    .finally(() => session.endSession());
}

const query = (more: Partial<ConcernQuery> = {}): ConcernQuery => ({
  placeIds: ['xfl'],
  states: ['open', 'reopened'],
  order: 'urgent',
  limit: 2,
  ...more,
});

async function pagesOf(first: ConcernQuery): Promise<readonly (number | undefined)[]> {
  const numbers: (number | undefined)[] = [];
  let after: string | undefined;
  do {
    const page = await store.list(after === undefined ? first : { ...first, after });
    numbers.push(...page.items.map(({ number }) => number));
    after = page.next;
  } while (after !== undefined);
  return numbers;
}

describe('a stored concern', () => {
  it('comes back as it was, and the same message again changes nothing', async () => {
    const one = concern(1, {
      groupId: 'g',
      original: '原文',
      attachments: [{ mediaId: 'm', kind: 'image', mime: 'image/png', bytes: 3 }],
    });
    await commit(store.insert(one));
    await commit(store.insert({ ...one, text: '别的' }));
    expect(await store.byId(one.id)).toEqual(one);
    expect(await store.byNumber('xfl', 1)).toEqual(one);
    expect(await store.byNumber('elsewhere', 1)).toBeUndefined();
  });

  it('is changed at the revision that was read and at no other, and fields can be cleared', async () => {
    await commit(store.insert(concern(1, { state: 'merged', mergedIntoId: 'concern:9' })));
    await guarded(store.update('concern:1', { state: 'open' }, 0, ['mergedIntoId']));
    await expect(guarded(store.update('concern:1', { state: 'answered' }, 0))).rejects.toThrow('lost a race');
    const read = await store.byId('concern:1');
    expect(read).toMatchObject({ state: 'open', revision: 1 });
    expect(read).not.toHaveProperty('mergedIntoId');
  });

  it('that waits is found by its author in that conversation only, the newest first', async () => {
    const { number: _number, ...waiting } = concern(1, { authorId: 'zhang', state: 'waiting' });
    await commit(
      store.insert({ ...waiting, id: 'old' }),
      store.insert({ ...waiting, id: 'new', raisedAt: day(2) }),
    );
    expect((await store.waitingOf('zhang', here))?.id).toBe('new');
    expect(await store.waitingOf('zhang', { ...here, conversationId: 'other' })).toBeUndefined();
    expect(await store.waitingOf('li', here)).toBeUndefined();
  });
});

describe('the queue', () => {
  beforeEach(() =>
    commit(
      store.insert(concern(1, { answerDueAt: day(5) })),
      store.insert(concern(2, { endorsements: 7 })),
      store.insert(concern(3, { endorsements: 2, raisedAt: day(3) })),
      store.insert(concern(4, { state: 'reopened', answerDueAt: day(3), raisedAt: day(2) })),
      store.insert(concern(5, { endorsements: 2, snoozedUntil: day(9), text: '电梯(坏)了.*' })),
      store.insert(concern(6, { state: 'answered' })),
      store.insert(concern(7, { placeId: 'elsewhere' })),
    ),
  );

  it('runs over pages from the oldest promise, then the most endorsed, or from the latest', async () => {
    expect(await pagesOf(query())).toEqual([4, 2, 3, 5, 1]);
    expect(await pagesOf(query({ order: 'newest' }))).toEqual([3, 4, 5, 2, 1]);
  });

  it('leaves out what is put off until its moment has come', async () => {
    expect(await pagesOf(query({ asOf: day(8) }))).toEqual([4, 2, 3, 1]);
    expect(await pagesOf(query({ asOf: day(8), includeSnoozed: true }))).toContain(5);
    expect(await pagesOf(query({ asOf: day(9) }))).toContain(5);
  });

  it('is searched by number or by words, which are words and no pattern', async () => {
    expect(await pagesOf(query({ search: '#4' }))).toEqual([4]);
    expect(await pagesOf(query({ search: '(坏)了.*' }))).toEqual([5]);
    expect(await pagesOf(query({ search: '.*.*' }))).toEqual([]);
  });

  it('begins anew with a cursor that is none', async () => {
    for (const after of ['', 'x', 'eyJpZCI6MX0', '{}']) {
      expect((await store.list(query({ after }))).items.map(({ number }) => number)).toEqual([4, 2]);
    }
  });

  it('is counted, and names what is overdue', async () => {
    expect(await store.count(['xfl'], ['open', 'reopened'])).toBe(5);
    expect((await store.overdue(['xfl'], day(5), 10)).map(({ number }) => number)).toEqual([4, 2, 3, 5]);
  });
});

describe('every list', () => {
  interface Stage {
    readonly stage: string;
    readonly inputStage?: Stage;
    readonly inputStages?: readonly Stage[];
  }
  const stagesOf = ({ stage, inputStage, inputStages = [] }: Stage): string[] => [
    stage,
    ...[...(inputStage ? [inputStage] : []), ...inputStages].flatMap(stagesOf),
  ];
  const sorts = {
    urgent: { answerDueAt: 1, endorsements: -1, _id: 1 },
    newest: { raisedAt: -1, _id: -1 },
  } as const;

  it.each(['urgent', 'newest'] as const)(
    'ordered %s is served in order by an index, also on later pages',
    async (order) => {
      await commit(
        ...Array.from({ length: 30 }, (_, n) => store.insert(concern(n + 1, { answerDueAt: day(n % 9) }))),
      );
      const { next = '' } = await store.list(query({ order }));
      for (const one of [query({ order }), query({ order, after: next }), query({ order, asOf: day(1) })]) {
        const cursor = collectionOf(connection, concernsCollection)
          .find(listFilter(one))
          .sort(sorts[order])
          .limit(3);
        const { queryPlanner } = (await cursor.explain()) as { queryPlanner: { winningPlan: Stage } };
        const stages = stagesOf(queryPlanner.winningPlan);
        expect(stages).not.toContain('COLLSCAN');
        expect(stages).not.toContain('SORT');
      }
    },
  );

  it('of what belongs to a concern or a person is served by an index', async () => {
    const filters = [
      [concernsCollection, { authorId: 'a', placeId: 'xfl' }],
      [concernsCollection, { mergedIntoId: 'a' }],
      [concernsCollection, { topicId: 'a' }],
      [endorsementsCollection, { concernId: { $in: ['a', 'b'] } }],
      [supplementsCollection, { concernId: 'a' }],
      [supplementsCollection, { topicId: 'a' }],
      [feedbacksCollection, { concernId: 'a' }],
      [feedbacksCollection, { placeId: 'xfl', personId: 'a' }],
      [ratingsCollection, { concernId: 'a' }],
    ] as const;
    for (const [definition, filter] of filters) {
      const cursor = connection.collection(definition.name).find(filter);
      const { queryPlanner } = (await cursor.explain()) as { queryPlanner: { winningPlan: Stage } };
      expect(stagesOf(queryPlanner.winningPlan), definition.name).not.toContain('COLLSCAN');
    }
  });
});

describe('the cached number of endorsements', () => {
  const endorse = (concernId: string, personId: string) =>
    store.endorse({
      id: `${concernId}|${personId}`,
      concernId,
      placeId: 'xfl',
      personId,
      personName: personId,
      conversation: here,
      at: day(1),
    });

  it('counts each person once over all that was merged, but not the author', async () => {
    await commit(
      store.insert(concern(1)),
      store.insert(concern(2, { state: 'merged', mergedIntoId: 'concern:1' })),
      endorse('concern:1', 'li'),
      endorse('concern:1', 'li'),
      endorse('concern:1', 'author1'),
      endorse('concern:2', 'li'),
      endorse('concern:2', 'wang'),
    );
    await recountEndorsements(connection, ['concern:2', 'concern:none']);
    expect((await store.byId('concern:1'))?.endorsements).toBe(3);
    expect((await store.byId('concern:2'))?.endorsements).toBe(2);
  });

  it('is untouched where nothing is asked for', async () => {
    await commit(store.insert(concern(1, { endorsements: 5 })));
    await recountEndorsements(connection, []);
    expect((await store.byId('concern:1'))?.endorsements).toBe(5);
  });
});

describe('similar concerns', () => {
  const other = createConcernStore(connection);
  const numbersLike = async (text: string, from = store) =>
    (await from.similarTo('xfl', text)).map(({ concern: { number } }) => number);

  it('are found at once by every instance, whatever the order of commits', async () => {
    await commit(store.insert(concern(2, { text: '7号楼电梯关不上门，困住人了' })));
    expect(await numbersLike('3号楼门口路灯坏了', other)).toEqual([]);
    await commit(store.insert(concern(1, { text: '3号楼门口的路灯坏了三天' })));
    expect(await numbersLike('3号楼门口路灯坏了', other)).toEqual([1]);
    expect(await numbersLike('3号楼门口路灯坏了', store)).toEqual([1]);
    expect(await other.similarTo('elsewhere', '3号楼门口路灯坏了')).toEqual([]);
  });

  it('are open ones: answered and merged are left out, reopened ones come back', async () => {
    await commit(store.insert(concern(1, { text: '3号楼门口的路灯坏了三天' })));
    expect(await numbersLike('3号楼门口路灯坏了')).toEqual([1]);
    await guarded(store.update('concern:1', { state: 'answered' }, 0));
    expect(await numbersLike('3号楼门口路灯坏了')).toEqual([]);
    await guarded(store.update('concern:1', { state: 'reopened' }, 1));
    expect(await numbersLike('3号楼门口路灯坏了')).toEqual([1]);
  });

  it('are found by many asking at the same moment', async () => {
    await commit(
      ...Array.from({ length: 20 }, (_, n) =>
        store.insert(concern(n + 1, { id: `many:${n}`, text: `${n + 1}号楼门口的路灯坏了三天` })),
      ),
    );
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, n) => numbersLike(`${n + 1}号楼门口路灯坏了`)),
    );
    expect(found).toEqual(Array.from({ length: 20 }, (_, n) => [n + 1]));
  });

  it('are those of the new data after a place was reset', async () => {
    await commit(store.insert(concern(1, { text: '3号楼门口的路灯坏了三天' })));
    expect(await numbersLike('3号楼门口路灯坏了')).toEqual([1]);
    await database.empty();
    await commit(store.insert(concern(1, { id: 'concern:new', text: '5号楼下水道堵了' })));
    expect(await numbersLike('5号楼下水道堵了')).toEqual([1]);
    expect(await numbersLike('3号楼门口路灯坏了')).toEqual([]);
  });
});
