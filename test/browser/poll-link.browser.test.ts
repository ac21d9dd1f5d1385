import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import { startApp, type TestApp } from '#test/support/app';
import { openBrowser, PC, PHONE, shoot, sidewaysPixels, signedIn } from '#test/support/browser';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { readQrOfPng } from '#test/support/read-qr';

let browser: Browser;
let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let desk: Page;

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  desk = await signedIn(browser, app, '刘敏');
  await desk.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

async function settledTopic(title: string, options: string[]): Promise<string> {
  const topic = { concernIds: [], title, description: '', options };
  return (await liuMin.step('topic.create', { ...topic, source: 'residents' })).created?.id ?? '';
}

async function opened(title: string, options: string[]): Promise<PollDetail> {
  const asked = {
    topicId: await settledTopic(title, options),
    groupIds: ['group:xingfuli-residents'],
    quorum: 2,
    options,
  };
  const { created } = await liuMin.step('poll.open', { ...asked, closesAt: '2026-09-05T18:00:00+08:00' });
  await town.clock.forward(11);
  return liuMin.get<PollDetail>(at(created?.id ?? ''));
}

const at = (id: string, rest = '') => `/polls/${encodeURIComponent(id)}${rest}`;
const readIn = async (shown: Locator) => readQrOfPng(await shown.screenshot());

describe('the link of a poll in the console', () => {
  it('is shown as a QR code that a phone reads, in the light and in the dark, and copied at one press', async () => {
    const poll = await opened('3号楼加装电梯', ['赞成', '反对', '弃权']);
    await desk.goto(`/console${at(poll.id)}`);
    const code = desk.getByRole('img', { name: '投票页的二维码' });
    for (const colorScheme of ['dark', 'light'] as const) {
      await desk.emulateMedia({ colorScheme });
      expect(await readIn(code)).toBe(poll.voteLink);
    }
    await desk.getByRole('button', { name: '复制链接' }).press('Enter');
    await desk.getByText('已复制').waitFor();
    expect(await desk.evaluate('navigator.clipboard.readText()')).toBe(poll.voteLink);
    expect(await desk.getByLabel('投票页的链接').inputValue()).toBe(poll.voteLink);
  });

  it('is copied, or at least selected, in a browser that trusts no such address', async () => {
    const poll = await opened('5号楼加装电梯', ['赞成', '反对', '弃权']);
    await desk.goto(`/console${at(poll.id)}`);
    await desk.getByRole('button', { name: '复制链接' }).waitFor();
    await desk.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await desk.evaluate('document.execCommand = () => false');
    await desk.getByRole('button', { name: '复制链接' }).click();
    await desk.getByText('按 Ctrl+C').waitFor();
    expect(await desk.evaluate('String(getSelection())')).toBe(poll.voteLink);
  });
});

/** How many sheets of paper come out of the printer. */
async function sheets(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  return [...pdf.matchAll(/\/Type\s*\/Page\b/gu)].length;
}

async function openPoster(poll: PollDetail): Promise<Locator> {
  await desk.setViewportSize(PC);
  await desk.goto(`/console${at(poll.id, '/poster')}`);
  const sheet = desk.getByRole('article', { name: '海报' });
  await sheet.waitFor();
  return sheet;
}

describe('the poster', () => {
  it('says what, who, until when and how on one sheet of A4, and its code leads to the page', async () => {
    const poll = await opened('6号楼要不要加装电梯，费用按楼层分摊', ['赞成', '反对', '弃权']);
    const sheet = await openPoster(poll);
    const words = await sheet.innerText();
    const asked = [`幸福里请您投票 · 议题#${poll.topicNumber}`, poll.title, ...poll.options, poll.electorate];
    const told = ['9月5日（周六）18:00', poll.voteLink, poll.openingCode, '0000-5550102', '到社区投纸票'];
    for (const part of [...asked, ...told]) expect(words).toContain(part);
    expect(await sheets(desk)).toBe(1);
    await desk.emulateMedia({ media: 'print' });
    expect(await readIn(sheet.getByRole('img'))).toBe(poll.voteLink);
    expect(await desk.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    expect(await desk.getByRole('button', { name: '打印海报' }).isVisible()).toBe(false);
    await desk.emulateMedia({ media: null });
    await shoot(desk, 'poster');
  });

  it('still is one sheet with twenty long options and a long question', async () => {
    const long = (index: number) =>
      `第${index}个办法：先在一单元试装一部，用满半年以后大家再商量别的单元装不装、钱怎么出`.slice(0, 40);
    const options = Array.from({ length: 20 }, (_, index) => long(index + 1));
    const poll = await opened(
      '三号楼一二三单元同时加装电梯以及费用怎么分摊和以后谁来管理维护的方案',
      options,
    );
    const sheet = await openPoster(poll);
    expect(await sheets(desk)).toBe(1);
    await shoot(desk, 'poster-fullest');
    expect(await sheet.innerText()).toContain(long(20));
  });

  it('is printed by one press, and not for a poll that is over', async () => {
    const poll = await opened('7号楼加装电梯', ['赞成', '反对', '弃权']);
    await openPoster(poll);
    await desk.evaluate('window.print = () => { document.title = "printed"; }');
    await desk.getByRole('main').getByRole('button', { name: '打印海报' }).click();
    expect(await desk.title()).toBe('printed');
    await liuMin.step('poll.annul', { pollId: poll.id, reason: '名册弄错了' });
    await desk.goto(`/console${at(poll.id, '/poster')}`);
    await desk.getByText('不用再贴海报').waitFor();
    expect(await desk.getByRole('article').count()).toBe(0);
    await desk.goto(`/console${at(poll.id)}`);
    await desk.getByText('已作废').first().waitFor();
    expect(await desk.getByText('投票页').count()).toBe(0);
  });
});

describe('the wizard', () => {
  it('is walked through by keyboard alone on a phone, and its preview is what the group then gets', async () => {
    const topicId = await settledTopic('车棚装充电桩', ['装', '不装']);
    await desk.setViewportSize(PHONE);
    await desk.goto(`/console/polls/new?topic=${encodeURIComponent(topicId)}`);
    await tabTo('button', '下一步：谁能投');
    await desk.keyboard.press('Enter');
    await tabTo('checkbox', '居民群');
    await desk.keyboard.press('Space');
    await tabTo('button', '下一步：规则');
    await desk.keyboard.press('Enter');
    await tabTo('textbox', '投了才算数');
    await desk.keyboard.type('2');
    await tabTo('button', '下一步：预览');
    await desk.keyboard.press('Enter');
    await desk.getByRole('button', { name: '发起，发给1个群' }).waitFor();
    await shoot(desk, 'wizard-preview');
    expect(await sidewaysPixels(desk)).toBe(0);
    const text = await desk.getByLabel('群里看到的原文').innerText();
    const rules = await desk.getByRole('main').locator('dl.facts').innerText();
    const picture = await desk.getByRole('img', { name: /二维码/u }).getAttribute('src');
    await tabTo('button', '发起，发给1个群');
    await desk.keyboard.press('Enter');
    await desk.getByText('进行中').waitFor();
    await town.clock.forward(11);
    const sent = await town.residents.expectReply(/^【表决】.*车棚装充电桩/u);
    expect(sent.text.replace(/指纹[A-Z2-9]{12}/u, '指纹发出时生成')).toBe(text);
    const drawn = await (await fetch(`${app.baseUrl}${sent.attachments?.[0]?.url ?? ''}`)).arrayBuffer();
    expect(picture).toBe(`data:image/png;base64,${Buffer.from(drawn).toString('base64')}`);
    const id = decodeURIComponent(desk.url().split('/').at(-1) ?? '');
    const { rules: frozen } = await liuMin.get<PollDetail>(at(id));
    expect(frozen.length).toBeGreaterThan(5);
    for (const [about, words] of frozen)
      expect(rules).toMatch(new RegExp(`${about}\\s+${escaped(words)}`, 'u'));
  });
});

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** Presses Tab until the focus is on it, as somebody without a mouse does; fails when it is never reached. */
async function tabTo(role: 'button' | 'checkbox' | 'textbox', name: string): Promise<void> {
  const wanted = desk.getByRole('main').getByRole(role, { name: new RegExp(name, 'u') });
  await wanted.first().waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await wanted.and(desk.locator(':focus')).count()) > 0) return;
    await desk.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by keyboard`);
}
