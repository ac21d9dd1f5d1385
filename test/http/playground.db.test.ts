import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { getJson, openTown, postJson, type Town } from '#test/support/chat';
import { readEvents } from '#test/support/events';

let app: TestApp;
let town: Town;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
});
afterAll(() => app.stop());

const GROUP = '/api/playground/conversations/xingfuli-residents';
const said = (persona: string, text: string, more: object = {}) =>
  postJson(app, `${GROUP}/messages`, { persona, text, ...more });
const inInbox = (id: string) =>
  app.database.db.collection('inbox').countDocuments({ 'message.messageId': id });

describe('posting', () => {
  it('202 means that the message is in the inbox', async () => {
    const answer = await said('张桂兰', '大家早', { messageId: 'durable-1' });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ messageId: 'durable-1' });
    expect(await inInbox('durable-1')).toBe(1);
  });

  it('a message without an id gets one', async () => {
    const { messageId } = (await (await said('张桂兰', '大家早')).json()) as { messageId: string };
    expect(messageId.length).toBeGreaterThan(8);
  });

  it('the same id again, at the same time too, is answered alike and has no second effect', async () => {
    const post = () => said('李明', '反映 地下车库漏水', { messageId: 'again-1' });
    const answers = await Promise.all([post(), post(), post()]);
    answers.push(await post());
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    await town.quiet();
    expect(await inInbox('again-1')).toBe(1);
    expect(await app.database.db.collection('concerns').countDocuments({ text: '地下车库漏水' })).toBe(1);
    expect((await town.residents.all()).filter(({ id }) => id === 'again-1')).toHaveLength(1);
  });

  it.each([
    ['nobody of that name is in the chat', 403, () => said('某某', '在吗')],
    [
      'there is no such chat',
      404,
      () =>
        postJson(app, '/api/playground/conversations/nowhere/messages', { persona: '张桂兰', text: '在' }),
    ],
    ['the persona is missing', 400, () => postJson(app, `${GROUP}/messages`, { text: '在' })],
    ['the text is no text', 400, () => said('张桂兰', '', { text: 7 })],
    ['the message id has strange signs', 400, () => said('张桂兰', '在', { messageId: '../x' })],
    [
      'there are ten photos',
      400,
      () => said('张桂兰', '看', { attachments: Array(10).fill({ mime: 'image/png', data: 'AAAA' }) }),
    ],
    [
      'the photo is a script',
      400,
      () => said('张桂兰', '看', { attachments: [{ mime: 'text/html', data: 'AAAA' }] }),
    ],
    ['the text has more than 100,000 characters', 400, () => said('张桂兰', '长'.repeat(100_001))],
    [
      'the body is no JSON',
      400,
      () =>
        fetch(`${app.baseUrl}${GROUP}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{',
        }),
    ],
    [
      'another site’s page sends it',
      403,
      () =>
        postJson(
          app,
          `${GROUP}/messages`,
          { persona: '张桂兰', text: '在' },
          { origin: 'https://evil.example' },
        ),
    ],
  ])('it is refused when %s', async (_why, status, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { message: string }).message).toMatch(/\p{Script=Han}/u);
  });

  it('a body of more than 50 MB is refused with 413', async () => {
    const body = `{"persona":"张桂兰","text":"${'a'.repeat(52_500_000)}"}`;
    const answer = await fetch(`${app.baseUrl}${GROUP}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(413);
  });
});

describe('reading', () => {
  it('goes on after a position', async () => {
    const all = await town.residents.all();
    const middle = all[1]?.seq ?? 0;
    const { messages } = await getJson<{ messages: { seq: number }[] }>(
      app,
      `${GROUP}/messages?after=${middle}`,
    );
    expect(messages.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).filter((seq) => seq > middle));
    expect((await fetch(`${app.baseUrl}${GROUP}/messages?after=x`)).status).toBe(400);
    expect((await fetch(`${app.baseUrl}/api/playground/conversations/nowhere/messages`)).status).toBe(404);
  });

  it('positions are without gaps, whoever writes at once', async () => {
    const names = ['张桂兰', '李明', '王芳', '赵国强', '孙丽', '周建军'];
    await Promise.all(names.flatMap((name) => [said(name, '大家早'), said(name, '早上好')]));
    await town.quiet();
    const seqs = (await town.residents.all()).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  it('a stream that was cut goes on by Last-Event-ID without gap or double', async () => {
    const stream = `${app.baseUrl}${GROUP}/stream`;
    const before = (await town.residents.all()).length;
    const first = await readEvents(stream, { count: before });
    const cutAt = first[before - 3]?.id ?? '';
    await said('王芳', '反映 楼道堆了杂物');
    await town.quiet();
    const after = await readEvents(stream, { lastEventId: cutAt, count: 4 });
    const ids = [...first.slice(0, before - 2), ...after].map(({ id }) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(JSON.parse(after.at(-1)?.data ?? '{}')).toMatchObject({
      from: { bot: true },
      text: expect.stringMatching(/^已登记/) as string,
    });
  });

  it('a picture or photo that does not exist is 404', async () => {
    for (const path of ['media/none', 'messages/none/picture.png'])
      expect((await fetch(`${app.baseUrl}/api/playground/${path}`)).status).toBe(404);
  });
});

describe('the clock', () => {
  it.each([[-1], [1.5], ['60'], [10 ** 9]])('cannot be moved by %s', async (advanceSeconds) => {
    expect((await postJson(app, '/api/playground/clock', { advanceSeconds })).status).toBe(400);
  });

  it('stays moved over a restart, and the conversations stay too', async () => {
    await town.clock.forward(86_400);
    const before = await getJson<{ now: string; offsetSeconds: number }>(app, '/api/playground/clock');
    const said = (await town.residents.all()).length;
    await app.restart();
    const after = await getJson<{ now: string; offsetSeconds: number }>(app, '/api/playground/clock');
    expect(after.offsetSeconds).toBe(before.offsetSeconds);
    expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(before.now));
    expect(await town.residents.all()).toHaveLength(said);
  });
});

describe('the description', () => {
  it('names every route of the playground with its answers', async () => {
    const { openapi, paths } = await getJson<{
      openapi: string;
      paths: Record<string, Record<string, { responses: object }>>;
    }>(app, '/api/openapi.json');
    expect(openapi).toMatch(/^3\.1/);
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes).toEqual(
      expect.arrayContaining([
        'get /api/playground/conversations',
        'get /api/playground/conversations/{id}/messages',
        'post /api/playground/conversations/{id}/messages',
        'get /api/playground/conversations/{id}/stream',
        'get /api/playground/clock',
        'post /api/playground/clock',
      ]),
    );
    expect(
      Object.keys(paths['/api/playground/conversations/{id}/messages']?.['post']?.responses ?? {}),
    ).toEqual(expect.arrayContaining(['202', '400', '403', '404', '413']));
  });

  it('is not there when the playground is off', async () => {
    const off = await startApp({ database: app.database, environment: { PLAYGROUND: 'off' } });
    expect((await fetch(`${off.baseUrl}/api/playground/conversations`)).status).toBe(404);
    await off.stop();
  });
});
