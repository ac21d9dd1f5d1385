import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StepAnswer } from '#src/http/contract';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, postJson, type Town } from '#test/support/chat';
import { cookieFrom, freshRequestId, refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
});
afterAll(() => app.stop());

const concern = async (persona: string, text: string) => {
  await town.residents.says(persona, `反映 ${text}`);
  const found = await app.database.db.collection<{ _id: string }>('concerns').findOne({ text });
  return found?._id ?? '';
};
const count = (collection: string, filter: object = {}) =>
  app.database.db.collection(collection).countDocuments(filter);

describe('a step from another site’s page', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
  ])('is refused: %o', async (headers) => {
    const body = { requestId: freshRequestId(), input: { name: '某人', text: '楼道灯坏了' } };
    const before = await count('concerns');
    expect(await liuMin.ask('POST', '/steps/concern.enterFor', body, headers)).toMatchObject({ status: 403 });
    expect(await liuMin.ask('POST', '/undo', { requestId: body.requestId }, headers)).toMatchObject({
      status: 403,
    });
    expect(await count('concerns')).toBe(before);
  });

  it('as a plain form, which browsers send without asking, is not understood', async () => {
    const cookie = await cookieFrom(app.demo.users[0]?.loginUrl ?? '');
    const answer = await fetch(`${app.baseUrl}/api/console/steps/concern.enterFor`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'text/plain' },
      body: JSON.stringify({ requestId: freshRequestId(), input: { name: '某人', text: '表单' } }),
    });
    expect(answer.status).toBe(400);
    expect(await count('concerns', { text: '表单' })).toBe(0);
  });
});

describe('a double click', () => {
  it('has one effect and both clicks get the same answer', async () => {
    const input = { name: '王大爷', text: '打电话来说水管漏水' };
    const body = { requestId: freshRequestId(), input };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => liuMin.ask('POST', '/steps/concern.enterFor', body)),
    );
    answers.push(await liuMin.ask('POST', '/steps/concern.enterFor', body));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200 });
    expect(await count('concerns', { text: input.text })).toBe(1);
  });

  it('on a broadcast sends it once', async () => {
    const groupIds = ['group:xingfuli-residents'];
    const { created } = await liuMin.step('notice.prepare', { text: '明天停水', groupIds });
    const body = { requestId: freshRequestId(), input: { noticeId: created?.id ?? '' } };
    const answers = await Promise.all([1, 2, 3].map(() => liuMin.ask('POST', '/steps/notice.confirm', body)));
    const other = await liuMin.ask('POST', '/steps/notice.confirm', { ...body, requestId: freshRequestId() });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(other.status).toBe(422);
    await town.clock.forward(11);
    expect((await town.residents.all()).filter(({ text }) => text.includes('明天停水'))).toHaveLength(1);
  });

  it('cannot be used by somebody else under the same id', async () => {
    const body = { requestId: freshRequestId(), input: { name: '李大爷', text: '打电话来说有积水' } };
    await liuMin.ask('POST', '/steps/concern.enterFor', body);
    const yangFan = await signIn(app, '杨帆');
    const answer = await yangFan.ask('POST', '/steps/concern.enterFor', {
      ...body,
      input: { name: '李大爷', text: '另一件事' },
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(await count('concerns', { text: '另一件事' })).toBe(1);
  });
});

describe('undo', () => {
  const answered = async (persona: string, text: string) => {
    const concernId = await concern(persona, text);
    const requestId = freshRequestId();
    const answer = await liuMin.step(
      'concern.answer',
      { concernIds: [concernId], kind: 'done', text: '修好了' },
      requestId,
    );
    return { concernId, requestId, answer };
  };
  const forward = (advanceSeconds: number) => postJson(app, '/api/playground/clock', { advanceSeconds });
  const stateOf = async (id: string) =>
    (await app.database.db.collection<{ _id: string }>('concerns').findOne({ _id: id }))?.['state' as never];

  it('at nine seconds takes the step back, and nothing was sent', async () => {
    const { concernId, requestId, answer } = await answered('张桂兰', '单元门关不上');
    expect(Date.parse((answer satisfies StepAnswer).undoUntil ?? '')).toBeGreaterThan(
      town.clock.now().getTime(),
    );
    await forward(9);
    const undone = await liuMin.ask('POST', '/undo', { requestId });
    expect(undone).toEqual({ status: 200, body: { summary: '已撤销' } });
    await town.clock.forward(60);
    await town.direct('张桂兰').shouldNotReply();
    expect(await stateOf(concernId)).toBe('open');
    expect((await liuMin.ask('POST', '/undo', { requestId })).status).toBe(409);
  });

  it('at eleven seconds is too late: it was sent once', async () => {
    const { concernId, requestId } = await answered('李明', '围墙裂了一道缝');
    await town.clock.forward(11);
    await town.direct('李明').expectReply(/有结果了/);
    await town.direct('李明').shouldNotReply();
    expect(await liuMin.ask('POST', '/undo', { requestId })).toMatchObject({
      status: 409,
      body: { code: 'undo.tooLate' },
    });
    expect(await stateOf(concernId)).toBe('answered');
  });

  it('of another person’s step is unknown', async () => {
    const { requestId } = await answered('王芳', '健身器材坏了');
    const yangFan = await signIn(app, '杨帆');
    expect(await yangFan.ask('POST', '/undo', { requestId })).toMatchObject({
      status: 409,
      body: { code: 'undo.unknown' },
    });
  });
});

describe('a step that cannot be', () => {
  it('names the fields that are wrong', async () => {
    const refusal = await refusedStep(liuMin, 'concern.enterFor', { name: '', text: '长'.repeat(2_001) });
    expect(refusal).toMatchObject({
      status: 400,
      fields: { name: expect.any(String) as string, text: expect.any(String) as string },
    });
  });

  it('of no known name, or under no proper request id, is refused', async () => {
    expect(
      await liuMin.ask('POST', '/steps/constructor', { requestId: freshRequestId(), input: {} }),
    ).toMatchObject({ status: 404 });
    expect(await liuMin.ask('POST', '/steps/concern.enterFor', { requestId: 'x', input: {} })).toMatchObject({
      status: 400,
    });
  });

  it('about something that was changed meanwhile says so', async () => {
    const options = ['甲', '乙'];
    const { created } = await liuMin.step('topic.create', {
      concernIds: [],
      title: '停车怎么办',
      description: '',
      options,
      source: 'members',
    });
    const edit = { topicId: created?.id ?? '', revision: 1, title: '停车怎么收费', description: '', options };
    await liuMin.step('topic.edit', edit);
    const late = await refusedStep(liuMin, 'topic.edit', { ...edit, title: '别的' });
    expect(late).toMatchObject({
      status: 422,
      code: 'revision.old',
      message: expect.stringMatching(/改过/) as string,
    });
  });
});
