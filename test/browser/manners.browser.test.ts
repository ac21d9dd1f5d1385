import { afterAll, beforeAll, describe } from 'vitest';

import { openBrowser, startAppOnFixedPort } from '#test/support/browser';
import { openTown } from '#test/support/chat';
import { signIn } from '#test/support/console';
import { hiddenPollsStayHidden, nothingIsLost } from './manners/connection.ts';
import { pagesAreWellFormed } from './manners/frame.ts';
import type { House } from './manners/house.ts';
import { queueIsCleared } from './manners/queue.ts';
import { deliveryIsTold, sendingHappensOnce } from './manners/sending.ts';

const house = {} as House;

beforeAll(async () => {
  house.browser = await openBrowser();
  house.app = await startAppOnFixedPort();
  house.town = await openTown(house.app);
  house.liuMin = await signIn(house.app, '刘敏');
});
afterAll(async () => {
  await house.browser.close();
  await house.app.stop();
});

describe('manners of the pages', { timeout: 60_000 }, () => {
  pagesAreWellFormed(house);
  queueIsCleared(house);
  sendingHappensOnce(house);
  deliveryIsTold(house);
  hiddenPollsStayHidden(house);
  nothingIsLost(house);
});
