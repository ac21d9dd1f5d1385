import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { newContext, openBrowser, sidewaysPixels } from '#test/support/browser';
import { openTown, type Town } from '#test/support/chat';
import { signIn } from '#test/support/console';
import { openPollPage } from '#test/support/poll-page';

let browser: Browser;
let app: TestApp;
let town: Town;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await openTown(app);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const say = async (who: string, text: string, reply: RegExp) => {
  await town.direct(who).says(who, text);
  return (await town.direct(who).expectReply(reply)).text;
};

it('a receipt from before two accounts became one is not lost, on the smallest phone', async () => {
  const { poll } = await openPollPage({ app, town, liuMin: await signIn(app, '刘敏') }, '装电梯');
  await say('王芳', '1', /^您的票已收到/u);
  const old = /[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(await say('王芳', '回执', /的回执/u))?.[0] ?? '';
  await say('孙丽', '2', /^您的票已收到/u);
  const code = /\d{6}/u.exec(await say('孙丽', '关联', /10分钟内有效/u))?.[0] ?? '';
  await say('王芳', `关联 ${code}`, /^关联好了/u);
  await town.clock.to('2026-09-05T18:00:05+08:00');
  const page = await (await newContext(browser, app, { viewport: { width: 320, height: 640 } })).newPage();
  await page.goto(`${app.baseUrl}/verify/${poll.fingerprint.slice(0, 16)}`);
  const field = page.getByLabel('回执，例如');
  await field.fill(old.toLowerCase());
  await field.press('Enter');
  await page.getByText('✓ 没有丢：这是关联以前的回执').waitFor();
  await page.getByText(`发「回执 ${poll.topicNumber}」。`).last().waitFor();
  await page.getByText('怎么算出来的').press('Enter');
  await page.getByText('截止和并票的指纹，和封存的比：✓').waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
});
