import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';

import { eventually, PHONE } from '#test/support/browser';
import { atConsole, enterConcerns, openConcerns, type House } from './house.ts';

const MANY = 20;

export function queueIsCleared(house: House): void {
  describe('twenty concerns are cleared with at most two actions each', () => {
    let round = 0;
    beforeEach(async () => {
      round += 1;
      await enterConcerns(house, MANY - (await openConcerns(house)).length, `第${round}轮`);
    });

    it('by mouse alone', () =>
      atConsole(house, '/console/concerns', async (page) => {
        await rowsOf(page).first().click();
        let clicks = 1;
        const panel = page.getByRole('region', { name: '这条诉求' });
        for (let left = MANY; left > 0; left -= 1) {
          const title = await panel.getByRole('heading', { level: 2 }).innerText();
          await panel.getByRole('button', { name: '稍后', exact: true }).click();
          clicks += 1;
          await eventually(() =>
            panel.getByRole('heading', { level: 2, name: title, exact: true }).count(),
          ).toBe(0);
        }
        await nothingLeft(house, page);
        expect(clicks).toBeLessThanOrEqual(2 * MANY);
      }));

    it('by keys alone', () =>
      atConsole(house, '/console/concerns', async (page) => {
        await tabTo(page, rowsOf(page).first());
        let presses = 0;
        for (let left = MANY; left > 0; left -= 1) {
          const row = await page.locator(':focus').innerText();
          await page.keyboard.press('KeyH');
          presses += 1;
          if (left > 1) await eventually(() => page.locator(':focus').innerText()).not.toBe(row);
        }
        await nothingLeft(house, page);
        expect(presses).toBe(MANY);
      }));

    it('by touch on a phone', () =>
      atConsole(
        house,
        '/console/concerns',
        async (page) => {
          let taps = 0;
          for (let left = MANY; left > 0; left -= 1) {
            await rowsOf(page).first().tap();
            await page.getByRole('button', { name: '稍后', exact: true }).tap();
            taps += 2;
            await eventually(() => rowsOf(page).count()).toBe(left - 1);
          }
          await nothingLeft(house, page);
          expect(taps).toBeLessThanOrEqual(2 * MANY);
        },
        { viewport: PHONE, hasTouch: true, isMobile: true },
      ));
  });

  describe('the queue', () => {
    it('a new row waits behind a bar and does not move the row that has the focus', async () => {
      const [first = '', ...others] = await enterConcerns(house, 3, '不动');
      await house.liuMin.step('concern.merge', { concernIds: [first], intoId: others[1] ?? '' });
      await atConsole(house, '/console/concerns', async (page) => {
        const row = rowsOf(page).first();
        await row.focus();
        const before = { title: await titleOf(row), box: await row.boundingBox() };
        // It comes back in front of the others, because it is the oldest.
        await house.liuMin.step('concern.unmerge', { concernId: first });
        await page.getByText('有1条新的，点击显示').waitFor();
        const focused = page.locator('a:focus');
        expect({ title: await titleOf(focused), box: await focused.boundingBox() }).toEqual(before);
        await page.getByText('有1条新的，点击显示').click();
        await eventually(() => rowsOf(page).count()).toBe(3);
      });
    });
  });
}

function rowsOf(page: Page): Locator {
  return page.getByRole('region', { name: '诉求列表' }).getByRole('listitem').getByRole('link');
}

/** What of a row cannot change meanwhile: how many stand behind it does when another is taken out of it. */
async function titleOf(row: Locator): Promise<string | undefined> {
  return (await row.innerText()).split('\n')[0];
}

async function nothingLeft(house: House, page: Page): Promise<void> {
  await page.getByText('都看完了').waitFor();
  await eventually(async () => (await openConcerns(house)).length).toBe(0);
}

/** Only with the Tab key, as somebody without a mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the Tab key does not lead there');
}
