import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { consoleOf, cookieFrom } from '#test/support/console';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
  await app.app.stores.logins.setPassword('liumin', 'person:secretary', 'correct horse battery');
});
afterAll(() => app.stop());

const tries = (login: string, password: string, headers: Record<string, string> = {}) =>
  fetch(`${app.baseUrl}/api/console/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ login, password }),
  });
const sessionIn = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .find((one) => one.startsWith('yishi.session='))
    ?.split(';')[0];
const link = async (ttlMs: number, uses = 1) => {
  const expiresAt = new Date(app.app.clock.realNow().getTime() + ttlMs);
  return `${app.baseUrl}/login/${await app.app.stores.logins.createLink('person:secretary', { expiresAt, uses })}`;
};

describe('a password', () => {
  it('that is right opens the console; the cookie is out of reach of scripts and other sites', async () => {
    const answer = await tries('liumin', 'correct horse battery');
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/);
    const me = await consoleOf(app, sessionIn(answer)).get<{ person: { name: string } }>('/me');
    expect(me.person.name).toBe('刘敏');
  });

  it('that is wrong and a name that nobody has are answered alike', async () => {
    const wrong = await tries('liumin', 'wrong');
    const nobody = await tries('nobody', 'wrong');
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await nobody.json());
    expect(sessionIn(wrong)).toBeUndefined();
  });

  it('an object in place of a name is refused', async () => {
    const body = JSON.stringify({ login: { $ne: '' }, password: { $ne: '' } });
    const answer = await fetch(`${app.baseUrl}/api/console/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('cannot be guessed: after ten wrong ones even the right one waits', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1) await tries('guessed', `wrong ${attempt}`);
    const answer = await tries('guessed', 'wrong');
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('试了太多次') as string });
  });
});

describe('a link', () => {
  it('works once', async () => {
    const url = await link(60_000);
    expect(await cookieFrom(url)).toMatch(/^yishi\.session=/);
    const again = await fetch(url, { redirect: 'manual' });
    expect(again.headers.get('location')).toBe('/console/sign-in?link=expired');
    expect(sessionIn(again)).toBeUndefined();
  });

  it('ends at its time', async () => {
    const answer = await fetch(await link(-1), { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('link=expired');
  });

  it('does not end because the demo’s clock was moved', async () => {
    const url = await link(60_000);
    await app.app.clock.advance(10 * 86_400);
    expect(await cookieFrom(url)).toMatch(/^yishi\.session=/);
  });

  it('is not kept as it is', async () => {
    const url = await link(60_000);
    const token = url.split('/').at(-1) ?? '';
    const kept = JSON.stringify(await app.database.db.collection('loginLinks').find().toArray());
    expect(kept).not.toContain(token);
  });
});

describe('a session', () => {
  it('planted before sign-in is worth nothing afterwards', async () => {
    const planted = await cookieFrom(await link(60_000));
    const answer = await fetch(await link(60_000), { redirect: 'manual', headers: { cookie: planted } });
    const fresh = sessionIn(answer);
    expect(fresh).toBeDefined();
    expect(fresh).not.toBe(planted);
    expect((await consoleOf(app, planted).ask('GET', '/me')).status).toBe(401);
    expect((await consoleOf(app, fresh).ask('GET', '/me')).status).toBe(200);
  });

  it('ends on the server at sign-out', async () => {
    const cookie = await cookieFrom(await link(60_000));
    const user = consoleOf(app, cookie);
    expect((await user.ask('GET', '/me')).status).toBe(200);
    expect((await user.ask('POST', '/sign-out', {})).status).toBe(200);
    expect((await user.ask('GET', '/me')).status).toBe(401);
  });

  it('with a forged name is nobody’s', async () => {
    expect((await consoleOf(app, 'yishi.session=s%3Aforged.signature').ask('GET', '/me')).status).toBe(401);
  });

  it('ends for a person who no longer exists', async () => {
    const cookie = await cookieFrom(await link(60_000));
    await app.database.db
      .collection<{ _id: string }>('people')
      .updateOne({ _id: 'person:secretary' }, { $set: { offices: [] } });
    expect((await consoleOf(app, cookie).ask('GET', '/concerns')).status).toBe(403);
  });
});
