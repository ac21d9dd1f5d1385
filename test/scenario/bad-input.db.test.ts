import { afterAll, beforeAll, describe, expect, it } from 'vitest';

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

interface Kept {
  readonly text: string;
  readonly original?: string;
  readonly number: number;
}
const kept = (number: number) => app.database.db.collection<Kept>('concerns').findOne({ number });

describe('a text', () => {
  it('that is too long is cut with a hint at 2,000 characters, and kept up to 20,000', async () => {
    await town.residents.says('张桂兰', `反映 ${'楼道灯坏了，'.repeat(5_000)}`);
    const { text } = await town.residents.expectReply(/^已登记：诉求#1/);
    expect(text).toContain('内容长，先看前2000字，原文都存着。');
    const concern = await kept(1);
    expect(concern?.text).toHaveLength(2_000);
    expect([...(concern?.original ?? '')].length).toBeGreaterThan(19_000);
    expect([...(concern?.original ?? '')].length).toBeLessThanOrEqual(20_000);
  });

  it.each([
    ['empty', '反映'],
    ['only spaces', '反映 　 '],
    ['only emoji', '反映 😡😡😡'],
    ['only stickers', '反映 [发怒][发怒]'],
    ['only punctuation', '反映！！！'],
  ])('that is %s is asked for its content', async (_what, words) => {
    await town.residents.says('李明', words);
    await town.residents.expectReply('还差内容：哪里、什么事。\n例如：「反映 3号楼门口路灯坏了」');
  });

  it('with control characters, right-to-left marks and zero-width signs is cleaned, its words stay', async () => {
    await town.residents.says('王芳', '反\u200b映 \u202e地下\u0000车库\u0007积\u200b水\u2069');
    await town.residents.expectReply(/^已登记：诉求#2「地下车库积水」/);
    const concern = await kept(2);
    expect(concern?.text).toBe('地下车库积水');
  });

  it('with rare characters, emoji and combined signs stays whole', async () => {
    await town.residents.says('赵国强', '反映 𬬭𠮷小区👨‍👩‍👧门口é井盖松了');
    await town.residents.expectReply(/^已登记：诉求#3/);
    expect((await kept(3))?.text).toContain('𬬭𠮷小区👨‍👩‍👧门口é井盖松了');
  });

  it('that a bot or a person repeats word for word is not answered twice with two numbers', async () => {
    await town.residents.says('孙丽', '反映 健身器材生锈了');
    await town.residents.expectReply(/^已登记：诉求#4/);
    await town.residents.says('孙丽', '反映 健身器材生锈了');
    await town.residents.expectReply(/#4/);
    expect(
      await app.database.db
        .collection('concerns')
        .countDocuments({ number: { $exists: true }, text: '健身器材生锈了' }),
    ).toBe(1);
  });
});

describe('a number', () => {
  it.each([
    ['附议 88', /没有找到诉求#88/],
    ['进度 88', /^没有找到诉求#88。\n发「进度」，看您提过的每一件。$/],
    ['补充 88 还是没修', /没有找到诉求#88/],
    ['评价 88 满意', /没有找到诉求#88/],
    ['报名 88', /没有找到协商会#88/],
    ['议题88 投1', /没有找到议题#88/],
    ['回执 88', /议题#88/],
    ['异议 88 不同意', /议题#88/],
    ['拆开 88', /没有找到诉求#88/],
    ['附议 99999999999999999999', /./],
    ['附议 0', /./],
    ['附议 -1', /./],
  ])('that does not exist: %s', async (words, reply) => {
    await town.direct('周建军').says('周建军', words);
    await town.direct('周建军').expectReply(reply);
    await town.direct('周建军').shouldNotReply();
  });

  it.each([
    ['拆开 2', /诉求#2/],
    ['补充 2 我来补一句', /诉求#2/],
    ['评价 2 满意', /诉求#2/],
  ])('that is somebody else’s: %s', async (words, reply) => {
    await town.direct('吴秀英').says('吴秀英', words);
    const { text } = await town.direct('吴秀英').expectReply(reply);
    expect(text).not.toContain('王芳');
  });
});

describe('a command from the wrong role', () => {
  it.each([
    ['合并 2 到 1', '合并'],
    ['立题 2', '立题'],
    ['待办', '待办'],
    ['核实 T1', '核实'],
  ])('is declined with a way on: %s', async (words, command) => {
    await town.direct('郑伟').says('郑伟', words);
    await town
      .direct('郑伟')
      .expectReply(`「${command}」由社区工作人员来做。\n您有话要说，发「反映」加内容。`);
  });

  it('leaves everything as it was', async () => {
    expect(await app.database.db.collection('topics').countDocuments()).toBe(0);
    expect(await kept(2)).toMatchObject({ state: 'open' });
  });
});

describe('a vote', () => {
  it('by somebody who is not on the roll, and one after closing, are answered and not counted', async () => {
    const options = ['赞成', '反对'];
    const topic = await liuMin.step('topic.create', {
      concernIds: [],
      title: '装充电桩',
      description: '',
      options,
      source: 'members',
    });
    const topicId = topic.created?.id ?? '';
    const poll = {
      topicId,
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-03T18:00:00+08:00',
      quorum: 0,
      options,
    };
    await liuMin.step('poll.open', poll);
    await town.quiet();
    await town.direct('刘建国').says('刘建国', '议题1 投1');
    await town
      .direct('刘建国')
      .expectReply(
        /^这一票没算进去：议题#1由幸福里居民，?.*投。\n名册是开投时群里的人，后来进群的下次能投。\n换过账号的，用原来在群里的账号投。\n名册里没找到您。弄错了，找社区 刘敏，0000-5550102核对。/,
      );
    await town.residents.says('冯玉梅', '1');
    await town.clock.to('2026-09-03T18:00:02+08:00');
    await town.residents.says('冯玉梅', '2');
    await town.direct('冯玉梅').expectReply(/^这一票没算进去：议题#1已在9月3日（周四）18:00截止。/);
    const { items } = await liuMin.get<{ items: { voters: number }[] }>('/polls');
    expect(items).toMatchObject([{ voters: 1, state: 'closed' }]);
  });
});

describe('a burst from one person', () => {
  const BURST = 400;

  it('gets one polite line, loses nothing and delays nobody else', async () => {
    const direct = town.direct('何涛');
    const posts: Promise<unknown>[] = [];
    for (let index = 0; index < BURST; index += 1) {
      posts.push(town.residents.post('何涛', `第${index}条消息`, { messageId: `burst-${index}` }));
      if (posts.length % 50 === 0) await Promise.all(posts.splice(0));
    }
    const startedAt = performance.now();
    await town.residents.says('张桂兰', '反映 信箱锁坏了');
    await town.residents.expectReply(/^已登记/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const lines = (await direct.unread()).filter(({ text }) => text.startsWith('收到您'));
    expect(lines.map(({ text }) => text)).toEqual([expect.stringMatching(/条消息，都已保存，不用重发。/)]);
    expect(await app.database.db.collection('inbox').countDocuments({ 'message.messageId': /^burst-/ })).toBe(
      BURST,
    );
    await town.clock.forward(BURST * 3 + 60);
    const waiting = { 'message.messageId': /^burst-/, state: { $ne: 'done' } };
    await expect
      .poll(() => app.database.db.collection('inbox').countDocuments(waiting), { timeout: 15_000 })
      .toBe(0);
  }, 60_000);
});
