import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { UNDO_MS } from '#core/commit';
import type { Decision, Write } from '#core/decision';
import { ConflictError } from '#core/errors';
import { createAuditLog } from '#models/audit';
import { createGuardedCommit } from '#models/commit';
import { createNumberStore } from '#models/counters';
import { collections } from '#models/registry';
import { createRequestCommits } from '#models/request-commits';
import { connectDatabase } from '#src/database/connection';
import { ensureIndexes } from '#src/database/indexes';
import { createFakeClock } from '#test/support/fake-clock';
import { NOON } from '#test/support/inbound';
import { groupIn, PLACE, settle } from '#test/support/inbox-engine';
import { connectTestDatabase } from '#test/support/mongo';

const database = await connectTestDatabase();
const connection = await connectDatabase({ uri: database.uri });
await ensureIndexes(connection, collections);
const clock = createFakeClock(NOON);
const recounted: string[] = [];
const guarded = createGuardedCommit({
  connection,
  clock,
  recountEndorsements: async (ids) => void recounted.push(...ids),
});
const requests = createRequestCommits({ connection, guarded });
const { db } = database;
const later = (ms: number) => new Date(NOON.getTime() + ms);

beforeEach(async () => {
  await database.empty();
  await settle(connection, ['residents']);
});
afterAll(async () => {
  await connection.close();
  await database.close();
});

const groupName = async () => (await db.collection('groups').findOne())?.['name'] as string;

function renaming(from: string, to: string): Write {
  return {
    kind: 'update',
    collection: 'groups',
    filter: { _id: groupIn('residents').id, name: from },
    update: { $set: { name: to } },
    mustMatch: true,
  };
}

function step(from: string, to: string, more: Partial<Decision> = {}): Decision {
  return {
    writes: [renaming(from, to)],
    dispatches: [{ key: `renamed:${to}`, to: groupIn('residents').conversation, body: { text: to } }],
    audit: [{ placeId: PLACE.id, action: 'group.renamed', actorId: 'liu', subjectId: 'residents', at: NOON }],
    guarded: true,
    ...more,
  };
}

const key = (requestId: string, at = NOON) => ({ requestId, personId: 'liu', placeId: PLACE.id, at });

describe('a guarded commit', () => {
  it('carries everything out', async () => {
    await guarded.commitGuarded(step('residents', '新名', { recountConcernIds: ['c1'] }), {
      requestId: 'r',
      at: NOON,
    });

    expect(await groupName()).toBe('新名');
    expect(await db.collection('outbox').countDocuments()).toBe(1);
    expect(await createAuditLog(connection).firstBreak(PLACE.id)).toBeUndefined();
    expect(recounted).toEqual(['c1']);
  });

  it('does nothing at all when one write that must match misses', async () => {
    const person = { _id: 'p1', name: '张', homePlaceId: PLACE.id, offices: [] };
    const insert: Write = { kind: 'insertOnce', collection: 'people', document: person };
    const decision = { ...step('residents', '新名'), writes: [insert, renaming('别的名', '新名')] };

    await expect(guarded.commitGuarded(decision, { requestId: 'r', at: NOON })).rejects.toThrow(
      ConflictError,
    );

    for (const name of ['people', 'outbox', 'audit'])
      expect(await db.collection(name).countDocuments()).toBe(0);
  });

  it('lets exactly one of many racing steps through', async () => {
    const racing = Array.from({ length: 8 }, (_, index) =>
      guarded.commitGuarded(step('residents', `名${index}`), { requestId: `r${index}`, at: NOON }),
    );

    const ends = await Promise.allSettled(racing);

    expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
    expect(await db.collection('outbox').countDocuments()).toBe(1);
    expect(await db.collection('audit').countDocuments()).toBe(1);
  });

  it('puts the guards of the caller in front', async () => {
    const guards = [renaming('别的名', '抢到')];

    await expect(
      guarded.commitGuarded(step('residents', '新名'), { requestId: 'r', at: NOON, guards }),
    ).rejects.toThrow(ConflictError);
    expect(await groupName()).toBe('residents');
  });

  it('refuses a document that the schema does not know', async () => {
    const document = { _id: 'p1', name: '张', homePlaceId: PLACE.id, offices: [], phone: '1' };
    const decision: Decision = {
      writes: [{ kind: 'insertOnce', collection: 'people', document }],
      dispatches: [],
    };

    await expect(guarded.commitGuarded(decision, { requestId: 'r', at: NOON })).rejects.toThrow('phone');
  });
});

describe('a console request', () => {
  const undoable = () =>
    step('residents', '新名', { undo: [renaming('新名', 'residents')], summary: '已改名' });

  it('has one effect and one answer, however often it is sent', async () => {
    const first = await requests.commit(undoable(), key('r1'));
    const again = await requests.answerOf('r1', 'liu');

    expect(first).toEqual({ summary: '已改名', undoUntil: later(UNDO_MS) });
    expect(again).toEqual(first);
    expect(await requests.answerOf('r1', 'somebody else')).toBeUndefined();
  });

  it('has one effect when it is sent twice at once', async () => {
    const decision = { ...undoable(), writes: [] };

    const answers = await Promise.all([
      requests.commit(decision, key('r1')),
      requests.commit(decision, key('r1')),
    ]);

    expect(answers[0]).toEqual(answers[1]);
    expect(await db.collection('audit').countDocuments()).toBe(1);
  });

  it('sends nothing while it can be taken back, and nothing after it was', async () => {
    await requests.commit(undoable(), key('r1'));
    expect(await db.collection('outbox').findOne()).toMatchObject({ dueAt: later(UNDO_MS) });

    expect(await requests.undo('r1', 'liu', later(9_000))).toBe('undone');

    expect(await groupName()).toBe('residents');
    expect(await db.collection('outbox').countDocuments()).toBe(0);
    const log = await db.collection('audit').find().sort({ at: 1 }).toArray();
    expect(log.map(({ action }) => action as string)).toEqual(['group.renamed', 'group.renamed.undone']);
    expect(log[1]).toMatchObject({ actorId: log[0]?.['actorId'] as string, at: later(9_000) });
    await requests.commit(undoable(), key('r2', later(20_000)));
    expect(await db.collection('outbox').countDocuments()).toBe(1);
  });

  it.each([
    ['too late', 'liu', later(11_000), 'tooLate'],
    ['by somebody else', 'wang', later(1_000), 'unknown'],
  ])('is not taken back %s', async (_when, person, at, expected) => {
    await requests.commit(undoable(), key('r1'));

    expect(await requests.undo('r1', person, at)).toBe(expected);
    expect(await groupName()).toBe('新名');
  });

  it('is taken back once', async () => {
    await requests.commit(undoable(), key('r1'));

    const ends = [await requests.undo('r1', 'liu', NOON), await requests.undo('r1', 'liu', NOON)];

    expect(ends).toEqual(['undone', 'tooLate']);
  });

  it('is not taken back over what others did since', async () => {
    await requests.commit(undoable(), key('r1'));
    await guarded.commitGuarded(step('新名', '又新'), { requestId: 'r2', at: NOON });

    expect(await requests.undo('r1', 'liu', NOON)).toBe('changed');
    expect(await groupName()).toBe('又新');
    expect(await db.collection('outbox').countDocuments()).toBe(2);
  });
});

describe('human numbers', () => {
  const numbers = createNumberStore(connection);
  const ask = (holderId: string, index = 0) =>
    ({ holder: 'requests', holderId, placeId: PLACE.id, kind: 'topic', index }) as const;

  it('are given out without gaps and never twice, to many at once', async () => {
    const taken = await Promise.all(
      Array.from({ length: 40 }, (_, index) => numbers.take([ask(`a${index}`), ask(`b${index}`)])),
    );

    expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  });

  it('stay with whoever asked first', async () => {
    const [first] = await numbers.take([ask('r1')]);
    const [again, second] = await numbers.take([ask('r1'), ask('r1', 1)]);

    expect(again).toBe(first);
    expect(second).not.toBe(first);
    expect(await requests.answerOf('r1', 'liu')).toBeUndefined();
  });

  it('are the same for two who ask at once for the same', async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => numbers.take([ask('r1')])));

    expect(new Set(taken.flat()).size).toBe(1);
  });
});

describe('the audit chain', () => {
  const log = createAuditLog(connection);
  const entry = (id: string) => ({
    id,
    placeId: PLACE.id,
    action: 'test',
    actorId: 'liu',
    subjectId: id,
    at: NOON,
    facts: { count: 1, name: 'x' },
  });

  it('stays whole while many append at once, and takes each entry once', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `e${index}`);
    await Promise.all([...ids, ...ids.slice(0, 10)].map((id) => log.append([entry(id)])));

    expect(await db.collection('audit').countDocuments()).toBe(30);
    expect(await log.firstBreak(PLACE.id)).toBeUndefined();
  });

  it.each([
    ['changed', () => db.collection('audit').updateOne({ seq: 2 }, { $set: { 'facts.count': 2 } }), 2],
    ['removed', () => db.collection('audit').deleteOne({ seq: 2 }), 2],
    ['swapped', () => db.collection('audit').updateOne({ seq: 3 }, { $set: { hash: 'x' } }), 3],
  ])('shows where an entry was %s', async (_what, tamper, expected) => {
    for (const id of ['a', 'b', 'c', 'd']) await log.append([entry(id)]);

    await tamper();

    expect(await log.firstBreak(PLACE.id)).toBe(expected);
  });
});
