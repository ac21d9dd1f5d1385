import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import {
  newContext,
  openBrowser,
  openPlayground,
  PC,
  PHONE,
  shoot,
  sidewaysPixels,
  signedIn,
} from '#test/support/browser';
import { fillTown, type FullTown } from './full-town.ts';

const SMALLEST = { width: 320, height: 640 } as const;
/** What depends on colours; everything else is the same in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

let browser: Browser;
let app: TestApp;
let full: FullTown;
let desk: Page;

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  full = await fillTown(app);
  desk = await signedIn(browser, app, '刘敏');
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

interface Seen {
  readonly name: string;
  readonly path: (town: FullTown) => string;
  /** A text that stands on the page only when its content has come. */
  readonly shows: string | RegExp;
  /** What to do before it is looked at, at each size. */
  readonly first?: (page: Page) => Promise<void>;
}

const at = (list: string, id: string, rest = '') => `/console/${list}/${encodeURIComponent(id)}${rest}`;

const PAGES: readonly Seen[] = [
  { name: 'today', path: () => '/console/', shows: '去答复' },
  { name: 'concerns', path: () => '/console/concerns', shows: '楼道堆了很多杂物' },
  { name: 'concern', path: ({ concernId }) => at('concerns', concernId), shows: '答复后会告诉' },
  {
    name: 'answer',
    path: ({ concernId }) => at('concerns', concernId, '?do=answer'),
    shows: '办不了的原因',
    first: (page) => page.getByLabel('这次办不了').check(),
  },
  { name: 'merge', path: ({ concernId }) => at('concerns', concernId, '?do=merge'), shows: '并到几号诉求' },
  {
    name: 'redirect',
    path: ({ concernId }) => at('concerns', concernId, '?do=redirect'),
    shows: '转给哪个单位',
  },
  { name: 'new concern', path: () => '/console/concerns/new', shows: '谁提的' },
  { name: 'topics', path: () => '/console/topics', shows: '5号楼电梯怎么修' },
  { name: 'topic', path: ({ doneTopicId }) => at('topics', doneTopicId), shows: '下一步' },
  {
    name: 'topic’s outcome',
    path: ({ doneTopicId }) => at('topics', doneTopicId, '?tab=outcome'),
    shows: '装好太阳能灯',
  },
  {
    name: 'new topic',
    path: ({ concernId }) => `/console/topics/new?concerns=${encodeURIComponent(concernId)}`,
    shows: '谁出的题',
  },
  { name: 'polls', path: () => '/console/polls', shows: '5号楼电梯怎么修' },
  { name: 'open poll', path: ({ openPollId }) => at('polls', openPollId), shows: '各项票数截止后显示' },
  { name: 'poster', path: ({ openPollId }) => at('polls', openPollId, '/poster'), shows: '扫一扫' },
  { name: 'closed poll', path: ({ closedPollId }) => at('polls', closedPollId), shows: '重数一致' },
  { name: 'meetings', path: () => '/console/meetings', shows: '协商会#1' },
  { name: 'meeting', path: ({ meetingId }) => at('meetings', meetingId), shows: '报名1人' },
  { name: 'minutes', path: ({ meetingId }) => at('meetings', meetingId, '?do=minutes'), shows: '到会的人' },
  {
    name: 'new meeting',
    path: ({ newTopicId }) => `/console/meetings/new?topic=${encodeURIComponent(newTopicId)}`,
    shows: '请谁来',
  },
  {
    name: 'outcome form',
    path: ({ newTopicId }) => at('topics', newTopicId, '/outcome'),
    shows: '公示到哪些群',
  },
  { name: 'assignments', path: () => '/console/assignments', shows: '装好太阳能灯' },
  { name: 'assignment', path: ({ assignmentId }) => at('assignments', assignmentId), shows: '同意延期' },
  { name: 'notices', path: () => '/console/notices', shows: '通知#1' },
  { name: 'notice', path: ({ noticeId }) => at('notices', noticeId), shows: '每个群送到没有' },
  { name: 'waiting notice', path: ({ waitingNoticeId }) => at('notices', waitingNoticeId), shows: '不发了' },
  { name: 'new notice', path: () => '/console/notices/new', shows: '通知内容' },
  { name: 'groups', path: () => '/console/groups', shows: '幸福里居民群' },
  { name: 'operations', path: () => '/console/operations', shows: '都送到了' },
  { name: 'account', path: () => '/console/account', shows: '退出登录' },
  { name: 'more', path: () => '/console/more', shows: '协商会' },
];

describe('console', () => {
  it.each(PAGES)(
    '$name: axe finds nothing, and nothing scrolls sideways',
    async ({ name, path, shows, first }) => {
      await desk.setViewportSize(PC);
      await desk.goto(path(full));
      await isAccessible(desk, `a-${name.replaceAll(/[^a-z]+/gu, '-')}`, shows, first);
    },
  );

  it('the four steps of a poll', async () => {
    await desk.setViewportSize(PC);
    await desk.goto(`/console/polls/new?topic=${encodeURIComponent(full.newTopicId)}`);
    await isAccessible(desk, 'a-wizard-1', '发起以后不能再改');
    await desk.getByRole('button', { name: '下一步：谁能投' }).click();
    await desk.getByRole('checkbox', { name: /居民群/ }).check();
    await isAccessible(desk, 'a-wizard-2', '怎么称呼能投的人');
    await desk.getByRole('button', { name: '下一步：规则' }).click();
    await desk.getByRole('button', { name: '下一步：预览' }).click();
    await isAccessible(desk, 'a-wizard-3-missing', /投了才算数/);
    await desk.getByLabel(/投了才算数/).fill('2');
    await desk.getByRole('button', { name: '下一步：预览' }).click();
    await isAccessible(desk, 'a-wizard-4', '发起，发给1个群');
  });

  it('signing in', async () => {
    const page = await (await newContext(browser, app)).newPage();
    await page.goto('/console/');
    await page.getByRole('button', { name: '登录' }).click();
    await isAccessible(page, 'a-sign-in', '还没填名字');
    await page.context().close();
  });

  it('lights are told apart by their words, the worst first', async () => {
    await desk.goto('/console/assignments');
    const lights = desk.getByRole('main').getByRole('listitem');
    await lights.first().waitFor();
    const spoken = await Promise.all((await lights.all()).map((row) => row.ariaSnapshot()));
    expect(spoken.map((row) => /逾期|临期|正常/u.exec(row)?.[0])).toEqual(['逾期', '临期', '正常']);
    expect(spoken.join()).not.toMatch(/[■▲●□]/u);
  });

  it('an officer’s assignment', async () => {
    const page = await signedIn(browser, app, '刘建国');
    await page.goto(at('assignments', full.assignmentId));
    await page.getByRole('button', { name: '办结', exact: true }).click();
    await isAccessible(page, 'a-officer', '怎么办好的');
    await page.context().close();
  });
});

describe('an admin’s page', () => {
  it('how the program fares', async () => {
    const page = await signedIn(browser, app, '陈芳');
    await page.goto('/console/operations');
    await isAccessible(page, 'a-operations', '谁在做');
    await page.context().close();
  });
});

describe('playground', () => {
  it('axe finds nothing, and nothing scrolls sideways', async () => {
    const page = await openPlayground(browser, app);
    await isAccessible(page, 'a-playground', '已登记：诉求#1');
    await page.context().close();
  });
});

/** Light and dark, on a PC and on a phone; no sideways scroll on phones; title, language and one heading. */
async function isAccessible(
  page: Page,
  name: string,
  shows: string | RegExp,
  first?: Seen['first'],
): Promise<void> {
  const found: string[] = [];
  for (const [size, viewport] of [
    ['1366', PC],
    ['360', PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    await first?.(page);
    await page.getByText(shows).filter({ visible: true }).first().waitFor();
    await settle(page);
    found.push(...(await violations(page)).map((one) => `light ${size} ${one}`));
    if (size === '360') await shoot(page, name);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settle(page);
    found.push(...(await violations(page, COLOUR_RULES)).map((one) => `dark ${size} ${one}`));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  const sideways = { at360: await sidewaysPixels(page), at320: 0 };
  await page.setViewportSize(SMALLEST);
  sideways.at320 = await sidewaysPixels(page);
  await page.setViewportSize(PC);
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  expect({ found, sideways, frame: await frameOf(page) }).toEqual({
    found: [],
    sideways: { at360: 0, at320: 0 },
    frame: { lang: 'zh-CN', headings: 1, mains: 1, hasTitle: true },
  });
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const result = await (rules ? axe.withRules(rules) : axe).analyze();
  return result.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
}

/** Until colours and sizes have come to rest. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(
    'Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0))).then(() => 0)',
  );
}

async function frameOf(page: Page) {
  return {
    lang: await page.locator('html').getAttribute('lang'),
    headings: await page.locator('h1').count(),
    mains: await page.locator('main').count(),
    hasTitle: (await page.title()).trim().length > 1,
  };
}
