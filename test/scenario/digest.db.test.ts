import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';

let app: TestApp;
let town: Town;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
});
afterAll(() => app.stop());

const digests = async () =>
  (await town.secretaries.all()).map(({ text }) => text).filter((text) => text.startsWith('【今天】'));

describe("the morning's digest", () => {
  it('is not sent when there is nothing to tell', async () => {
    await town.clock.to('2026-09-05T10:00:00+08:00');
    await town.quiet();
    expect(await digests()).toEqual([]);
  });

  it('names what is due today, at 8:30, once, to the secretaries', async () => {
    await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天');
    await town.residents.says('王芳', '反映 小区垃圾房太臭，夏天不敢开窗');
    await town.clock.to('2026-09-08T08:29:00+08:00');
    await town.quiet();
    expect(await digests()).toEqual([]);
    await town.clock.to('2026-09-08T08:31:00+08:00');
    await town.quiet();
    expect(await digests()).toEqual(['【今天】9月8日（周二）有2件要办\n诉求：到期#1等2件']);
    expect((await town.residents.all()).filter(({ text }) => text.startsWith('【今天】'))).toEqual([]);
  });

  it('tells the next mornings what is late, and keeps silent at the weekend', async () => {
    await town.clock.to('2026-09-14T08:00:00+08:00');
    await town.quiet();
    const late = (day: string) => `【今天】9月${day}有2件要办\n诉求：过期#1、#2`;
    expect((await digests()).slice(1)).toEqual(['9日（周三）', '10日（周四）', '11日（周五）'].map(late));
  });

  it('comes back every working morning until it is done', async () => {
    await town.secretaries.says('刘敏', '答复 1 物业换了新灯');
    await town.clock.to('2026-09-14T12:00:00+08:00');
    await town.quiet();
    expect((await digests()).slice(4)).toEqual(['【今天】9月14日（周一）有1件要办\n诉求：过期#2']);
  });

  it('is sent once when two programs work, and once when the morning begins again after a restart', async () => {
    const second = await startApp({ database: app.database });
    await town.clock.to('2026-09-15T08:30:30+08:00');
    await town.quiet();
    await second.stop();
    await app.restart();
    await town.quiet();
    expect((await digests()).slice(5)).toEqual(['【今天】9月15日（周二）有1件要办\n诉求：过期#2']);
  });
});
