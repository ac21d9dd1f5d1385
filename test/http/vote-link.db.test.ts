import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import type { PollDetail } from '#src/http/contract-polls';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { visitor } from '#test/support/page-visitor';
import { openPollPage } from '#test/support/poll-page';
import { readQrOfPng } from '#test/support/read-qr';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let page: string;
let poll: Poll;

beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  ({ poll, page } = await openPollPage({ app, town, liuMin }, '3号楼加装电梯'));
});
afterAll(() => app.stop());

describe('the link', () => {
  it('comes to the group with the opening, and stands on the console’s page of the poll', async () => {
    const { text } = await town.residents.expectReply(/^【表决】/u);
    expect(text).toContain(`不想公开，点 ${app.baseUrl}${page}`);
    const { voteLink } = await liuMin.get<PollDetail>(`/polls/${encodeURIComponent(poll.id)}`);
    expect(voteLink).toBe(app.baseUrl + page);
  });

  it('goes along as a picture that a phone reads, in the one message of the opening', async () => {
    const openings = (await town.residents.all()).filter(
      ({ from, text }) => from.bot && text.includes('【表决】'),
    );
    expect(openings).toHaveLength(1);
    const [picture, ...more] = openings[0]?.attachments ?? [];
    expect([picture?.mime, picture?.alt, more]).toEqual(['image/png', openings[0]?.text, []]);
    const png = await (await fetch(`${app.baseUrl}${picture?.url ?? ''}`)).arrayBuffer();
    expect(readQrOfPng(Buffer.from(png))).toBe(app.baseUrl + page);
  });

  it('shows question, options, deadline, who may vote and the frozen rules to anybody, and nobody’s name', async () => {
    const { status, words, headers, html } = await visitor(app.baseUrl).open(page);
    expect(status).toBe(200);
    for (const part of [
      '幸福里请您投票 · 议题#1',
      '3号楼加装电梯',
      '赞成',
      '反对',
      '弃权',
      '9月5日（周六）18:00',
    ])
      expect(words).toContain(part);
    expect(words).toContain(poll.electorate);
    expect(words).toContain('最多的一项在前');
    expect(words).toContain('至少2人投票');
    expect(words).toContain('在这里投，群里看不见');
    expect(words).toContain('0000-5550102');
    expect(words).not.toMatch(/张桂兰|李明/u);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/script-src [^;]*'unsafe/u);
    expect(html).not.toContain('<script src="http');
  });

  it('shows the fingerprint that the group has', async () => {
    const opening = (await town.residents.all()).find(({ text }) => text.includes('【表决】'))?.text ?? '';
    const [fingerprint] = /指纹[A-Z2-9]{12}/u.exec(opening) ?? [];
    expect(fingerprint).toBeDefined();
    const { words } = await visitor(app.baseUrl).open(page);
    expect(words.replaceAll(' ', '')).toContain(fingerprint);
  });

  it('is one sentence when it is wrong, of another number, or cut', async () => {
    const wrong = [
      '/vote/1-AAAAAAAAAAAA',
      page.replace('/vote/1-', '/vote/2-'),
      page.slice(0, -1),
      '/vote/x',
    ];
    for (const path of [...wrong, `/vote/${encodeURIComponent('{"$gt":""}')}`]) {
      const { status, words } = await visitor(app.baseUrl).open(path);
      expect([status, words]).toEqual([404, expect.stringContaining('没有找到这个表决')]);
      expect(words).not.toContain('加装电梯');
    }
  });

  it('has expired long after', async () => {
    await town.clock.to('2026-12-05T18:00:01+08:00');
    const { status, words } = await visitor(app.baseUrl).open(page);
    expect([status, words]).toEqual([410, expect.stringContaining('这个链接过期了')]);
  });
});
