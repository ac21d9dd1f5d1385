import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { inFours } from '#src/proof/short-code';
import { startApp, type TestApp } from '#test/support/app';
import { newContext, openBrowser, sidewaysPixels } from '#test/support/browser';
import { signIn } from '#test/support/console';
import { fillTown, type FullTown } from './full-town.ts';

const SMALLEST = { width: 320, height: 640 } as const;
const FIRST_VIEW_BYTES = 100_000;

let browser: Browser;
let app: TestApp;
let town: FullTown;
let page: Page;
let folder: string;
let address: string;
const problems: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
  town = await fillTown(app);
  folder = await mkdtemp(join(tmpdir(), 'yishi-verify-'));
  const poll = await app.app.stores.polls.byId(town.closedPollId);
  address = `${app.baseUrl}/verify/${poll?.fingerprint.slice(0, 16) ?? ''}`;
  page = await (await newContext(browser, app, { viewport: SMALLEST })).newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
});
afterAll(async () => {
  await browser.close();
  await app.stop();
  await rm(folder, { recursive: true });
});

async function receiptOfSomebody(): Promise<string> {
  const ballot = await app.database.db
    .collection<{ receipt: string }>('ballots')
    .findOne({ pollId: town.closedPollId });
  return ballot?.receipt ?? '';
}

async function expectClean(): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await sidewaysPixels(page)).toBe(0);
}

async function look(code: string): Promise<void> {
  const field = page.getByLabel('回执，例如');
  await field.fill(code);
  await field.press('Enter');
}

describe('the page for a counted poll, on the smallest phone', () => {
  it('proves a receipt on the phone itself, by keyboard alone', async () => {
    await page.goto(address);
    const poll = await app.app.stores.polls.byId(town.closedPollId);
    await page.getByText(inFours(poll?.result?.seal?.code ?? 'none')).waitFor();
    await look(inFours(await receiptOfSomebody()).toLowerCase());
    await page.getByText(/✓ 算在里面：您的票在这\d+张选票里/u).waitFor();
    await page.getByText('怎么算出来的').press('Enter');
    await page.getByText('选票的根，和封存的比：✓').waitFor();
    await expectClean();
  });

  it('says when there is no such receipt, and when it is none at all', async () => {
    await look('AAAA-AAAA');
    await page.getByText('✗ 没有这个回执').waitFor();
    await expectClean();
    await look('AAAA');
    await page.getByText('回执是8个字母和数字，现在是4个。').waitFor();
    expect(await page.getByLabel('回执，例如').getAttribute('aria-invalid')).toBe('true');
  });

  it('does not believe the server: a row under another root is refused', async () => {
    const other = await (await newContext(browser, app, { viewport: SMALLEST })).newPage();
    await other.route('**/receipts/*', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { proofs: { row: { commitment: string } }[] };
      for (const { row } of body.proofs)
        row.commitment = row.commitment.replace(/^./u, (c) => (c === 'a' ? 'b' : 'a'));
      await route.fulfill({ response, json: body });
    });
    await other.goto(address);
    await other.getByLabel('回执，例如').fill(await receiptOfSomebody());
    await other.getByRole('button', { name: '查' }).click();
    await other.getByText('✗ 对不上').waitFor();
  });

  it('takes a file from a big button with our own words, by keyboard, whatever language the browser speaks', async () => {
    const english = await (await newContext(browser, app, { viewport: SMALLEST, locale: 'en-US' })).newPage();
    await english.goto(address);
    const choose = english.getByLabel('选择文件');
    const chooser = english.waitForEvent('filechooser');
    await choose.press('Space');
    const file = join(folder, 'notes.json');
    await writeFile(file, '{}');
    await (await chooser).setFiles(file);
    await english.getByText('选了 notes.json').waitFor();
    await english.getByText(/^✗/u).waitFor();
    expect((await choose.boundingBox())?.width).toBe(1);
    expect((await english.getByText('选择文件').boundingBox())?.height).toBeGreaterThanOrEqual(60);
    await english.context().close();
  });

  it('checks a whole file without sending it anywhere, and names what was changed', async () => {
    const liuMin = await signIn(app, '刘敏');
    const file = await liuMin.get<{ result: { counts: number[] } }>(
      `/polls/${encodeURIComponent(town.closedPollId)}/export.json`,
    );
    const whole = join(folder, 'whole.json');
    const forged = join(folder, 'forged.json');
    await writeFile(whole, JSON.stringify(file));
    const counts = file.result.counts.map((count) => count + 1);
    await writeFile(forged, JSON.stringify({ ...file, result: { ...file.result, counts } }));
    const sent: string[] = [];
    page.on('request', (request) => {
      if (!request.url().includes('/assets/')) sent.push(request.url());
    });
    const choose = page.getByLabel('选择文件');
    await choose.setInputFiles(whole);
    await page.getByText('✓ 没有发现问题').waitFor();
    await choose.setInputFiles(forged);
    await page
      .getByText(/的票数写的是\d+，按选票重数是\d+/u)
      .first()
      .waitFor();
    await page.getByText('票数和封存的不一样，被改过').waitFor();
    expect(sent).toEqual([]);
    await expectClean();
  });

  it('is as large as somebody wants it, and still fits', async () => {
    await page.getByText('特大').click();
    expect(await page.evaluate('getComputedStyle(document.body).fontSize')).toBe('30px');
    await expectClean();
    await page.reload();
    expect(await page.evaluate('getComputedStyle(document.body).fontSize')).toBe('30px');
  });

  it('says that there is no result yet, the same for every poll without one', async () => {
    await page.goto(`${app.baseUrl}/verify/${'0'.repeat(16)}`);
    await page.getByText('这个表决还没有结果').waitFor();
    await expectClean();
    problems.splice(0, problems.length, ...problems.filter((words) => !words.includes('404')));
  });

  it('raises nothing in the browser’s console', () => {
    expect(problems).toEqual([]);
  });
});

describe('what the page loads first', () => {
  it('is small enough for a slow line', async () => {
    const dist = join(import.meta.dirname, '../../web/dist');
    const html = await readFile(join(dist, 'verify.html'), 'utf8');
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)].map(([, path = '']) => path);
    const sizes = await Promise.all(
      files.map(async (path) => gzipSync(await readFile(join(dist, path))).byteLength),
    );
    expect(files.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, html.length)).toBeLessThan(FIRST_VIEW_BYTES);
  });
});
