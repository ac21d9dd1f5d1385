import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import type { ConcernDetail } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { refusedStep, signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
});
afterAll(() => app.stop());

describe('every answer', () => {
  it.each([
    '/healthz',
    '/readyz',
    '/api/openapi.json',
    '/api/playground/conversations',
    '/api/console/me',
    '/nowhere',
  ])('%s carries the headers that keep browsers careful', async (path) => {
    const { headers } = await fetch(`${app.baseUrl}${path}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/script-src 'self'(;|$)/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('of the program’s state is plain: alive, ready, counted', async () => {
    expect((await fetch(`${app.baseUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.baseUrl}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${app.baseUrl}/metrics`)).text()).toContain('yishi_inbox_events_total');
  });

  it('from the console is kept by no cache on the way', async () => {
    const cookie = await fetch(app.demo.users[0]?.loginUrl ?? '', { redirect: 'manual' });
    const answer = await fetch(`${app.baseUrl}/api/console/me`, {
      headers: { cookie: cookie.headers.getSetCookie()[0]?.split(';')[0] ?? '' },
    });
    expect(answer.headers.get('cache-control')).toMatch(/no-store|private/);
  });
});

describe('markup', () => {
  const words =
    '<script>alert(1)</script>楼道灯坏了 **粗** [点我](javascript:alert(1)) <img src=x onerror=alert(2)>';

  it('in names and texts stays text everywhere', async () => {
    const name = '<b onclick=x>何涛</b>';
    const personId = 'person:resident-10';
    const { db } = app.database;
    await db.collection<{ _id: string }>('people').updateOne({ _id: personId }, { $set: { name } });
    await db.collection('identities').updateOne({ personId }, { $set: { displayName: name } });
    await expect
      .poll(() => town.residents.post(name, `反映 ${words}`).then(({ status }) => status), { timeout: 4_000 })
      .toBe(202);
    await town.quiet();
    const reply = await town.residents.expectReply(/^已登记/);
    expect(reply.text).toContain('<script>');
    const { items } = await liuMin.get<{ items: { id: string; text: string; authorName: string }[] }>(
      '/concerns',
    );
    expect(items[0]).toMatchObject({ text: words, authorName: name });
    const detail = await liuMin.get<ConcernDetail>(`/concerns/${encodeURIComponent(items[0]?.id ?? '')}`);
    expect(detail.text).toBe(words);
  });

  it('in an address is answered as data, never as a page', async () => {
    const answer = await fetch(`${app.baseUrl}/api/console/%3Cscript%3Ealert(1)%3C/script%3E`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.text()).not.toContain('<script>');
    const login = await fetch(`${app.baseUrl}/login/%3Cscript%3E`, { redirect: 'manual' });
    expect(login.headers.get('location')).toBe('/console/sign-in?link=expired');
  });
});

describe('a hidden poll', () => {
  const voters = ['张桂兰', '李明', '王芳', '赵国强', '孙丽'];
  let pollId = '';
  let topicId = '';

  it('shows the same whoever voted for what, until it closes', async () => {
    const options = ['赞成', '反对', '弃权'];
    const topic = await liuMin.step('topic.create', {
      concernIds: [],
      title: '要不要装电梯',
      description: '',
      options,
      source: 'members',
    });
    topicId = topic.created?.id ?? '';
    const poll = {
      topicId,
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-10T18:00:00+08:00',
      quorum: 3,
      options,
    };
    pollId = (await liuMin.step('poll.open', poll)).created?.id ?? '';
    for (const name of voters) await town.direct(name).says(name, '1');
    await town.clock.forward(120);
    const before = await everythingShown();
    const shown = await liuMin.get<PollDetail>(`/polls/${encodeURIComponent(pollId)}`);
    expect(shown).toMatchObject({ voters: 5, byGroup: [{ voters: 5, members: 11 }] });
    for (const name of voters) await town.direct(name).says(name, '2');
    expect(await everythingShown()).toEqual(before);
    expect(before.join()).not.toMatch(/"counts":\[|"leading"/);
  });

  it('shows its counts after closing', async () => {
    await town.clock.to('2026-09-10T18:00:02+08:00');
    const detail = await liuMin.get<PollDetail>(`/polls/${encodeURIComponent(pollId)}`);
    expect(detail).toMatchObject({ state: 'closed', counts: [0, 5, 0] });
  });

  async function everythingShown(): Promise<string[]> {
    const paths = [
      '/polls',
      `/polls/${encodeURIComponent(pollId)}`,
      '/topics',
      `/topics/${encodeURIComponent(topicId)}`,
      '/today',
      '/groups',
    ];
    const console = await Promise.all(paths.map(async (path) => JSON.stringify(await liuMin.get(path))));
    return [
      ...console,
      JSON.stringify(await town.residents.all()),
      JSON.stringify(await town.secretaries.all()),
    ];
  }
});

describe('the log', () => {
  it('holds no text, name, phone, password or token, also when something fails', async () => {
    const post = (path: string, body: unknown) =>
      fetch(`${app.baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await post('/api/console/sign-in', { login: 'canary-login', password: 'canary-password' });
    await post('/api/playground/conversations/xingfuli-residents/messages', {
      persona: '金丝雀',
      text: '金丝雀',
    });
    await town.residents.says('张桂兰', '反映 金丝雀的电话 13912345678 没人接');
    await fetch(`${app.baseUrl}/login/canary-token`, { redirect: 'manual' });
    // Without its rules a place makes every handler fail, in the inbox and on the web.
    await app.database.db
      .collection<{ _id: string }>('places')
      .updateOne({ _id: 'place:xingfuli' }, { $unset: { rules: '' } });
    await app.restart();
    await town.residents.post('李明', '反映 金丝雀叫得太响');
    const failing = { name: '金丝雀', text: '金丝雀', phone: '13912345678' };
    expect((await refusedStep(await signIn(app, '刘敏'), 'concern.enterFor', failing)).status).toBe(500);
    const failures = () => app.logged.filter((line) => line.includes('"level":50')).length;
    await expect.poll(failures, { timeout: 8_000 }).toBeGreaterThan(1);
    const tokens = app.demo.users.map(({ loginUrl }) => loginUrl.split('/').at(-1) ?? '');
    const secrets = [
      '金丝雀',
      '张桂兰',
      '刘敏',
      '何涛',
      '13912345678',
      'canary-password',
      'canary-login',
      'canary-token',
      '电梯',
      ...tokens,
    ];
    const text = app.logged.join('');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
