import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { newContext, openBrowser, shoot, sidewaysPixels } from '#test/support/browser';
import { openProxyTown, type ProxyTown } from '#test/support/proxy-town';

const SMALLEST = { width: 320, height: 640 } as const;
const WANG = '3号楼2单元501';

let browser: Browser;
let app: TestApp;
let town: ProxyTown;
let page: Page;
let pollId = '';
let path = '';
const problems: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await openProxyTown(app);
  pollId = await town.open('加装电梯', { proxiesPerHolder: 2 });
  for (const name of ['王芳', '何涛']) await town.say(name, '委托 3-2-502', /^委托记下了/u);
  const poll = await app.app.stores.polls.byId(pollId);
  path = `/vote/${poll?.topicNumber ?? 0}-${poll?.pageCode ?? ''}`;
  page = await (await newContext(browser, app, { viewport: SMALLEST })).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

async function expectClean(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
}

async function chooses(option: string): Promise<void> {
  await page.getByLabel(option).check();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('heading', { name: '选的是' }).waitFor();
}

describe('a holder on the page of a poll, on the smallest phone', () => {
  it('learns after the code whom else they vote for', async () => {
    await page.goto(path);
    await page.getByLabel('您是哪一户').fill('3-2-502');
    await page.getByLabel('您是哪一户').press('Enter');
    await page.getByRole('heading', { name: '请看议事助手的私聊' }).waitFor();
    expect(await page.getByText('委托', { exact: true }).count()).toBeLessThan(2);
    await town.quiet();
    const { text } = await town.direct('李明').expectReply(/^投票码/u);
    await page.getByLabel('6位投票码').fill(/\d{6}/u.exec(text)?.[0] ?? '');
    await page.getByLabel('6位投票码').press('Enter');
    await page.getByRole('heading', { name: '您还受2户委托' }).waitFor();
    await expectClean();
    await shoot(page, 'vote-page-held');
  });

  it('votes for one of them, sees whose vote it is at every step, and gets its receipt', async () => {
    await page.getByRole('link', { name: `替${WANG}投` }).click();
    await page.getByRole('heading', { name: `替${WANG}投票` }).waitFor();
    await expectClean();
    await chooses('反对');
    await page.getByRole('heading', { name: `替${WANG}选的是` }).waitFor();
    await expectClean();
    await page.getByRole('button', { name: '就这样投' }).click();
    const received = page.getByRole('heading', { name: `已收到您替${WANG}投的票` });
    await received.waitFor();
    expect(await page.locator(':focus').textContent()).toContain('已收到您替');
    await expectClean();
    await shoot(page, 'vote-page-held-received');
    await town.quiet();
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [1], path: 'proxy' });
    expect(await page.locator('.held .code').count()).toBe(1);
  });

  it('goes back to the own vote, which is another one', async () => {
    await page.getByRole('link', { name: '回到自己的票' }).click();
    await chooses('赞成');
    await page.getByRole('button', { name: '就这样投' }).click();
    await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
    await page.getByRole('heading', { name: '您还受2户委托' }).waitFor();
    await expectClean();
    await town.quiet();
    expect(await town.ballotAt('3-2-502', pollId)).toMatchObject({ choice: [0], path: 'page' });
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [1] });
    expect(problems).toEqual([]);
  });

  it('votes for them without scripts too', async () => {
    const context = await newContext(browser, app, { viewport: SMALLEST, javaScriptEnabled: false });
    await context.addCookies(await page.context().cookies());
    const plain = await context.newPage();
    await plain.goto(path);
    await plain.getByRole('link', { name: '替3号楼2单元503投' }).click();
    await plain.getByLabel('弃权').check();
    await plain.getByRole('button', { name: '下一步' }).click();
    await plain.getByRole('button', { name: '就这样投' }).click();
    await plain.getByRole('heading', { name: '已收到您替3号楼2单元503投的票' }).waitFor();
    await town.quiet();
    expect(await town.ballotAt('3-2-503', pollId)).toMatchObject({ choice: [2], path: 'proxy' });
  });
});
