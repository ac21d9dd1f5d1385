import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import {
  eventually,
  fillMoment,
  openBrowser,
  PC,
  PHONE,
  shoot,
  sidewaysPixels,
  signedIn,
} from '#test/support/browser';

let browser: Browser;
let app: TestApp;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startApp();
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** The form of a meeting and its field of day and hour. */
async function atMeetingForm(
  run: (page: Page, field: Locator) => Promise<void>,
  options?: BrowserContextOptions,
): Promise<void> {
  const page = await signedIn(browser, app, '刘敏', options);
  try {
    await page.goto('/console/meetings/new');
    await run(page, page.getByLabel('开会时间'));
  } finally {
    await page.context().close();
  }
}

const calendarOf = (page: Page) => page.locator('.moment-popup').filter({ visible: true });

it.each(['2026-12-01 09:05', '2026-12-1 9:05', '2026/12/1 9:05', '2026年12月1日 9:05'])(
  '%s may be typed, without a mouse',
  async (words) => {
    await atMeetingForm(async (page, field) => {
      await fillMoment(field, words);
      await eventually(() => field.inputValue()).toBe('2026-12-01 09:05');
      await page.getByText('12月1日（周二）9:05').waitFor();
      await eventually(() => calendarOf(page).count()).toBe(0);
      expect(new URL(page.url()).pathname).toBe('/console/meetings/new');
    });
  },
);

it('typed words count when the field is left, too', async () => {
  await atMeetingForm(async (page, field) => {
    await field.fill('2026-12-01 09:05');
    await page.getByLabel('地点').focus();
    await page.getByText('12月1日（周二）9:05').waitFor();
  });
});

it('a day is picked by mouse, and the hour with it until another is picked', async () => {
  await atMeetingForm(async (page, field) => {
    await field.fill('');
    await page.getByLabel('地点').focus();
    await field.click();
    const calendar = calendarOf(page);
    await calendar.getByRole('button', { name: '下个月' }).click();
    await calendar.getByText('20', { exact: true }).first().click();
    await eventually(() => field.inputValue()).toMatch(/^\d{4}-\d\d-20 18:00$/u);
    const [hours, minutes] = await calendar.locator('ul').all();
    await hours?.getByText('08', { exact: true }).click();
    await minutes?.getByText('30', { exact: true }).click();
    await page.getByLabel('地点').focus();
    await eventually(() => field.inputValue()).toMatch(/^\d{4}-\d\d-20 08:30$/u);
    await page.getByText(/20日（周.）8:30/u).waitFor();
  });
});

it('a quick choice fills the field, and words that are no day leave what was there', async () => {
  await atMeetingForm(async (page, field) => {
    await page.getByRole('button', { name: '7天后19:00' }).click();
    await eventually(() => field.inputValue()).toMatch(/ 19:00$/u);
    const chosen = await field.inputValue();
    await field.fill('下周三');
    await page.getByLabel('地点').focus();
    await eventually(() => field.inputValue()).toBe(chosen);
  });
});

it('what is missing is said in Chinese at the field', async () => {
  await atMeetingForm(async (page, field) => {
    await field.fill('');
    await page.getByLabel('地点').focus();
    await page.getByRole('button', { name: '预览' }).click();
    await eventually(() => field.getAttribute('aria-invalid')).toBe('true');
    const said = await field.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${said?.split(' ').at(-1) ?? ''}"]`).textContent()).toMatch(
      /\p{Script=Han}/u,
    );
  });
});

it.each([
  ['PC', PC],
  ['phone', PHONE],
])(
  'on a %s the calendar speaks Chinese in an English browser abroad, whole and on screen',
  async (name, viewport) => {
    const abroad = { viewport, locale: 'en-US', timezoneId: 'America/New_York' };
    await atMeetingForm(async (page, field) => {
      await field.click();
      const calendar = calendarOf(page);
      await calendar.getByText('20', { exact: true }).first().waitFor();
      const words = await calendar.innerText();
      expect(words).toMatch(/\d{4}年\s*\d{1,2}月/u);
      expect(words.replaceAll(/\s/gu, '')).toContain('一二三四五六日');
      expect(words).not.toMatch(/[A-Za-z]/u);
      await shoot(page, `moment-field-${name}`);
      const box = await calendar.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(viewport.width);
      expect(await sidewaysPixels(page)).toBe(0);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        // The columns of hours are for the mouse; from the keyboard the hour is typed.
        .disableRules(['scrollable-region-focusable'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ') ?? ''}`)).toEqual([]);
    }, abroad);
  },
);
