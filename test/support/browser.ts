/**
 * A real browser for tests of the pages.
 *
 *     const browser = await openBrowser();
 *     const page = await signedIn(browser, app, '刘敏');
 *     await page.getByRole('link', { name: '诉求' }).click();
 *
 * The pages must have been built before (`npm run build:web`; `npm test` does it by itself).
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';

import { startApp, type TestApp, type TestAppOptions } from './app.ts';

const rootDir = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** As of an office: an old PC, and the smallest phone that is still sold. */
export const PC = { width: 1366, height: 768 } as const;
export const PHONE = { width: 360, height: 740 } as const;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Whatever a page has not shown after this long, it does not show. */
const PATIENCE_MS = 10_000;

/** Chromium with an empty profile of its own; contexts keep tests apart. */
export async function openBrowser(): Promise<Browser> {
  for (const page of ['console.html', 'playground.html']) {
    if (!existsSync(join(rootDir, 'web', 'dist', page))) {
      throw new Error(`web/dist/${page} is missing: run "npm run build:web" before the browser tests`);
    }
  }
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** The whole program on a port that stays the same when it restarts, as the browser's storage wants it. */
export async function startAppOnFixedPort(options: TestAppOptions = {}): Promise<TestApp> {
  const environment = { ...options.environment, PORT: String(await freePort()) };
  return startApp({ ...options, environment });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => void probe.close(resolve));
  return port;
}

/** A new person at a new device: nothing remembered, no animation, Chinese, in the community's time zone. */
export async function newContext(
  browser: Browser,
  app: TestApp,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: PC,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** The playground in a new context. */
export async function openPlayground(
  browser: Browser,
  app: TestApp,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await (await newContext(browser, app, options)).newPage();
  await page.goto('/playground/');
  return page;
}

/** The console in a new context, signed in through the demo's link of that person. */
export async function signedIn(
  browser: Browser,
  app: TestApp,
  name: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await (await newContext(browser, app, options)).newPage();
  await page.goto(loginUrlOf(app, name));
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

export function loginUrlOf(app: TestApp, name: string): string {
  const user = app.demo.users.find((one) => one.name === name);
  if (!user) throw new Error(`${name} does not sign in`);
  return user.loginUrl;
}

/** Types a day and an hour as a person does, e.g. 2026-12-20 18:00; Enter takes it and shuts the calendar. */
export async function fillMoment(field: Locator, words: string): Promise<void> {
  await field.fill(words);
  await field.press('Enter');
}

/** Keeps a picture of the page for whoever wants to look, in artifacts/screenshots. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = join(rootDir, 'artifacts', 'screenshots');
  await mkdir(folder, { recursive: true });
  // A page scrolled down would be pictured with its sticky bars in the middle.
  await page.evaluate('window.scrollTo(0, 0)');
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** How many pixels of the page lie outside its width; 0 = nothing to scroll sideways. */
export function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** What shows sooner or later, as an expectation: asks until it holds. */
export function eventually<Value>(read: () => Promise<Value>) {
  return expect.poll(read, { timeout: PATIENCE_MS, interval: 50 });
}
