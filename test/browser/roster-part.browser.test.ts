import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { openBrowser, PHONE, shoot, sidewaysPixels, signedIn } from '#test/support/browser';
import { signIn } from '#test/support/console';

let browser: Browser;
let app: TestApp;
let desk: Page;

const ROWS = [
  '楼栋,单元,房号,姓名,手机尾号,是否业主,面积',
  '3,1,101,王芳,1234,是,100',
  '3,2,101,赵国强,2222,是,90',
  '3,10,101,孙丽,3333,是,90',
  '12,,101,何涛,4444,是,70',
];

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  const liuMin = await signIn(app, '刘敏');
  const file = { data: Buffer.from(ROWS.join('\n')).toString('base64'), absent: 'keep' as const };
  const { basis } = await liuMin.preview('roster.import', file);
  await liuMin.step('roster.import', { ...file, basis });
  const options = ['赞成', '反对', '弃权'];
  const topic = { concernIds: [], title: '装电梯', description: '', options, source: 'residents' as const };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  desk = await signedIn(browser, app, '刘敏');
  await desk.setViewportSize(PHONE);
  await desk.goto(`/console/polls/new?topic=${encodeURIComponent(topicId)}&step=1`);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const main = () => desk.getByRole('main');
const labels = async (legend: RegExp) =>
  (await main().getByRole('group', { name: legend }).locator('label').allInnerTexts()).map((text) =>
    text.trim(),
  );

describe('who votes in the wizard', { timeout: 120_000 }, () => {
  it('is asked for buildings only where the roster decides', async () => {
    await main().getByLabel('谁能投').waitFor();
    expect(await main().getByText('哪几栋楼').count()).toBe(0);
    await main().getByLabel('谁能投').selectOption({ label: '名册里的住户，每户1票' });
    await main().getByText('哪几栋楼').waitFor();
    expect(await labels(/哪几栋楼/u)).toEqual(['3号楼', '12号楼']);
    expect(await main().getByText('哪几个单元').count()).toBe(0);
  });

  it('is asked for units of the one building that is chosen, and forgets them with another choice', async () => {
    await main().getByLabel('3号楼').check();
    expect(await labels(/3号楼的哪几个单元/u)).toEqual(['1单元', '2单元', '10单元']);
    await main().getByLabel('10单元').check();
    await shoot(desk, 'wizard-part');
    const { violations } = await new AxeBuilder({ page: desk }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(await sidewaysPixels(desk)).toBe(0);
    await main().getByLabel('12号楼').check();
    expect(await main().getByText('哪几个单元').count()).toBe(0);
    await main().getByLabel('12号楼').uncheck();
    expect(await main().getByLabel('10单元').isChecked()).toBe(false);
  });

  it('goes into the preview and the poll', async () => {
    await main().getByLabel('1单元', { exact: true }).check();
    await main()
      .getByLabel(/居民群/u)
      .check();
    await main().getByRole('button', { name: '下一步：规则' }).click();
    await main()
      .getByLabel(/投了才算数/u)
      .fill('0');
    await main().getByRole('button', { name: '下一步：预览' }).click();
    await main().getByText('3号楼1单元住户，每户1票').first().waitFor();
    await main().getByRole('button', { name: /^发起/u }).click();
    await main().getByText('已投0/1户').waitFor();
    await main().getByText('3号楼1单元住户，每户1票').first().waitFor();
  });

  it('is called back from the bar, before any group has it', async () => {
    await desk.getByRole('button', { name: /撤回/u }).click();
    await main().getByText('没发到群里就撤回了').waitFor();
    await main().getByText('已作废').first().waitFor();
  });
});
