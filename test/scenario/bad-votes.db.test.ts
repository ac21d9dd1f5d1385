import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Poll } from '#core/poll';
import { startApp, type TestApp } from '#test/support/app';
import { openTown, type Town } from '#test/support/chat';
import { signIn, type ConsoleUser } from '#test/support/console';
import { openPollPage } from '#test/support/poll-page';

let app: TestApp;
let town: Town;
let liuMin: ConsoleUser;
let poll: Poll;
beforeAll(async () => {
  app = await startApp();
  town = await openTown(app);
  liuMin = await signIn(app, '刘敏');
  ({ poll } = await openPollPage({ app, town, liuMin }, '3号楼加装电梯'));
});
afterAll(() => app.stop());

interface Kept {
  readonly pollId: string;
  readonly choice: readonly number[];
}
const ballots = () => app.database.db.collection<Kept>('ballots');
const choices = async (pollId = poll.id) =>
  (await ballots().find({ pollId }).toArray()).map(({ choice }) => choice[0]);

describe('what residents say while a poll for and against is open', () => {
  afterEach(async () => {
    await ballots().deleteMany({});
    // Nobody says so much at once.
    await town.clock.forward(20);
  });

  it.each([
    ['贊成', 0],
    ['我投赞成', 0],
    ['1 赞成', 0],
    ['１.', 0],
    ['选1', 0],
    ['1\n谢谢大家', 0],
    ['赞成，谢谢', 0],
    ['我家投２', 1],
    ['反对！反对！', 1],
    ['投 不同意', 1],
    ['我弃权', 2],
  ])('in the group is a vote: %s', async (said, option) => {
    await town.residents.says('张桂兰', said);
    await town.direct('张桂兰').expectReply(/^(您的票已收到|已改)：议题#1/u);
    expect(await choices()).toEqual([option]);
  });

  // Each by somebody else, for the hint comes once a day.
  it.each([
    ['同意', '张桂兰'],
    ['我不赞成', '王芳'],
    ['支持', '赵国强'],
  ])('in the group may mean something else and is none: %s', async (said, who) => {
    await town.residents.says(who, said);
    await town.direct(who).expectReply(/^您在群里说的，没有算成议题#1的票。\n要投，回复「议题1 投」加数字/u);
    await town.residents.shouldNotReply();
    expect(await choices()).toEqual([]);
  });

  it.each([
    ['1', '孙丽'],
    ['赞成', '周建军'],
    ['2 反对', '吴秀英'],
  ])('in answer to somebody else is none: %s', async (said, who) => {
    await town.residents.says(who, said, {
      quote: { from: '李明', text: '明天几点集合？1 八点 2 九点' },
    });
    await town.direct(who).expectReply(/^您在群里说的，没有算成议题#1的票。/u);
    await town.residents.shouldNotReply();
    expect(await choices()).toEqual([]);
  });

  it.each([
    ['同意', '【表决】议题#1 3号楼加装电梯'],
    ['1', '[图片]'],
    ['投 1', '明天几点集合？1 八点 2 九点'],
  ])('in answer to the poll, or as a vote in so many words, is one: %s', async (said, text) => {
    await town.residents.says('张桂兰', said, { quote: { text } });
    await town.direct('张桂兰').expectReply(/^(您的票已收到|已改)/u);
    expect(await choices()).toEqual([0]);
  });

  it('is told once a day and not each time', async () => {
    for (const said of ['同意', '支持', '我不同意']) await town.residents.says('郑伟', said);
    await town.direct('郑伟').expectReply(/^您在群里说的，没有算成/u);
    await town.direct('郑伟').shouldNotReply();
    expect(await choices()).toEqual([]);
  });

  it('leaves those alone who have voted already', async () => {
    await town.residents.says('张桂兰', '赞成');
    await town.residents.says('张桂兰', '同意');
    await town.direct('张桂兰').expectReply(/^您的票已收到/u);
    await town.direct('张桂兰').shouldNotReply();
    expect(await choices()).toEqual([0]);
  });

  it.each([
    ['同意', 0],
    ['我不赞成', 1],
  ])('one-to-one means the poll: %s', async (said, option) => {
    await town.direct('张桂兰').says('张桂兰', said);
    await town.direct('张桂兰').expectReply(/^您的票已收到/u);
    expect(await choices()).toEqual([option]);
  });

  const REFUSED = [
    ['投 1 反对', '没看明白选哪一项'],
    ['1 反对', '没看明白选哪一项'],
    ['投1，不同意', '没看明白选哪一项'],
    ['我投赞成，但是价钱太高', '没看明白选哪一项'],
    ['我不反对', '没看明白选哪一项'],
    ['投一票', '没看明白选哪一项'],
    ['投 都不选', '没看明白选哪一项'],
    ['赞成、反对', '一人只选一项'],
    ['1和3', '一人只选一项'],
    ['11', '没有第11项'],
    ['4', '没有第4项'],
    ['议题1 投1：5', '没看明白选哪一项'],
  ] as const;

  it.each(REFUSED)('is refused with the reason in the group: %s', async (said, why) => {
    await town.residents.says('张桂兰', said);
    await town.direct('张桂兰').expectReply(new RegExp(`^这一票没算进去：议题#1${why}。\n请重发`, 'u'));
    expect(await choices()).toEqual([]);
  });

  it('one-to-one with a reservation is refused, and no concern that staff would read', async () => {
    await town.direct('张桂兰').says('张桂兰', '赞成，但是费用要再商量');
    await town.direct('张桂兰').expectReply(/^这一票没算进去：议题#1没看明白选哪一项/u);
    expect(await choices()).toEqual([]);
    expect(await app.database.db.collection('concerns').countDocuments()).toBe(0);
  });

  it.each(REFUSED)('is refused with the reason one-to-one: %s', async (said, why) => {
    await town.direct('张桂兰').says('张桂兰', said);
    await town.direct('张桂兰').expectReply(new RegExp(`^这一票没算进去：议题#1${why}。\n请重发`, 'u'));
    expect(await choices()).toEqual([]);
  });

  it.each(['我投了赞成', '投了反对', '赞成的扣1', '谁投反对', '投篮去不去', '3号楼', '赞成吗'])(
    'is talk: %s',
    async (said) => {
      await town.residents.says('张桂兰', said);
      await town.residents.shouldNotReply();
      await town.direct('张桂兰').shouldNotReply();
      expect(await choices()).toEqual([]);
    },
  );

  it('cannot take a vote back, and says how it is changed', async () => {
    await town.residents.says('张桂兰', '赞成');
    await town.direct('张桂兰').says('张桂兰', '撤回我的票');
    await town.direct('张桂兰').expectReply(/^票不能撤回，能改：再投一次，后一次算。/u);
    expect(await choices()).toEqual([0]);
  });
});

describe('a choice that is said to the bot without a number', () => {
  it('is a vote and never a concern that staff would read', async () => {
    await town.clock.forward(20);
    const options = ['一次付清', '分期付款', '再想想'];
    const topic = {
      concernIds: [],
      title: '钱怎么付',
      description: '',
      options,
      source: 'residents' as const,
    };
    const { created } = await liuMin.step('topic.create', topic);
    const asked = { topicId: created?.id ?? '', groupIds: ['group:xingfuli-residents'], quorum: 0, options };
    const rules = { secrecy: 'secret' as const };
    const closing = { ...asked, rules, closesAt: '2026-09-02T18:00:00+08:00' };
    const secret = (await liuMin.step('poll.open', closing)).created?.id ?? '';
    await liuMin.step('poll.annul', { pollId: poll.id, reason: '换个问法' });
    await town.quiet();
    for (const said of ['分期付款', '2 分期付款', '2、分期付款']) {
      await town.direct('王芳').says('王芳', said);
      await town.direct('王芳').expectReply(/^您的票(已|早就)收到/u);
    }
    await town.direct('王芳').says('王芳', '1 分期付款');
    await town.direct('王芳').expectReply(/^这一票没算进去：议题#\d没看明白选哪一项/u);
    expect(await choices(secret)).toEqual([1]);
    await town.direct('王芳').says('王芳', '分期付款的事社区要开个会讲一讲');
    await town.direct('王芳').expectReply(/^已登记：诉求#1/u);
    expect(await app.database.db.collection('concerns').countDocuments()).toBe(1);
    await liuMin.step('poll.annul', { pollId: secret, reason: '试完了' });
  });
});

describe('while two polls are open', () => {
  it('a vote that names none is none, also with a quote that names both', async () => {
    ({ poll } = await openPollPage({ app, town, liuMin }, '楼道怎么刷'));
    const { poll: second } = await openPollPage({ app, town, liuMin }, '停车位怎么收费');
    await town.residents.says('李明', '贊成');
    const { text } = await town.direct('李明').expectReply(/^现在有两个表决，这一票还没算进去。/u);
    expect(text).toContain(`「议题${poll.topicNumber} 投1」`);
    await town.residents.says('李明', '1', { quote: { text } });
    await town.direct('李明').expectReply(/^现在有两个表决，这一票还没算进去。/u);
    expect([await choices(), await choices(second.id)]).toEqual([[], []]);

    await town.residents.says('李明', '2', {
      quote: { text: `【表决】议题#${second.topicNumber} 停车位怎么收费` },
    });
    expect([await choices(), await choices(second.id)]).toEqual([[], [1]]);
  });
});
