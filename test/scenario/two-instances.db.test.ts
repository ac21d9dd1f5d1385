import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn } from '#test/support/console';
import { readEvents } from '#test/support/events';

let first: TestApp;
let second: TestApp;
let here: Town;
let there: Town;
let isFirstRunning = true;
beforeAll(async () => {
  first = await startApp();
  second = await startApp({ database: first.database });
  [here, there] = [await openTown(first), await openTown(second)];
});
afterAll(async () => {
  await second.stop();
  if (isFirstRunning) await first.stop();
});

const NAMES = ['张桂兰', '李明', '王芳', '赵国强', '孙丽', '周建军', '吴秀英', '郑伟', '冯玉梅', '何涛'];

describe('two programs on one database', () => {
  it('share the work: the same message at both doors has one effect', async () => {
    const words = NAMES.flatMap((name) =>
      [1, 2, 3, 4, 5]
        .map((index) => ({ name, text: `反映 ${name}家${index}楼漏水`, messageId: `both-${name}-${index}` }))
        .map((one) => ({ ...one, messageId: encodeId(one.messageId) })),
    );
    await Promise.all(
      words.flatMap(({ name, text, messageId }) =>
        [here, there].map((town) => town.residents.post(name, text, { messageId })),
      ),
    );
    await here.quiet();
    const { db } = first.database;
    expect(await db.collection('inbox').countDocuments()).toBe(words.length);
    expect(await db.collection('concerns').countDocuments()).toBe(words.length);
    const all = await there.residents.all();
    expect(all.filter(({ from }) => from.bot)).toHaveLength(words.length);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
  });

  it('a stream of one shows what the other one took in', async () => {
    const after = (await here.residents.all()).length;
    const url = `${first.baseUrl}/api/playground/conversations/xingfuli-residents/stream`;
    const events = readEvents(url, { lastEventId: String(after), count: 1 });
    await there.residents.post('张桂兰', '大家好');
    expect(JSON.parse((await events)[0]?.data ?? '{}')).toMatchObject({ text: '大家好' });
  });

  it('a session of one is a session of the other', async () => {
    const liuMin = await signIn(first, '刘敏');
    await liuMin.step('topic.create', {
      concernIds: [],
      title: '停车怎么办',
      description: '',
      options: ['甲', '乙'],
      source: 'members',
    });
    const answer = await (await signIn(second, '刘敏')).get<{ items: unknown[] }>('/topics');
    expect(answer.items).toHaveLength(1);
  });

  it('a deadline fires once, whoever moves the clock', async () => {
    const liuMin = await signIn(first, '刘敏');
    const { items } = await liuMin.get<{ items: { id: string }[] }>('/topics');
    const poll = {
      topicId: items[0]?.id ?? '',
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-03T18:00:00+08:00',
      quorum: 0,
      options: ['甲', '乙'],
    };
    await liuMin.step('poll.open', poll);
    await here.quiet();
    await Promise.all([
      here.residents.post('李明', '1'),
      there.residents.post('王芳', '2'),
      here.residents.post('孙丽', '1'),
    ]);
    await here.quiet();
    await there.clock.to('2026-09-03T18:00:05+08:00');
    await expect
      .poll(() => here.clock.now() >= new Date('2026-09-03T18:00:05+08:00'), { timeout: 5_000 })
      .toBe(true);
    await here.quiet();
    const results = (await here.residents.all()).filter(({ text }) => text.startsWith('【结果】'));
    expect(results.map(({ text }) => text.split('\n')[2])).toEqual([expect.stringMatching(/^甲2　乙1/)]);
  });

  it('when one ends the other one takes over everything', async () => {
    await first.app.stop();
    isFirstRunning = false;
    await there.residents.says('何涛', '反映 天台门锁坏了');
    await there.residents.expectReply(/^已登记/);
  }, 60_000);
});

/** Message ids of the playground are plain ASCII. */
function encodeId(text: string): string {
  return Buffer.from(text).toString('hex');
}
