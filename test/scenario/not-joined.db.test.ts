import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startApp, type TestApp } from '#test/support/app';
import { openProxyTown, PEOPLE, type ProxyTown } from '#test/support/proxy-town';

let app: TestApp;
let town: ProxyTown;

beforeAll(async () => {
  app = await startApp();
  town = await openProxyTown(app);
});
afterAll(() => app.stop());

/** 关联 from the one, its code said by the other; what that one is answered. */
async function links(kept: string, gone: string, reply: RegExp): Promise<string> {
  const code = /\d{6}/u.exec(await town.say(kept, '关联', /10分钟内有效/u))?.[0] ?? '';
  return town.say(gone, `关联 ${code}`, reply);
}
const joinedIn = (pollId: string) =>
  app.database.db.collection('audit').countDocuments({ action: 'poll.votersJoined', subjectId: pollId });
const reminders = () =>
  app.database.db.collection('outbox').countDocuments({ _id: /^link-again:/u, state: 'pending' });

describe('two accounts with a vote each that a code does not make one', () => {
  let pollId = '';

  it('because staff verified both: why, what to do, and staff hear who it is, once', async () => {
    pollId = await town.open('装电梯', {}, 'residents');
    await town.secretaries.unread();
    const text = await links('王芳', '李明', /^现在没有关联，两边的票都还在/u);
    expect(text).toMatch(/议题#1里各有一票，名册上是两位住户[^]*找社区核对[^]*截止后再关联，到时候提醒您/u);
    await town.secretaries.expectReply(/^两个账号没有关联成：王芳、李明[^]*在名册里解除一位/u);
    await links('李明', '王芳', /^现在没有关联/u);
    await town.secretaries.shouldNotReply();
    expect(await joinedIn(pollId)).toBe(0);
  });

  it('are joined at once when staff put the roster right', async () => {
    const households = app.database.db.collection<{
      residents: { id: string; name: string; personIds: string[] }[];
    }>('households');
    const found = await households.findOne({ 'residents.name': '何涛' });
    const he = found?.residents.find(({ name }) => name === '何涛');
    await links('孙丽', '何涛', /^现在没有关联/u);
    const linked = { residentId: he?.id ?? '', personId: he?.personIds[0] ?? '' };
    await town.liuMin.step('roster.unlink', linked);
    await links('孙丽', '何涛', /^关联好了/u);
  });

  it('are reminded, both, when the poll is over, and can be joined then', async () => {
    for (const [name] of PEOPLE) await town.direct(name).unread();
    await town.clock.to('2026-09-08T18:05:00+08:00');
    for (const name of ['王芳', '李明'])
      expect((await town.direct(name).unread()).map(({ text }) => text).join()).not.toMatch(/可以关联了/u);
    await town.clock.to('2026-09-08T18:11:00+08:00');
    for (const name of ['王芳', '李明'])
      await town.direct(name).expectReply(/^议题#1截止了，您的两个账号可以关联了/u);
    await links('王芳', '李明', /^关联好了/u);
    for (const name of ['王芳', '李明']) await town.direct(name).shouldNotReply();
    expect(await reminders()).toBe(0);
  });
});

describe('two accounts of which one has to do with a delegation', () => {
  const LISTED = ['张桂兰', '郑伟', '赵国强', '冯玉梅', '吴秀英'];
  let pollId = '';
  const voterOf = async (name: string) => {
    const roll = await app.app.stores.polls.rollOf(pollId);
    return roll.find(({ label }) => label === name)?.voterId ?? '';
  };
  const delegates = async (from: string, to: string) =>
    town.liuMin.step('poll.delegate', {
      pollId,
      voterId: await voterOf(from),
      holderId: await voterOf(to),
    });

  it('are told to end it first, and joined when that is done', async () => {
    pollId = await town.open('选组长', { proxiesPerHolder: 2 }, LISTED, '2026-09-20T18:00:00+08:00');
    await delegates('张桂兰', '郑伟');
    await town.secretaries.unread();
    const text = await links('赵国强', '郑伟', /^现在没有关联/u);
    expect(text).toMatch(/受着委托或者委托出去了[^]*先发「撤销委托 2」或「退回委托 2」，再发「关联」/u);
    await town.secretaries.expectReply(/^两个账号没有关联成：赵国强、郑伟[^]*请本人先撤销或退回委托/u);
    await town.say('郑伟', '退回委托 2', /^委托退回了：议题#2/u);
    await town.direct('张桂兰').expectReply(/^您的委托被退回了：议题#2/u);
    await links('赵国强', '郑伟', /^关联好了[^]*并成一票/u);
    expect(await joinedIn(pollId)).toBe(1);
  });

  it('wait for the end where it was used, for that vote stands', async () => {
    await delegates('冯玉梅', '赵国强');
    await town.say('赵国强', '代投 议题2 冯玉梅 1', /^替冯玉梅投的票收到了/u);
    const text = await links('张桂兰', '冯玉梅', /^现在没有关联/u);
    expect(text).toMatch(/有一票代投过[^]*截止后再关联，到时候提醒您/u);
    expect(text).not.toMatch(/撤销委托/u);
    expect(await joinedIn(pollId)).toBe(1);
  });
});
