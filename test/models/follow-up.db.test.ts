import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignmentsCollection } from '#models/assignments';
import { collectionOf } from '#models/collection';
import { noticesCollection } from '#models/notices';
import { objectionsCollection } from '#models/objections';
import { outcomesCollection } from '#models/outcomes';
import { at } from '#test/support/follow-up-people';
import { createFollowUpTown } from '#test/support/follow-up-town';

const town = await createFollowUpTown();
afterAll(() => town.close());
beforeAll(() => town.empty());

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
  readonly shards?: unknown;
}

function stagesOf(plan: Stage): string[] {
  const inner = [...(plan.inputStages ?? []), ...(plan.inputStage ? [plan.inputStage] : [])];
  return [plan.stage, ...inner.flatMap(stagesOf)];
}

/** Runs a store's reads and gives the plans of all queries they sent. */
async function plansOf(collection: string, filter: object, sort: Record<string, 1 | -1>) {
  const found = await town.connection
    .collection(collection)
    .find(filter)
    .sort(sort)
    .limit(51)
    .explain('queryPlanner');
  return stagesOf((found as { queryPlanner: { winningPlan: Stage } }).queryPlanner.winningPlan);
}

describe('every list is served by an index, sorting too', () => {
  it.each([
    [
      'outcomes',
      { placeId: { $in: ['xfl', 'b'] }, state: { $in: ['publicity', 'stopped'] } },
      { publicUntil: -1, _id: -1 },
    ],
    ['outcomes', { placeId: { $in: ['xfl', 'b'] } }, { publicUntil: -1, _id: -1 }],
    ['outcomes', { placeId: 'xfl', topicNumber: 3 }, { publicFrom: -1, _id: -1 }],
    ['outcomes', { topicId: 'topic:3' }, { publicFrom: -1, _id: -1 }],
    ['objections', { outcomeId: 'o' }, { sentAt: 1, _id: 1 }],
    [
      'assignments',
      { $and: [{ placeId: { $in: ['xfl', 'b'] } }, { state: { $in: ['open', 'claimed'] } }] },
      { dueAt: 1, _id: 1 },
    ],
    ['assignments', { $and: [{ placeId: { $in: ['xfl', 'b'] } }] }, { dueAt: 1, _id: 1 }],
    [
      'assignments',
      {
        $and: [
          { placeId: { $in: ['xfl'] } },
          { state: { $in: ['open'] } },
          { $or: [{ groupId: { $in: ['wuye'] } }, { ownerId: 'p' }] },
        ],
      },
      { dueAt: 1, _id: 1 },
    ],
    [
      'assignments',
      { groupId: 'wuye', state: { $in: ['open', 'claimed', 'returned'] } },
      { dueAt: 1, _id: 1 },
    ],
    ['assignments', { topicId: 'topic:3' }, { number: 1 }],
    ['assignments', { placeId: 'xfl', number: 5 }, { dueAt: 1, _id: 1 }],
    ['notices', { placeId: { $in: ['xfl', 'b'] } }, { createdAt: -1, _id: -1 }],
    ['notices', { placeId: 'xfl', number: 8 }, { createdAt: -1, _id: -1 }],
    ['notices', { placeId: 'xfl', confirmCode: '8842' }, { createdAt: -1, _id: -1 }],
  ] as const)('%s %j by %j', async (collection, filter, sort) => {
    const stages = await plansOf(collection, filter, { ...sort });
    expect(stages).toContain('IXSCAN');
    expect(stages).not.toContain('COLLSCAN');
    const isOne = 'number' in filter || 'confirmCode' in filter;
    if (!isOne) expect(stages).not.toContain('SORT');
  });
});

describe('what is stored', () => {
  it('comes back as it was', async () => {
    const item = {
      action: '换路灯',
      ownerName: '刘建国',
      unit: '物业',
      groupId: 'wuye',
      dueAt: at('2026-12-30T18:00'),
    };
    await town.step(town.outcomes.publish, '刘敏', {
      topicId: 'topic:3',
      groupIds: ['3号楼群'],
      items: [item],
    });
    await town.say('异议 3 不行', { who: '张桂兰', in: '3号楼群' });
    const stored = await town.stores.outcomes.ofTopic('topic:3');
    expect(stored).toMatchObject({ items: [item], round: 1, state: 'stopped', revision: 2 });
    expect(await town.stores.outcomes.objectionsTo(stored?.id ?? '')).toMatchObject([
      { reason: '不行', inTime: true },
    ]);
    for (const definition of [
      outcomesCollection,
      objectionsCollection,
      assignmentsCollection,
      noticesCollection,
    ]) {
      const documents = await collectionOf(town.connection, definition as never)
        .find({})
        .toArray();
      const known = new Set(['_id', ...Object.keys(definition.schema.paths)]);
      for (const document of documents)
        expect(Object.keys(document).filter((key) => !known.has(key))).toEqual([]);
    }
  });

  it('pages notices from the latest on, and a cursor that is none starts over', async () => {
    for (const [index, text] of ['一', '二', '三'].entries()) {
      town.useChance(index / 10);
      await town.step(town.notices.prepare, '刘敏', { text: `停水${text}`, groupIds: ['3号楼群'] });
    }
    const list = (after?: string) =>
      town.stores.notices.list({ placeIds: ['xfl'], limit: 2, ...(after !== undefined && { after }) });
    const first = await list();
    const second = await list(first.next);
    expect([first, second].map((page) => page.items.map((one) => one.text))).toEqual([
      ['停水三', '停水二'],
      ['停水一'],
    ]);
    expect((await list('$where')).items).toHaveLength(2);
    expect((await town.stores.notices.list({ placeIds: ['elsewhere'], limit: 2 })).items).toEqual([]);
  });
});
