import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import type { StepInput } from '#src/http/contract';
import type { ConcernRow } from '#src/http/contract-views';
import type { TestApp } from '#test/support/app';
import { signedIn } from '#test/support/browser';
import type { Town } from '#test/support/chat';
import type { ConsoleUser } from '#test/support/console';

/** What the chapters share: one program, one browser; each test opens its own context. */
export interface House {
  app: TestApp;
  browser: Browser;
  town: Town;
  liuMin: ConsoleUser;
}

export const RESIDENTS_ID = 'group:xingfuli-residents';

/** A console of its own for one test, closed after it. */
export async function atConsole(
  { browser, app }: House,
  path: string,
  run: (page: Page) => Promise<void>,
  options?: BrowserContextOptions,
): Promise<void> {
  const page = await signedIn(browser, app, '刘敏', options);
  try {
    await page.goto(path);
    await run(page);
  } finally {
    await page.context().close();
  }
}

/** Concerns written down for residents: quick, and nothing is said in a group. */
export async function enterConcerns({ liuMin }: House, count: number, about: string): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const answer = await liuMin.step('concern.enterFor', {
      name: `居民${about}${index}`,
      text: `${about}${index}号门前的地砖松了`,
    });
    ids.push(answer.created?.id ?? '');
  }
  return ids;
}

export async function openConcerns({ liuMin }: House): Promise<readonly ConcernRow[]> {
  return (await liuMin.get<{ items: ConcernRow[] }>('/concerns?limit=100')).items;
}

export async function newTopic({ liuMin }: House, title: string): Promise<string> {
  const step: StepInput<'topic.create'> = {
    concernIds: [],
    title,
    description: '',
    options: ['赞成', '反对', '弃权'],
    source: 'residents',
  };
  return (await liuMin.step('topic.create', step)).created?.id ?? '';
}

export function at(list: string, id: string, rest = ''): string {
  return `/console/${list}/${encodeURIComponent(id)}${rest}`;
}
