import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import type { StepInput } from '#src/http/contract';
import { startApp, type TestApp } from '#test/support/app';
import { newContext, openBrowser, PHONE, shoot, sidewaysPixels } from '#test/support/browser';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

const SMALLEST = { width: 320, height: 640 } as const;
const FIRST_VIEW_BYTES = 100_000;

let browser: Browser;
let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let elevator: Opened;
const problems: string[] = [];

interface Opened {
  readonly poll: Poll;
  readonly path: string;
}

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  elevator = await opened('3号楼加装电梯，费用按楼层分摊', { kind: 'forAgainst' }, ['赞成', '反对', '弃权']);
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

type Method = NonNullable<StepInput<'poll.open'>['method']>;

async function opened(title: string, method: Method, options: string[]): Promise<Opened> {
  const description = '3号楼没有电梯，楼上的老人上下楼不方便。';
  const topic = { concernIds: [], title, description, options };
  const { created: made } = await liuMin.step('topic.create', { ...topic, source: 'residents' });
  const topicId = made?.id ?? '';
  const asked = { topicId, groupIds: ['group:xingfuli-residents'], quorum: 2, options, method };
  const { created } = await liuMin.step('poll.open', { ...asked, closesAt: '2026-09-05T18:00:00+08:00' });
  await town.clock.forward(11);
  const poll = await app.app.stores.polls.byId(created?.id ?? '');
  if (!poll) throw new Error('no poll');
  return { poll, path: `/vote/${poll.topicNumber}-${poll.pageCode ?? ''}` };
}

async function phone(options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await newContext(browser, app, { viewport: SMALLEST, ...options })).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  return page;
}

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
}

/** Asks for a code, reads it one-to-one, and types it. */
async function enters(page: Page, name: string, { path }: Opened): Promise<void> {
  await page.goto(path);
  await page.getByLabel('您是哪一户').fill(name);
  await page.getByLabel('您是哪一户').press('Enter');
  await page.getByRole('heading', { name: '请看议事助手的私聊' }).waitFor();
  await town.quiet();
  const { text } = await town.direct(name).expectReply(/^投票码/u);
  await page.getByLabel('6位投票码').fill(/\d{6}/u.exec(text)?.[0] ?? '');
  await page.getByLabel('6位投票码').press('Enter');
  await page.getByRole('button', { name: '下一步' }).waitFor();
}

async function sends(page: Page, chosen: string): Promise<void> {
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('heading', { name: '您选的是' }).waitFor();
  await page.getByText(chosen).waitFor();
  await page.getByRole('button', { name: '就这样投' }).click();
  await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
}

async function choiceOf({ poll }: Opened, personId: string): Promise<readonly number[] | undefined> {
  const ballots = app.database.db.collection<{ choice: number[]; path: string }>('ballots');
  return (await ballots.findOne({ pollId: poll.id, personId, path: 'page' }))?.choice;
}

/** Every size of target that a finger should hit, in pixels: main ones, and all others. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll('main button, main .choice, main .score label, main select, main input[type=text], summary, a.button')]
    .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 48)
    .map((one) => one.outerHTML.slice(0, 80))`);
}

describe('on the smallest phone', () => {
  it('a resident votes, changes the vote, and checks the receipt after the result', async () => {
    const page = await phone();
    await page.goto(elevator.path);
    expect(await page.title()).toBe('表决：3号楼加装电梯，费用按楼层分摊');
    await shoot(page, 'vote-1-sign-in');
    await expectClean(page);
    await enters(page, '张桂兰', elevator);
    expect(await page.locator('input:checked').count()).toBe(1); // the size of the text
    await shoot(page, 'vote-3-choose');
    await expectClean(page);
    await page.getByLabel('赞成').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '您选的是' }).waitFor();
    await shoot(page, 'vote-4-confirm');
    await expectClean(page);
    await page.getByRole('button', { name: '就这样投' }).click();
    await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
    await shoot(page, 'vote-5-receipt');
    await expectClean(page);
    expect(await choiceOf(elevator, 'person:resident-1')).toEqual([0]);
    await page.getByRole('link', { name: '改票' }).click();
    await page.getByLabel('反对').check();
    await sends(page, '反对');
    expect(await choiceOf(elevator, 'person:resident-1')).toEqual([1]);
    expect(await page.locator('.code').innerText()).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/u);
    expect(await tooSmall(page)).toEqual([]);
    expect(new URL(page.url()).pathname).toBe(elevator.path);
  });

  it('back leads out of the page, never to the form; the link opens the receipt', async () => {
    const page = await phone();
    await page.goto('about:blank');
    await enters(page, '李明', elevator);
    await page.getByLabel('弃权').check();
    await sends(page, '弃权');
    await page.goBack();
    expect(page.url()).toBe('about:blank');
    await page.goto(elevator.path);
    await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
    await page.getByRole('button', { name: '不是您？换人' }).click();
    await page.getByRole('heading', { name: '先说您是谁' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '先说您是谁' }).waitFor();
  });

  it('is used by keyboard alone, and says what happened where the focus is', async () => {
    const page = await phone();
    await enters(page, '王芳', elevator);
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.tagName + " " + document.activeElement.textContent.trim()',
      );
    expect(await focused()).toMatch(/^H1 3号楼/u);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel('反对').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '您选的是' }).waitFor();
    expect(await focused()).toBe('H1 您选的是');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('BUTTON 就这样投');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
    expect(await focused()).toBe('H2 ✓ 已收到您的票');
    expect(await choiceOf(elevator, 'person:resident-3')).toEqual([1]);
  });

  it('says what is missing, as an alert that has the focus', async () => {
    const page = await phone();
    await enters(page, '赵国强', elevator);
    await page.getByRole('button', { name: '下一步' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('还没投出去：还没有选。').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    await shoot(page, 'vote-6-missing');
    await expectClean(page);
    const wrong = await phone();
    await wrong.goto(elevator.path);
    await wrong.getByLabel('您是哪一户').fill('3-2-501');
    await wrong.getByRole('button', { name: '发投票码给我' }).click();
    await wrong.getByLabel('6位投票码').fill('123456');
    await shoot(wrong, 'vote-2-code');
    await wrong.getByRole('button', { name: '开始投票' }).click();
    await wrong.getByRole('alert').getByText('这个投票码不对').waitFor();
    await wrong.getByText('没收到？').click();
    await expectClean(wrong);
  });

  it.each(['大', '特大'])('is as large as somebody wants it (%s) and still fits', async (size) => {
    const page = await phone();
    await page.goto(elevator.path);
    await page.getByText(size, { exact: true }).click();
    await expectClean(page);
    await page.reload();
    const pixels = await page.evaluate<string>('getComputedStyle(document.body).fontSize');
    expect(pixels).toBe(size === '大' ? '22px' : '30px');
    if (size === '特大') await shoot(page, 'vote-7-largest');
  });

  it('is dark where the phone is', async () => {
    const page = await phone({ colorScheme: 'dark', viewport: PHONE });
    await enters(page, '孙丽', elevator);
    await page.getByLabel('赞成').check();
    await shoot(page, 'vote-8-dark');
    await expectClean(page);
  });
});

describe('without scripts', () => {
  it('a resident votes by plain forms', async () => {
    const page = await phone({ javaScriptEnabled: false });
    await enters(page, '周建军', elevator);
    await page.getByLabel('赞成').check();
    await sends(page, '赞成');
    expect(await choiceOf(elevator, 'person:resident-6')).toEqual([0]);
  });
});

describe('on a bad line', () => {
  it('keeps the choice, says that nothing was received, and sends one vote when the line is back', async () => {
    const page = await phone();
    await enters(page, '吴秀英', elevator);
    await page.getByLabel('赞成').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '就这样投' }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '就这样投' }).click();
    await page.getByText('没送到，网断了').waitFor();
    expect(await page.getByText('已收到').count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: '就这样投' }).click();
    await page.getByRole('heading', { name: '已收到您的票' }).waitFor();
    const events = app.database.db.collection('ballotEvents');
    expect(await events.countDocuments({ pollId: elevator.poll.id, voterId: 'person:resident-7' })).toBe(1);
    problems.splice(
      0,
      problems.length,
      ...problems.filter((words) => !words.includes('INTERNET_DISCONNECTED')),
    );
  });
});

const OPTIONS = ['修路', '换路灯', '种树'];

describe('every way to choose', () => {
  const METHODS: readonly [string, Method, (page: Page) => Promise<void>, string, readonly number[]][] = [
    ['single', { kind: 'single' }, (page) => page.getByLabel('换路灯').check(), '换路灯', [1]],
    [
      'several',
      { kind: 'several', min: 1, max: 2 },
      async (page) => {
        await page.getByLabel('种树').check();
        await page.getByLabel('修路').check();
      },
      '修路、种树',
      [0, 2],
    ],
    [
      'ranking',
      { kind: 'ranking', rule: 'borda' },
      async (page) => {
        await page.getByLabel('第1').selectOption({ label: '种树' });
        await page.getByLabel('第2').selectOption({ label: '修路' });
        await page.getByLabel('第3').selectOption({ label: '换路灯' });
      },
      '1 种树、2 修路、3 换路灯',
      [2, 0, 1],
    ],
    [
      'points',
      { kind: 'points', points: 10 },
      async (page) => {
        await page.getByLabel('修路').fill('7');
        await page.getByText('还剩3分').waitFor();
        await page.getByLabel('种树').fill('３');
        await page.getByText('都分完了').waitFor();
      },
      '修路7分、种树3分',
      [7, 0, 3],
    ],
    [
      'score',
      { kind: 'score' },
      async (page) => {
        for (const [option, score] of [
          ['修路', 5],
          ['换路灯', 1],
          ['种树', 4],
        ] as const)
          await page.getByRole('group', { name: option }).getByLabel(`${score}分`).check();
      },
      '修路5分、换路灯1分、种树4分',
      [5, 1, 4],
    ],
    [
      'budget',
      { kind: 'budget', limit: 20, costs: [12, 8, 6], unit: '万元' },
      async (page) => {
        await page.getByLabel('修路').check();
        await page.getByLabel('换路灯').check();
        await page.getByText('合计20万元，还剩0万元').waitFor();
      },
      '修路、换路灯',
      [0, 1],
    ],
  ];

  it.each(METHODS)('%s', async (name, method, choose, chosen, choice) => {
    const poll = await opened(`公共收益怎么用（${name}）`, method, OPTIONS);
    const page = await phone();
    await enters(page, '郑伟', poll);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('alert').getByText('还没投出去').waitFor();
    await choose(page);
    await shoot(page, `vote-method-${name}`);
    await expectClean(page);
    expect(await tooSmall(page)).toEqual([]);
    await sends(page, chosen);
    expect(await choiceOf(poll, 'person:resident-8')).toEqual(choice);
  });

  it('over the budget is said on the way and refused at the end', async () => {
    const method: Method = { kind: 'budget', limit: 20, costs: [12, 8, 6], unit: '万元' };
    const poll = await opened('小区民生菜谱', method, OPTIONS);
    const page = await phone();
    await enters(page, '冯玉梅', poll);
    for (const option of OPTIONS) await page.getByLabel(option).check();
    await page.getByText('合计26万元，超了6万元').waitFor();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('alert').getByText('合计26万元，超过20万元').waitFor();
    expect(await choiceOf(poll, 'person:resident-9')).toBeUndefined();
  });
});

describe('after the end', () => {
  it('shows the result to anybody, and the receipt leads to the proof', async () => {
    const page = await phone();
    await town.clock.forward(61);
    await enters(page, '何涛', elevator);
    await page.getByLabel('赞成').check();
    await sends(page, '赞成');
    const code = await page.locator('.code').innerText();
    await town.clock.to('2026-09-05T18:00:01+08:00');
    await page.reload();
    await page.getByRole('heading', { name: /^结果：/u }).waitFor();
    await shoot(page, 'vote-9-result');
    await expectClean(page);
    await page.getByRole('link', { name: '核对我的票' }).click();
    await page.getByLabel('回执，例如').fill(code);
    await page.getByRole('button', { name: '查' }).click();
    await page.getByText(/✓ 算在里面/u).waitFor();
  });

  it('raised nothing in the browser’s console', () => {
    expect(problems).toEqual([]);
  });
});

describe('what the page loads first', () => {
  it('is small enough for a slow line', async () => {
    const dist = join(import.meta.dirname, '../../web/dist');
    const html = await readFile(join(dist, 'vote.html'), 'utf8');
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map(([, path = '']) => path);
    const sizes = await Promise.all(
      files.map(async (path) => gzipSync(await readFile(join(dist, path))).byteLength),
    );
    expect(files.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, html.length)).toBeLessThan(FIRST_VIEW_BYTES / 5);
  });
});
