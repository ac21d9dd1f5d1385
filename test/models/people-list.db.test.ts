import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { collectionOf, modelOf } from '#models/collection';
import { concernsCollection } from '#models/concerns';
import { groupsCollection } from '#models/groups';
import { membershipsCollection } from '#models/memberships';
import { peopleCollection } from '#models/people';
import { createPeopleList, PEOPLE_ORDER, peopleFilter } from '#models/people-list';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await mongoose.createConnection(database.uri, { autoIndex: false }).asPromise();
const list = createPeopleList(connection);
const people = collectionOf(connection, peopleCollection);

beforeAll(async () => {
  for (const definition of [peopleCollection, groupsCollection, membershipsCollection, concernsCollection]) {
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

const person = (id: string, name: string, homePlaceId = 'xfl') => ({
  _id: id,
  name,
  homePlaceId,
  offices: [],
});
const namesOf = (page: Awaited<ReturnType<typeof list.page>>) => page.items.map((entry) => entry.person.name);

describe('the list of people', () => {
  it('goes through everybody once, also through those of one name', async () => {
    const many = Array.from({ length: 23 }, (_, n) =>
      person(`p${String(n).padStart(2, '0')}`, `王${String(n % 4)}`),
    );
    await people.insertMany(many);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await list.page({ placeIds: ['xfl'], limit: 5, ...(after !== undefined && { after }) });
      seen.push(...page.items.map((entry) => entry.person.id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toHaveLength(23);
    expect(new Set(seen).size).toBe(23);
  });

  it('shows nobody of another place', async () => {
    await people.insertMany([
      person('a', '张桂兰'),
      person('b', '许静', 'pal'),
      person('c', '李明', 'xfl-3'),
    ]);
    expect(namesOf(await list.page({ placeIds: ['xfl', 'xfl-3'], limit: 10 }))).toEqual(['张桂兰', '李明']);
  });

  it('is searched for a part of the name, whatever is written', async () => {
    await people.insertMany([person('a', '张桂兰'), person('b', 'Li.Ming'), person('c', 'LiXMing')]);
    expect(namesOf(await list.page({ placeIds: ['xfl'], search: '桂', limit: 10 }))).toEqual(['张桂兰']);
    expect(namesOf(await list.page({ placeIds: ['xfl'], search: 'li.m', limit: 10 }))).toEqual(['Li.Ming']);
    expect(namesOf(await list.page({ placeIds: ['xfl'], search: '(.*', limit: 10 }))).toEqual([]);
  });

  it('begins anew with a cursor that is none', async () => {
    await people.insertOne(person('a', '张桂兰'));
    const broken = ['x', '0'.repeat(400), Buffer.from('[{"$gt":""},1]').toString('base64url')];
    for (const after of broken)
      expect(namesOf(await list.page({ placeIds: ['xfl'], after, limit: 10 }))).toEqual(['张桂兰']);
  });

  it('names the groups a person is in now, of the asked places only', async () => {
    await people.insertOne(person('a', '张桂兰'));
    const group = (id: string, name: string, placeId: string) =>
      ({ _id: id, placeId, kind: 'residents', name, conversation: {}, conversationKey: id }) as never;
    await collectionOf(connection, groupsCollection).insertMany([
      group('g1', '居民群', 'xfl'),
      group('g2', '别处的群', 'pal'),
      group('g3', '退了的群', 'xfl'),
    ]);
    const joinedAt = new Date();
    await collectionOf(connection, membershipsCollection).insertMany([
      { _id: '1', groupId: 'g1', personId: 'a', joinedAt },
      { _id: '2', groupId: 'g2', personId: 'a', joinedAt },
      { _id: '3', groupId: 'g3', personId: 'a', joinedAt, leftAt: joinedAt },
    ]);
    const { items } = await list.page({ placeIds: ['xfl'], limit: 10 });
    expect(items[0]?.groupNames).toEqual(['居民群']);
  });

  it('counts the registered concerns a person raised there', async () => {
    await people.insertOne(person('a', '张桂兰'));
    const concern = (id: string, placeId: string, number?: number) =>
      ({ _id: id, placeId, authorId: 'a', ...(number !== undefined && { number }) }) as never;
    const concerns = collectionOf(connection, concernsCollection);
    await concerns.insertMany([
      concern('1', 'xfl', 1),
      concern('2', 'xfl', 2),
      concern('3', 'pal', 1),
      concern('4', 'xfl'),
    ]);
    const { items } = await list.page({ placeIds: ['xfl'], limit: 10 });
    expect(items[0]?.concerns).toBe(2);
  });

  it.each([
    { placeIds: ['xfl', 'xfl-3'], limit: 50 },
    { placeIds: ['xfl', 'xfl-3'], search: '王', limit: 50 },
    { placeIds: ['xfl'], after: Buffer.from('["王1","p05"]').toString('base64url'), limit: 50 },
  ])('is served in order by an index: %j', async (query) => {
    await people.insertMany(Array.from({ length: 60 }, (_, n) => person(`p${String(n)}`, `王${String(n)}`)));
    const plan = await people.find(peopleFilter(query)).sort(PEOPLE_ORDER).limit(51).explain('queryPlanner');
    const winning = JSON.stringify(
      (plan as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan,
    );
    expect(winning).toContain('IXSCAN');
    expect(winning).not.toMatch(/"COLLSCAN"|"SORT"/);
  });
});
