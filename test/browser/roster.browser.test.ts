import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { openBrowser, PC, PHONE, sidewaysPixels, signedIn } from '#test/support/browser';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

let browser: Browser;
let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let desk: Page;
let pollId: string;

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  desk = await signedIn(browser, app, '刘敏');
}, 120_000);
afterAll(async () => {
  await browser.close();
  await app.stop();
});

const ROWS = [
  '楼栋,单元,房号,业主姓名,联系电话,建筑面积（㎡）,身份证号',
  '3,2,501,王芳,13800001234,89.52,522701199001011234',
  '3,2,502,李明,13800005678,100,',
  '3,2,503,<b>坏</b>,,90,',
  '3,2,504,赵国强,123,90,',
];
const file = {
  name: '名册.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(ROWS.join('\n')),
};

/** At both sizes: axe finds nothing, nothing scrolls sideways. */
async function isAccessible(page: Page): Promise<void> {
  const found: string[] = [];
  for (const viewport of [PC, PHONE]) {
    await page.setViewportSize(viewport);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    found.push(...violations.map(({ id, nodes }) => `${viewport.width} ${id} ${nodes[0]?.html ?? ''}`));
    if ((await sidewaysPixels(page)) > 0) found.push(`${viewport.width} scrolls sideways`);
  }
  await page.setViewportSize(PC);
  expect(found).toEqual([]);
}

describe('the roster in the console', { timeout: 120_000 }, () => {
  it('is imported: chosen, looked at row by row, bad rows as a file, then done', async () => {
    await desk.goto('/console/people/roster');
    await desk.getByRole('link', { name: '导入名册' }).click();
    await desk.getByLabel('选文件').setInputFiles(file);
    await desk.getByRole('heading', { name: '有问题的2行' }).waitFor();
    await isAccessible(desk);
    const facts = await desk.getByRole('region', { name: '导入以后' }).textContent();
    expect(facts).toMatch(/新来2户/);
    expect(facts).toContain('身份证号');
    const bad = desk.getByRole('link', { name: '下载这些行，改好再导' });
    const csv = decodeURIComponent((await bad.getAttribute('href')) ?? '');
    expect(csv).toContain('手机尾号要4位');
    expect(csv).not.toMatch(/138|5227/);
    await desk.getByRole('button', { name: '导入2户' }).click();
    await desk.getByText('3号楼2单元501').waitFor();
    expect(await desk.getByRole('main').textContent()).not.toContain('13800001234');
    await isAccessible(desk);
  });

  it('says who waits, and one press links them', async () => {
    await town.direct('李明').says('李明', '绑定 3-2-502 李明');
    await desk.goto('/console/people/verifications');
    await desk.getByText('说自己是').waitFor();
    await isAccessible(desk);
    await desk.getByRole('button', { name: '是李明' }).click();
    await desk.getByText('没有人等核对').waitFor();
    await desk.goto('/console/people/roster');
    await desk.getByRole('button', { name: '取消和李明对上' }).waitFor();
  });

  it('has lists, of which one line that fits nobody is told', async () => {
    await desk.goto('/console/people/lists');
    await desk.getByRole('button', { name: '新名单' }).click();
    await desk.getByLabel('名单的名字').fill('议事会');
    await desk.getByLabel('有谁').fill('3-2-501 王芳\n3-2-501 张三');
    await desk.getByRole('button', { name: '存名单' }).click();
    await desk.getByText('第2行没找到').waitFor();
    await isAccessible(desk);
    await desk.getByLabel('有谁').fill('3-2-501 王芳\n周岚');
    await desk.getByRole('button', { name: '存名单' }).click();
    await desk.getByText('2人', { exact: true }).waitFor();
  });
});

describe('delegations', { timeout: 120_000 }, () => {
  it('are entered by two doors, shown, and taken back; who is nobody on the roll is told', async () => {
    const options = ['赞成', '反对', '弃权'];
    const topic = { concernIds: [], title: '修大门', description: '', options, source: 'residents' as const };
    const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
    const { created } = await liuMin.step('poll.open', {
      topicId,
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-08T18:00:00+08:00',
      quorum: 0,
      options,
      electorateOf: { kind: 'households' },
      rules: { proxiesPerHolder: 1 },
    });
    await desk.goto(`/console/polls/${encodeURIComponent(created?.id ?? '')}`);
    await desk.getByLabel('委托人的房号').fill('3-2-501');
    await desk.getByLabel('受托人的房号').fill('9-9-999');
    await desk.getByRole('button', { name: '记下委托' }).click();
    await desk.getByText('这次表决的名册里没有').waitFor();
    await desk.getByLabel('受托人的房号').fill('3-2-502');
    await desk.getByRole('button', { name: '记下委托' }).click();
    const card = desk.getByRole('region', { name: '委托' });
    await card.getByText('还没代投').waitFor();
    await isAccessible(desk);
    await card.getByRole('button', { name: '撤销3号楼2单元501的委托' }).click();
    await card.getByText('已撤销').waitFor();
  });
});

describe('papers', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const options = ['赞成', '反对', '弃权'];
    const topic = {
      concernIds: [],
      title: '加装电梯',
      description: '',
      options,
      source: 'residents' as const,
    };
    const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
    const poll = {
      topicId,
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-08T18:00:00+08:00',
      quorum: 0,
      options,
      electorateOf: { kind: 'households' as const },
    };
    pollId = (await liuMin.step('poll.open', poll)).created?.id ?? '';
    await town.clock.forward(60);
  }, 60_000);

  it('are entered by keyboard alone: room, Enter, choice, Enter, and the next', async () => {
    await desk.goto(`/console/polls/${encodeURIComponent(pollId)}/papers`);
    await desk.getByLabel('房号').click();
    for (const [room, choice, label] of [
      ['3-2-501', '1', '3号楼2单元501'],
      ['3号楼2单元502', '2', '3号楼2单元502'],
    ] as const) {
      await desk.keyboard.type(room);
      await desk.keyboard.press('Enter');
      await desk.getByRole('form', { name: `录${label}的票` }).waitFor();
      await desk.keyboard.type(choice);
      await desk.keyboard.press('Enter');
      await desk.getByText(`已录纸票：${label}`).waitFor();
    }
    const kept = await app.database.db.collection('ballots').find({ pollId }).sort({ _id: 1 }).toArray();
    expect(kept).toMatchObject([
      { choice: [0], path: 'paper' },
      { choice: [1], path: 'paper' },
    ]);
    expect(await desk.evaluate('document.activeElement.id')).toBe('paper-room');
    await desk.keyboard.type('3-2-501');
    await desk.keyboard.press('Enter');
    await desk.getByText('录过一张，再录就换成这张').waitFor();
    await isAccessible(desk);
    await desk.keyboard.type('2');
    await desk.getByLabel('备注').fill('票在铁柜');
    await desk.getByLabel('纸票的照片').setInputFiles({
      name: '纸票.png',
      mimeType: 'image/png',
      buffer: await desk.screenshot(),
    });
    await desk.getByRole('img', { name: '照片1' }).waitFor();
    await desk.getByRole('button', { name: '录3号楼2单元501' }).click();
    const list = desk.getByRole('region', { name: '一共录过3张' });
    await list.getByText('票在铁柜').waitFor();
    const photo = await list.getByRole('link', { name: '看3号楼2单元501的照片' }).getAttribute('href');
    const answer = await desk.request.get(`${app.baseUrl}${photo ?? ''}`);
    expect(answer.headers()['content-type']).toMatch(/^image\//u);
    await isAccessible(desk);
  });

  it('say what is wrong and keep what was typed', async () => {
    await desk.getByLabel('房号').fill('9-9-999');
    await desk.keyboard.press('Enter');
    await desk.getByText('这次表决的名册里没有这一户').waitFor();
    expect(await desk.getByLabel('房号').inputValue()).toBe('9-9-999');
  });
});
