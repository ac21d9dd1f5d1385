import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import { startApp, type TestApp } from '#test/support/app';
import { openProxyTown, SILENT_DOOR, type ProxyTown } from '#test/support/proxy-town';

let app: TestApp;
let town: ProxyTown;

beforeAll(async () => {
  app = await startApp();
  town = await openProxyTown(app);
});
afterAll(() => app.stop());

const audited = async (pollId: string, action: string) =>
  app.database.db.collection('audit').countDocuments({ subjectId: pollId, action });

describe('a delegation that the holder does not take', () => {
  let pollId = '';

  it('says so in its rules, and is declined by a button before anything was cast', async () => {
    pollId = await town.open('加装电梯', { proxiesPerHolder: 2 });
    await town.say('王芳', '委托 3-2-502', /^委托记下了/u);
    const asked = await town.direct('李明').expectReply(/^有人委托您投票/u);
    expect(asked.text).toContain('「退回委托 议题1 3-2-501」');
    expect(asked.card?.choices).toEqual([{ label: '退回委托', say: '退回委托 议题1 3-2-501' }]);
    await town.direct('李明').says('李明', '退回委托', {
      cardAction: { messageId: asked.id, say: '退回委托 议题1 3-2-501' },
    });
    expect((await town.direct('李明').expectReply(/^委托退回了：议题#1/u)).text).toMatch(
      /3号楼2单元501的票，不用您代投了。\n已经告诉对方/u,
    );
  });

  it('is told to the voter with what to do now, and to nobody else', async () => {
    const told = await town.direct('王芳').expectReply(/^您的委托被退回了：议题#1/u);
    expect(told.text).toMatch(/3号楼2单元502不替您投了。\n您还没有票。.*前请自己投，或者换一位/u);
    await town.secretaries.shouldNotReply();
    expect(await town.delegationsIn(pollId)).toMatchObject([{ endedBy: 'holder', by: 'chat' }]);
    expect(await audited(pollId, 'delegation.declined')).toBe(1);
    const { delegations } = await town.liuMin.get<PollDetail>(`/polls/${encodeURIComponent(pollId)}`);
    expect(delegations).toMatchObject([{ state: 'declined', wasUsed: false }]);
  });

  it('gives no right any more, and saying it again does nothing', async () => {
    await town.say('李明', '代投 3-2-501 1', /没有这样委托您的/u);
    await town.say('李明', '不接受委托', /^议题#1现在没有谁委托您投票/u);
    expect(await town.ballotAt('3-2-501', pollId)).toBeNull();
    expect(await audited(pollId, 'delegation.declined')).toBe(1);
    await town.direct('王芳').shouldNotReply();
  });

  it('is not asked for again in chat; another one is, and a paper may bring it', async () => {
    await town.say('王芳', '委托 3-2-502', /没有记下委托[^]*对方退回过您的委托/u);
    await town.direct('李明').shouldNotReply();
    await town.say('王芳', '委托 3-2-503', /^委托记下了/u);
    await town.direct('何涛').unread();
    await town.say('何涛', '拒绝委托', /^委托退回了/u);
    await town.liuMin.step('poll.delegate', await town.pair('3-2-501', '3-2-502', pollId));
    await town.quiet();
    await town.direct('李明').expectReply(/^有人委托您投票/u);
    const again = (await town.delegationsIn(pollId)).find((one) => !('withdrawnAt' in one));
    expect(again).not.toHaveProperty('endedBy');
  });

  it('after the holder voted leaves that vote, says so to both, and to staff who entered the paper', async () => {
    await town.direct('王芳').unread();
    await town.say('李明', '代投 3-2-501 2', /^替3号楼2单元501投的票收到了/u);
    const before = await town.ballotAt('3-2-501', pollId);
    await town.secretaries.unread();
    await town.say('李明', '退回委托', /^委托退回了[^]*投过的那一票还算，以后不能再替对方改/u);
    const told = await town.direct('王芳').expectReply(/^您的委托被退回了/u);
    expect(told.text).toMatch(/已经替您投过的那一票还算。要改，.*前您自己再投，以您的为准/u);
    expect(told.text).not.toMatch(/赞成|反对|弃权/u);
    await town.secretaries.expectReply(/^委托被退回：议题#1[^]*已代投的一票还算/u);
    expect(await town.ballotAt('3-2-501', pollId)).toEqual(before);
    const { delegations } = await town.liuMin.get<PollDetail>(`/polls/${encodeURIComponent(pollId)}`);
    expect(delegations).toContainEqual(
      expect.objectContaining({ holder: '3号楼2单元502', state: 'declined', wasUsed: true }),
    );
    await town.say('王芳', '1', /^已改/u);
    expect(await town.ballotAt('3-2-501', pollId)).toMatchObject({ choice: [0], path: 'direct' });
  });

  it('of a voter who is not in chat is told to staff, who tell them', async () => {
    await town.liuMin.step('poll.delegate', await town.pair(SILENT_DOOR, '3-2-504', pollId));
    await town.quiet();
    await town.direct('孙丽').expectReply(/^有人委托您投票/u);
    await town.secretaries.unread();
    await town.say('孙丽', '退回委托', /^委托退回了[^]*已经告诉社区，请社区转告对方/u);
    await town.secretaries.expectReply(/^委托被退回[^]*请转告3号楼2单元602：还没有票，自己投或换一位/u);
  });
});

describe('several at once', () => {
  it('are asked back, each with its words; somebody who authorised nobody is not declined', async () => {
    const pollId = await town.open('修大门', { proxiesPerHolder: 2 });
    await town.say('王芳', '委托 议题2 3-2-601', /^委托记下了/u);
    await town.say('孙丽', '委托 议题2 3-2-601', /^委托记下了/u);
    const asked = await town.say('周岚', '退回委托', /^还没退回。委托您投票的：议题#2/u);
    expect(asked).toMatch(/退回委托 议题2 3-2-501[^]*退回委托 议题2 3-2-504/u);
    await town.say('周岚', '退回委托 3-2-503', /^还没退回/u);
    expect((await town.delegationsIn(pollId)).every((one) => !('withdrawnAt' in one))).toBe(true);
    await town.say('周岚', '退回委托 3-2-504的委托', /^委托退回了[^]*504/u);
    await town.direct('孙丽').expectReply(/^您的委托被退回了：议题#2/u);
    await town.say('周岚', '代投 1', /^替3号楼2单元501投的票收到了/u);
    await town.say('王芳', '议题2 反对', /^已改/u);
    await town.say('周岚', '退回委托', /^委托退回了[^]*501的票，不用您代投了/u);
    await town.direct('王芳').expectReply(/^您的委托被退回了：议题#2[^]*您的票已经有了，照算，不用再投/u);
    await town.say('王芳', '委托 议题2 3-2-502', /^委托记下了/u);
  });

  it('in a group say where, and name nobody', async () => {
    await town.residents.says('王芳', '退回委托', { mentionsBot: true });
    await town.direct('王芳').expectReply(/委托和代投不在群里说/u);
    await town.residents.shouldNotReply();
  });

  it('of casting and declining at one moment come before or after each other, never between', async () => {
    const id = await town.open('修围墙', { proxiesPerHolder: 1 });
    const doors = ['3-2-501', '3-2-503'] as const;
    await town.say('王芳', '委托 议题3 3-2-502', /^委托记下了/u);
    await town.say('何涛', '委托 议题3 3-2-504', /^委托记下了/u);
    for (const name of ['李明', '孙丽', '王芳', '何涛']) await town.direct(name).unread();
    const [li, sun] = [town.direct('李明'), town.direct('孙丽')];
    await Promise.all([
      li.post('李明', '代投 议题3 1'),
      li.post('李明', '退回委托 议题3'),
      sun.post('孙丽', '退回委托 议题3'),
      sun.post('孙丽', '代投 议题3 1'),
    ]);
    await town.quiet();
    expect(await town.delegationsIn(id)).toMatchObject([{ endedBy: 'holder' }, { endedBy: 'holder' }]);
    for (const [index, holder] of (['李明', '孙丽'] as const).entries()) {
      const heard = (await town.direct(holder).unread()).map(({ text }) => text).join('\n');
      const ballot = await town.ballotAt(doors[index] ?? '', id);
      expect(heard).toMatch(ballot ? /投的票收到了[^]*那一票还算/u : /不用您代投了[^]*没有这样委托您的/u);
    }
  });

  it('after the end is too late, and says so', async () => {
    await town.say('王芳', '撤销委托 2', /^委托撤销了：议题#2。\n您的票已经有了，照算/u);
    await town.clock.to('2026-09-08T18:00:05+08:00');
    await town.say('李明', '退回委托 议题2', /^这一票没算进去[^]*截止/u);
  });
});

it('a member of the household declines for all of it, and the others hear it', async () => {
  const file = {
    data: Buffer.from(
      '楼栋,单元,房号,姓名,手机尾号,是否业主,面积\n3,2,601,周岚,5555,是,60\n3,2,601,赵国强,6666,否,60',
    ).toString('base64'),
    absent: 'keep' as const,
  };
  const { basis } = await town.liuMin.preview('roster.import', file);
  await town.liuMin.step('roster.import', { ...file, basis });
  await town.say('赵国强', '绑定 3-2-601 赵国强 尾号6666', /^核对好了/u);
  const topic = {
    concernIds: [],
    title: '种树',
    description: '',
    options: ['赞成', '反对'],
    source: 'residents',
  };
  const { created } = await town.liuMin.step('topic.create', topic as never);
  await town.liuMin.step('poll.open', {
    topicId: created?.id ?? '',
    groupIds: ['group:xingfuli-residents'],
    closesAt: '2026-09-20T18:00:00+08:00',
    quorum: 0,
    options: ['赞成', '反对'],
    electorateOf: { kind: 'households' },
    rules: { proxiesPerHolder: 1 },
  });
  await town.quiet();
  await town.say('何涛', '委托 3-2-601', /^委托记下了/u);
  await town.direct('周岚').expectReply(/^有人委托您投票/u);
  await town.say('赵国强', '退回委托', /^委托退回了/u);
  await town.direct('周岚').expectReply(/^您同户的人把委托退回了[^]*不用代投了/u);
  await town.direct('何涛').expectReply(/^您的委托被退回了/u);
});
