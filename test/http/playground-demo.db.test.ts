import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TraceAnswer } from '#src/http/playground/schemas';
import { startApp, type TestApp } from '#test/support/app';
import { getJson, openTown, postJson, type Town } from '#test/support/chat';

const api = (path: string) => `/api/playground${path}`;
const RESIDENTS = '/conversations/xingfuli-residents';

let app: TestApp;
let town: Town;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
});
afterAll(() => app.stop());

/**
 * What a beginning leaves alone: who works, the clock, ways in, sessions. And the plans of schedules, which are made
 * anew whenever somebody looks at what is due.
 */
const STAYS = new Set(['leases', 'settings', 'logins', 'loginLinks', 'sessions', 'schedules']);

/** Every document of the demo; moments count as there or not there, for the clock goes on. */
async function state({ database }: TestApp): Promise<Record<string, unknown[]>> {
  const names = (await database.db.listCollections().toArray())
    .map(({ name }) => name)
    .filter((name) => !STAYS.has(name));
  const found = await Promise.all(
    names
      .sort()
      .map(
        async (name) => [name, await database.db.collection(name).find().sort({ _id: 1 }).toArray()] as const,
      ),
  );
  const text = JSON.stringify(Object.fromEntries(found), (_key, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/u.test(value) ? 'a moment' : value,
  );
  return JSON.parse(text) as Record<string, unknown[]>;
}

describe('behind a message', () => {
  it('are the inbox row, what became of it and the answer that was sent, without any text', async () => {
    await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了', { messageId: 'traced-1' });
    const trace = await getJson<TraceAnswer>(app, api('/messages/traced-1/trace'));
    expect(trace.inbox).toMatchObject({ state: 'done', event: 'concern.registered', tries: 0 });
    expect(trace.inbox?.tookMs).toBeGreaterThanOrEqual(0);
    expect(trace.outbox).toMatchObject([{ conversationName: '幸福里居民群', state: 'sent', word: '已送达' }]);
    expect(JSON.stringify(trace)).not.toContain('路灯');
  });

  it('of the bot is the message that it answers', async () => {
    const { id } = await town.residents.expectReply(/^已登记/u);
    const trace = await getJson<TraceAnswer>(app, api(`/messages/${encodeURIComponent(id)}/trace`));
    expect(trace).toMatchObject({ inbox: { event: 'concern.registered' }, outbox: [{ id }] });
  });

  it('of nobody is 404', async () => {
    expect((await fetch(`${app.baseUrl}${api('/messages/nothing/trace')}`)).status).toBe(404);
  });
});

describe('weather', () => {
  it('throws the bot out: its answer does not arrive, and the row says why', async () => {
    await postJson(app, api(`${RESIDENTS}/weather`), { weather: 'removed' });
    await town.residents.says('李明', '帮助', { mentionsBot: true, messageId: 'weather-1' });
    await town.residents.shouldNotReply();
    const trace = await getJson<TraceAnswer>(app, api('/messages/weather-1/trace'));
    expect(trace.outbox).toMatchObject([
      { state: 'dead', reason: 'removed', word: '没送到，助手已不在群里 → 重新拉进群' },
    ]);
  });

  it('makes answers wait for a tap, which brings them', async () => {
    await postJson(app, api(`${RESIDENTS}/weather`), { weather: 'needsTap' });
    await town.residents.says('王芳', '帮助', { mentionsBot: true, messageId: 'weather-2' });
    await town.residents.shouldNotReply();
    const trace = await getJson<TraceAnswer>(app, api('/messages/weather-2/trace'));
    expect(trace.outbox).toMatchObject([{ state: 'sent', word: '等群主点发' }]);
    await postJson(app, api(`${RESIDENTS}/weather`), { weather: 'normal' });
    await town.residents.expectReply(/「反映/u);
  });
});

describe('the clock', () => {
  it('answers what fired on the way, in order, with its number', async () => {
    await town.secretaries.says('刘敏', '通知 明天8点到12点停水，请提前存水');
    const answer = await postJson(app, api('/clock'), { advanceSeconds: 3_600 });
    const { fired } = (await answer.json()) as { fired: { at: string; label: string }[] };
    expect(fired.map(({ label }) => label)).toContain('通知#1 没确认的通知作废');
    expect(fired.map(({ at }) => at)).toEqual(fired.map(({ at }) => at).toSorted());
  });

  it('steps of the main job are done when their effect is in the data', async () => {
    expect(await getJson(app, api('/steps'))).toEqual({ done: ['concern'] });
  });
});

describe('a new beginning', () => {
  it('needs its word', async () => {
    await town.residents.says('张桂兰', '大家好');
    expect((await postJson(app, api('/reset'), { confirm: '清' })).status).toBe(400);
    expect((await town.residents.all()).length).toBeGreaterThan(0);
  });

  it('equals a fresh seed, with people talking meanwhile', async () => {
    const fresh = await startApp();
    const seeded = await state(fresh);
    await fresh.stop();
    const talk = Array.from({ length: 10 }, () => town.residents.post('孙丽', '反映 楼道灯不亮'));
    const [reset] = await Promise.all([postJson(app, api('/reset'), { confirm: '清空' }), ...talk]);
    expect(reset.status).toBe(200);
    await town.quiet();
    expect((await postJson(app, api('/reset'), { confirm: '清空' })).status).toBe(200);
    expect(await state(app)).toEqual(seeded);
  });

  it('begins the numbers at 1, keeps the ways in and tells open pages', async () => {
    const stale = encodeURIComponent(JSON.stringify({ 'xingfuli-residents': 99 }));
    const ended = new AbortController();
    const stream = await fetch(`${app.baseUrl}${api(`/stream?positions=${stale}`)}`, {
      signal: ended.signal,
    });
    const heard = await firstChunkWith(stream, 'event:');
    ended.abort();
    expect(heard).toContain('event:restart');
    const wayIn = await fetch(app.demo.users[0]?.loginUrl ?? '', { redirect: 'manual' });
    expect(wayIn.headers.get('location')).toBe('/console/');
    const again = await openTown(app);
    await again.residents.says('张桂兰', '反映 3号楼门口的路灯坏了');
    await again.residents.expectReply(/^已登记：诉求#1「/u);
  });
});

async function firstChunkWith(answer: Response, words: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes(words)) break;
  }
  return text;
}
