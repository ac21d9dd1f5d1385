import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startApp } from '#test/support/app';
import { openBrowser, openPlayground, signedIn } from '#test/support/browser';
import { openTown } from '#test/support/chat';
import { residentsSpeak, secretarySorts } from './main-job/concerns.ts';
import { everybodyIsTold, workIsDone } from './main-job/follow-up.ts';
import { residentsMeet } from './main-job/meeting.ts';
import { outcomeIsPublic } from './main-job/outcome.ts';
import { residentsVote } from './main-job/poll.ts';
import type { Story } from './main-job/story.ts';

let browser: Browser;
const story = {} as Story;
const broken: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  const app = await startApp();
  const street = await openPlayground(browser, app);
  const desk = await signedIn(browser, app, '刘敏');
  Object.assign(story, { app, town: await openTown(app), street, desk });
  for (const page of [street, desk]) page.on('pageerror', (error) => broken.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await story.app.stop();
});

describe('the whole main job by clicking', { timeout: 60_000 }, () => {
  let failed = false;
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      failed = true;
    });
    // Every stage stands on the one before it.
    if (failed) throw new Error('an earlier stage failed');
  });

  residentsSpeak(story);
  secretarySorts(story);
  residentsVote(story);
  residentsMeet(story);
  outcomeIsPublic(story);
  workIsDone(story, () => browser);
  everybodyIsTold(story);

  it('no page met an error of its own', () => {
    expect(broken).toEqual([]);
  });
});
