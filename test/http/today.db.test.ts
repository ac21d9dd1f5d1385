import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ConcernDetail, ConcernRow, Page, TodayAnswer } from '#src/http/contract-views';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
});
afterAll(() => app.stop());

const echo = async () => (await liuMin.get<TodayAnswer>('/today')).echo;

async function rowOf(number: number): Promise<ConcernRow> {
  const { items } = await liuMin.get<Page<ConcernRow>>('/concerns?state=all');
  const row = items.find((one) => one.number === number);
  if (!row) throw new Error(`no concern #${number}`);
  return row;
}

describe('what the console says about concerns', () => {
  it('names the real reason why two look alike', async () => {
    await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天');
    await town.residents.says('李明', '反映 3号楼门口的路灯不亮了');
    await town.residents.says('李明', '另记');
    await town.residents.says('王芳', '反映 小区垃圾房太臭，夏天不敢开窗');
    await town.residents.says('孙丽', '反映 垃圾房太臭了，不敢开窗');
    await town.residents.says('孙丽', '另记');
    const why = async (number: number) => {
      const { similar } = await liuMin.get<ConcernDetail>(
        `/concerns/${encodeURIComponent((await rowOf(number)).id)}`,
      );
      return similar.map((one) => one.why);
    };
    expect((await why(2)).join()).toContain('同楼栋');
    expect((await why(4)).join()).toContain('说法相近');
    expect((await why(4)).join()).not.toContain('同楼栋');
  });

  it('counts a merged concern as answered together with its target', async () => {
    expect(await echo()).toEqual({ received: 4, answered: 0, silent: 0 });
    const [first, second] = [await rowOf(1), await rowOf(2)];
    await liuMin.step('concern.merge', { concernIds: [second.id], intoId: first.id });
    await liuMin.step('concern.answer', { concernIds: [first.id], kind: 'done', text: '换了新灯' });
    await town.clock.forward(10 * 86_400);
    expect(await echo()).toEqual({ received: 4, answered: 2, silent: 2 });
  });
});
