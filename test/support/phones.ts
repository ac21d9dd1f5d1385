import type { Locator, Page } from 'playwright-core';
import { Resvg } from '@resvg/resvg-js';

/** One phone of the playground, used as a person uses it: by looking, typing and tapping. */
export interface Phone {
  readonly screen: Locator;
  /** Somebody picks the phone up, types and sends; resolves when the server has kept it. */
  says(persona: string, words: string, photos?: number): Promise<void>;
  /** The newest message of the bot that holds these words. */
  heard(words: string | RegExp): Locator;
}

export function groupPhone(page: Page, name: string): Phone {
  return phoneOf(page, page.getByRole('region', { name, exact: true }));
}

/** Hands the one-to-one phone to somebody. */
export async function directPhone(page: Page, persona: string): Promise<Phone> {
  await page.getByLabel('换人').selectOption({ label: persona });
  const screen = page.getByRole('region', { name: `${persona}的一对一` });
  await screen.waitFor();
  return phoneOf(page, screen);
}

function phoneOf(page: Page, screen: Locator): Phone {
  return {
    screen,
    async says(persona, words, photos = 0) {
      const choice = screen.getByLabel('我是');
      if ((await choice.count()) > 0) await choice.selectOption({ label: persona });
      await screen.getByRole('textbox').fill(words);
      if (photos > 0) {
        await screen.locator('input[type=file]').setInputFiles(photosOf(photos));
        await screen.getByText(`照片（${photos}张）`).waitFor();
      }
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST' && one.url().endsWith('/messages')),
        screen.getByRole('button', { name: '发送' }).click(),
      ]);
      if (answer.status() !== 202) throw new Error(`not kept: ${answer.status()} ${await answer.text()}`);
    },
    heard: (words) =>
      screen.getByRole('listitem').filter({ hasText: '已送达' }).filter({ hasText: words }).last(),
  };
}

/** Drawn, not taken: a lamp that is out. */
function photosOf(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    name: `photo-${index + 1}.png`,
    mimeType: 'image/png',
    buffer: new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#22303c"/>` +
        `<rect x="${230 + index * 20}" y="90" width="10" height="200" fill="#8a919b"/><circle cx="${235 + index * 20}" cy="80" r="24" fill="#4a5560"/></svg>`,
    )
      .render()
      .asPng(),
  }));
}
