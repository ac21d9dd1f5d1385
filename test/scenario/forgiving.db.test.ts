import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { StepInput } from '#src/http/contract';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Say, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  await town.residents.says('张桂兰', '反映 3号楼门口的路灯坏了');
});
afterAll(() => app.stop());

const RESIDENTS = ['张桂兰', '李明', '王芳', '赵国强', '孙丽', '周建军', '吴秀英', '郑伟', '冯玉梅', '何涛'];

describe('the same command however it is written', () => {
  it.each<[string, string, Say?]>([
    ['李明', '附议１'],
    ['王芳', '附議 1'],
    ['赵国强', '附议第一'],
    ['孙丽', '附议一号'],
    ['周建军', '附议#1'],
    ['吴秀英', '附议：1。'],
    ['郑伟', '议事助手 附议 1'],
    ['冯玉梅', '@议事助手\u2005附议1'],
    ['何涛', '「张桂兰：3号楼门口的路灯坏了」\n- - - - - - - - - - - - - - -\n附议 1'],
  ])('%s: %s', async (name, words, extra) => {
    await town.residents.says(name, words, extra);
    await town.residents.expectReply(/^已附议：诉求#1/);
  });

  it('a quoted message of the bot says which number is meant', async () => {
    const [registered] = (await town.residents.all()).filter(({ text }) => text.startsWith('已登记'));
    const quote = { from: '议事助手', text: registered?.text ?? '', messageId: registered?.id ?? '' };
    await town.residents.says('何涛', '附议', { quote });
    await town.residents.expectReply(/^诉求#1您附议过了/);
  });

  it('capitals do not matter', async () => {
    await town.property.says('刘建国', '办结 T9 好了');
    const upper = await town.property.expectReply(/T9/);
    await town.property.says('刘建国', '办结ｔ９好了');
    expect((await town.property.expectReply(/T9/)).text).toBe(upper.text);
  });

  it('a question that only contains a trigger word is asked back, and 登记 registers it', async () => {
    await town.residents.says('李明', '@议事助手 报修单在哪里');
    await town.residents.expectReply('您是要把这件事登记下来吗？\n是，回复「登记」；不是，不用回复。');
    await town.residents.says('李明', '登记');
    await town.residents.expectReply(/^已登记：诉求#2「报修单在哪里」/);
  });

  it('unknown words to the bot get the three most likely commands, with the bot’s silence for others', async () => {
    await town.residents.says('王芳', '@议事助手 附义 1');
    const { text } = await town.residents.expectReply(/./s);
    expect(text).toContain('附议');
    await town.residents.says('王芳', '附义 1');
    await town.residents.shouldNotReply();
  });

  it('帮助 is short and differs by role', async () => {
    await town.residents.says('张桂兰', '帮助');
    const resident = (await town.residents.expectReply(/反映/)).text;
    await town.secretaries.says('刘敏', '幫助');
    const secretary = (await town.secretaries.expectReply(/待办/)).text;
    await town.property.says('刘建国', '帮助');
    const department = (await town.property.expectReply(/办结/)).text;
    expect(new Set([resident, secretary, department]).size).toBe(3);
    for (const text of [resident, secretary, department])
      expect(text.split('\n').length).toBeLessThanOrEqual(6);
  });
});

describe('silence', () => {
  it('200 messages that are not for the bot, and thanks, get no reply at all', async () => {
    const remarks = [
      '大家早上好',
      '今天降温了',
      '谁看见我家猫了',
      '谢谢',
      '好的',
      '收到[强]',
      '👍👍',
      '路灯确实该修了',
      '1栋有人拼团吗',
      '几点停水啊',
      '我也觉得',
      '哈哈哈哈',
    ];
    const before = (await town.residents.all()).length;
    // Ten each in a minute: nobody is talking too fast.
    for (let round = 0; round < 20; round += 1) {
      const posts = RESIDENTS.map((name, index) =>
        town.residents.post(name, remarks[(round * 10 + index) % 12] ?? ''),
      );
      expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(RESIDENTS.map(() => 202));
      if (round === 9) await town.clock.forward(61);
    }
    await town.quiet();
    const after = await town.residents.all();
    expect(after.slice(before).filter(({ from }) => from.bot)).toEqual([]);
    expect(after.length - before).toBe(200);
  });

  it('thanks to the bot, one-to-one too, are not answered', async () => {
    for (const words of ['谢谢', '辛苦了', '好的谢谢', '👍', '[玫瑰]']) {
      await town.residents.says('张桂兰', words, { mentionsBot: true });
      await town.residents.shouldNotReply();
      await town.direct('张桂兰').says('张桂兰', words);
      await town.direct('张桂兰').shouldNotReply();
    }
  });

  it('bare digits mean nothing where no poll is open', async () => {
    for (const words of ['1', '①', '２', '一']) await town.residents.says('李明', words);
    await town.residents.shouldNotReply();
    await town.direct('李明').shouldNotReply();
  });
});

describe('ballots', () => {
  it('100 in a minute in one group get at most one line', async () => {
    await openPoll('小区要不要装充电桩');
    const before = (await town.residents.all()).length;
    // Each changes their vote again and again; the group still hears one line.
    const posts = Array.from(
      { length: 100 },
      (_, index) => [RESIDENTS[index % 10] ?? '', String((index % 3) + 1)] as const,
    );
    await Promise.all(posts.map(([name, words]) => town.residents.post(name, words)));
    await town.quiet();
    await town.clock.forward(60);
    const said = (await town.residents.all()).slice(before).filter(({ from }) => from.bot);
    expect(said.map(({ text }) => text.split('\n')[0])).toEqual([expect.stringMatching(/^收到10人的票：/)]);
  });

  it('nothing outside ballots offers bare digits', async () => {
    const chats = [
      town.residents,
      town.secretaries,
      town.property,
      ...RESIDENTS.map((name) => town.direct(name)),
    ];
    const texts = (await Promise.all(chats.map((chat) => chat.all()))).flat().filter(({ from }) => from.bot);
    expect(texts.length).toBeGreaterThan(20);
    const offers = texts.filter(({ text }) => /回复数字|发数字|「\d+」/u.test(text));
    for (const { text } of offers) expect(text).toMatch(/表决|票/);
    const choices = texts.filter(({ card }) => card?.choices.some(({ say }) => /^\d+$/.test(say)));
    expect(choices).toEqual([]);
  });

  it('with two polls open a bare digit is asked back, not counted', async () => {
    await openPoll('停车位怎么分');
    await town.residents.says('李明', '1');
    const { text } = await town.direct('李明').expectReply(/^现在有两个表决，这一票还没算进去。/);
    expect(text).toContain('回复「议题1 投1」');
    await town.residents.says('李明', '议题２投１');
    await town.direct('李明').expectReply(/^您的票已收到：议题#2。/);
  });
});

async function openPoll(title: string): Promise<void> {
  const options = ['赞成', '反对', '弃权'];
  const topic: StepInput<'topic.create'> = {
    concernIds: [],
    title,
    description: '',
    options,
    source: 'members',
  };
  const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
  const groupIds = ['group:xingfuli-residents'];
  await liuMin.step('poll.open', {
    topicId,
    groupIds,
    closesAt: '2026-09-20T18:00:00+08:00',
    quorum: 0,
    options,
  });
  await town.clock.forward(11);
}
