import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AssignmentDetail, AssignmentRow, Page, PersonRow, TopicRow } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { consoleOf, freshRequestId, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let property: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  property = await signIn(app, '刘建国');
});
afterAll(() => app.stop());

describe('the list of people in the console', () => {
  it('names offices, groups and concerns in words', async () => {
    await town.residents.says('张桂兰', '反映 3号楼门口路灯坏了');
    const { items } = await liuMin.get<Page<PersonRow>>('/people?search=张桂');
    expect(items).toMatchObject([{ name: '张桂兰', offices: [], groups: ['幸福里居民群'], concerns: 1 }]);
    const staff = await liuMin.get<Page<PersonRow>>('/people?search=刘建国');
    expect(staff.items[0]?.offices).toEqual(['承办单位（物业）']);
  });

  it('spreads no numbers that people wrote into their names', async () => {
    const people = app.database.db.collection<{ _id: string; name: string }>('people');
    await people.updateOne({ name: '张桂兰' }, { $set: { name: '张桂兰138 0013 8000' } });
    const answer = await liuMin.ask('GET', '/people?search=张桂');
    await people.updateOne({ name: '张桂兰138 0013 8000' }, { $set: { name: '张桂兰' } });
    expect(JSON.stringify(answer.body)).toContain('张桂兰…');
    expect(JSON.stringify(answer.body)).not.toMatch(/138|8000/);
  });

  it('is for secretaries only', async () => {
    expect(await property.ask('GET', '/people')).toMatchObject({ status: 403 });
    expect(await consoleOf(app).ask('GET', '/people')).toMatchObject({ status: 401 });
  });
});

const LARGE = Buffer.alloc(2_500_000, 7).toString('base64');
const photo = { name: '灯.jpg', mime: 'image/jpeg', data: LARGE } as const;

describe('photos of what was done', () => {
  let assignmentId: string;
  beforeAll(async () => {
    assignmentId = await handOver();
  });

  it('reach the secretary with the words', async () => {
    await property.step('assignment.report', { assignmentId, text: '灯换好了', attachments: [photo, photo] });
    const { report } = await liuMin.get<AssignmentDetail>(`/assignments/${encodeURIComponent(assignmentId)}`);
    expect(report).toMatchObject({ text: '灯换好了' });
    expect(report?.photos).toHaveLength(2);
    const url = report?.photos[0]?.url.replace('/api/console', '') ?? '';
    expect(await liuMin.ask('GET', url)).toMatchObject({ status: 200 });
  });

  it('have room in this step only', async () => {
    const body = { requestId: freshRequestId(), input: { assignmentId, reason: LARGE } };
    expect(await property.ask('POST', '/steps/assignment.handBack', body)).toMatchObject({ status: 413 });
  });

  it('are not read from anybody who is not signed in', async () => {
    const body = { requestId: freshRequestId(), input: { assignmentId, text: '好了', attachments: [photo] } };
    expect(await consoleOf(app).ask('POST', '/steps/assignment.report', body)).toMatchObject({ status: 413 });
  });

  it.each([
    ['too many', Array.from({ length: 10 }, () => ({ ...photo, data: 'AAAA' }))],
    ['no picture', [{ ...photo, mime: 'text/html', data: 'AAAA' }]],
    ['too large', [{ ...photo, data: Buffer.alloc(4_100_000).toString('base64') }]],
  ])('are refused when they are %s', async (_what, attachments) => {
    const body = { requestId: freshRequestId(), input: { assignmentId, text: '好了', attachments } };
    expect(await property.ask('POST', '/steps/assignment.report', body)).toMatchObject({ status: 400 });
  });
});

/** From a concern to an assignment of the property company. */
async function handOver(): Promise<string> {
  const concerns = await liuMin.get<Page<{ id: string }>>('/concerns');
  const concernIds = concerns.items.map(({ id }) => id);
  const topic = {
    concernIds,
    title: '路灯怎么修',
    description: '',
    options: ['修', '换'],
    source: 'residents' as const,
  };
  const { created } = await liuMin.step('topic.create', topic);
  const topicId = created?.id ?? '';
  for (const stage of ['consult', 'outcome'] as const) {
    const { revision, stage: now } = await liuMin.get<TopicRow & { revision: number }>(
      `/topics/${encodeURIComponent(topicId)}`,
    );
    if (now !== stage) await liuMin.step('topic.stage', { topicId, revision, stage, note: '已办' });
  }
  const due = new Date(town.clock.now().getTime() + 30 * 86_400_000).toISOString();
  const item = {
    action: '换灯',
    ownerName: '刘建国',
    unit: '物业',
    groupId: 'group:xingfuli-property',
    dueAt: due,
  };
  await liuMin.step('outcome.publish', { topicId, items: [item], groupIds: ['group:xingfuli-residents'] });
  for (let days = 0; days < 14; days += 1) {
    await town.clock.forward(86_400);
    const { items } = await property.get<Page<AssignmentRow>>('/assignments');
    if (items[0]) return items[0].id;
  }
  throw new Error('nothing was handed over');
}
