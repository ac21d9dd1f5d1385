import type { Locator, Page } from 'playwright-core';

import type { TestApp } from '#test/support/app';
import { shoot } from '#test/support/browser';
import type { Town } from '#test/support/chat';
import { directPhone, groupPhone, type Phone } from '#test/support/phones';

/** Everybody of the main job, each at their own screen. */
export interface Story {
  app: TestApp;
  /** Only for moving the clock by seconds and for waiting until nothing is under way. */
  town: Town;
  /** The row of phones. */
  street: Page;
  /** 刘敏's office PC. */
  desk: Page;
}

export const RESIDENTS = '幸福里居民群';
export const SECRETARIES = '幸福里工作群';
export const PROPERTY = '幸福里物业群';

export function phone({ street }: Story, name: string): Phone {
  return groupPhone(street, name);
}

/** Says something one-to-one and gives the phone it was said on. */
export async function direct({ street }: Story, persona: string, words?: string): Promise<Phone> {
  const mine = await directPhone(street, persona);
  if (words !== undefined) await mine.says(persona, words);
  return mine;
}

/** The card of the bot's newest message with these words: its buttons. */
export async function press(message: Locator, label: string): Promise<void> {
  await message.getByRole('button', { name: label, exact: true }).click();
}

/** Steps of the console can be taken back for ten seconds; they pass on the demo's clock. */
export async function letUndoPass({ town }: Story): Promise<void> {
  await town.clock.forward(11);
}

/** Presses 到下一个期限 in the clock bar until the words stand on a phone. */
export async function untilHeard({ street, town }: Story, message: Locator, most = 12): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    if ((await message.count()) > 0) return;
    await Promise.all([
      street.waitForResponse(
        (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/clock'),
      ),
      street.getByRole('button', { name: /^到下一个期限/ }).click(),
    ]);
    await town.quiet();
  }
  await message.waitFor();
}

export async function shootBoth({ street, desk }: Story, name: string): Promise<void> {
  await shoot(street, `${name}-phones`);
  await shoot(desk, `${name}-console`);
}

/** The one next step of a topic's page. */
export function nextStep({ desk }: Story): Locator {
  return desk.getByRole('region', { name: '下一步' });
}

export async function openFromMenu({ desk }: Story, word: string): Promise<void> {
  await desk.getByRole('navigation').getByRole('link', { name: word, exact: false }).first().click();
  await desk.getByRole('heading', { level: 1, name: word }).waitFor();
}
