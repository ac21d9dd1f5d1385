import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { eventually, openPlayground } from '#test/support/browser';
import { atConsole, type House } from './house.ts';

const TITLES = [
  ['/console/', '今天 · 幸福里'],
  ['/console/concerns', '诉求 · 幸福里'],
  ['/console/topics', '议题 · 幸福里'],
  ['/console/polls', '表决 · 幸福里'],
  ['/console/meetings', '协商会 · 幸福里'],
  ['/console/assignments', '交办 · 幸福里'],
  ['/console/notices', '通知 · 幸福里'],
  ['/console/groups', '群 · 幸福里'],
  ['/console/operations', '运行 · 幸福里'],
] as const;

export function pagesAreWellFormed(house: House): void {
  describe('pages', () => {
    it('each has its own title', () =>
      atConsole(house, '/console/', async (page) => {
        for (const [path, title] of TITLES) {
          await page.goto(path);
          await eventually(() => page.title()).toBe(title);
        }
      }));

    it('the first Tab leads to the skip link, which leads to the content', () =>
      atConsole(house, '/console/', async (page) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.keyboard.press('Tab');
        const skip = page.getByRole('link', { name: '跳到正文' });
        expect(await skip.and(page.locator(':focus')).count()).toBe(1);
        expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
        await page.keyboard.press('Enter');
        expect(await page.locator('#content:focus').count()).toBe(1);
      }));

    it('whatever has the focus shows it, in the console', () =>
      atConsole(house, '/console/concerns', focusIsSeen));

    it('whatever has the focus shows it, in the playground', async () => {
      const page = await openPlayground(house.browser, house.app);
      await page.getByRole('textbox').first().waitFor();
      await focusIsSeen(page);
      await page.context().close();
    });
  });
}

const STOPS = 25;

/** In the page: what has the focus and shows it neither itself nor by the frame around it; '' if it is seen. */
const UNSEEN_FOCUS = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  const isRinged = (one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  };
  return isRinged(element) || isRinged(element.parentElement) ? '' : element.outerHTML.slice(0, 120);
})()`;

/** Goes through the page with the Tab key: each stop has an outline or a ring of at least two pixels. */
async function focusIsSeen(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const unseen: string[] = [];
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    unseen.push(await page.evaluate<string>(UNSEEN_FOCUS));
  }
  expect(unseen.filter((element) => element !== '')).toEqual([]);
}
