import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import { startApp, type TestApp } from '#test/support/app';
import { refusedStep, type ConsoleUser } from '#test/support/console';
import { openProxyTown, type ProxyTown } from '#test/support/proxy-town';

let app: TestApp;
let town: ProxyTown;
let liuMin: ConsoleUser;
let pollId: string;

beforeAll(async () => {
  app = await startApp();
  town = await openProxyTown(app);
  ({ liuMin } = town);
  pollId = await town.open('加装电梯', { proxiesPerHolder: 2, secrecy: 'secret' });
});
afterAll(() => app.stop());

const detail = (id = pollId) => liuMin.get<PollDetail>(`/polls/${encodeURIComponent(id)}`);
const voterIdAt = (door: string, id = pollId) => town.voterIdAt(door, id);
const ballotAt = (door: string, id = pollId) => town.ballotAt(door, id);
const standing = async (id = pollId) =>
  (await town.delegationsIn(id)).filter((one) => !('withdrawnAt' in one));
const delegate = (from: string, to: string, id = pollId) => town.pair(from, to, id);

describe('a vote that is given to somebody else', () => {
  it('stands in the rules, and is taken one-to-one only', async () => {
    expect((await detail()).rules.find(([about]) => about === '委托')?.[1]).toMatch(
      /最多替2户投，不能再转托/u,
    );
    await town.residents.says('王芳', '委托 3-2-502', { mentionsBot: true });
    await town.direct('王芳').expectReply(/委托和代投不在群里说/u);
    expect(await standing()).toEqual([]);
  });

  it('by the voter is told to the holder, who votes for them; the voter hears that, not what', async () => {
    await town.say('王芳', '委托 3-2-502', /^委托记下了：议题#1/u);
    const asked = await town.direct('李明').expectReply(/^有人委托您投票/u);
    expect(asked.text).toContain('代投 议题1 3-2-501 1');
    await town.say('李明', '代投 议题1 3-2-501 2', /^替3号楼2单元501投的票收到了[^]*反对/u);
    const told = await town.direct('王芳').expectReply(/^受委托的人替您投了/u);
    expect(told.text).not.toMatch(/赞成|反对|弃权/u);
    expect(await ballotAt('3-2-501')).toMatchObject({
      choice: [1],
      path: 'proxy',
      enteredById: await voterIdAt('3-2-502'),
    });
    expect(await ballotAt('3-2-502')).toBeNull();
    expect((await detail()).voters).toBe(1);
  });

  it('makes no chain and no circle, and no second one', async () => {
    await town.say('李明', '委托 3-2-503', /正受别人委托/u);
    await town.say('王芳', '委托 3-2-503', /已经委托过了/u);
    await town.say('何涛', '委托 3-2-501', /对方这次不能受托/u);
    await town.say('何涛', '委托 3-2-503', /自己的票自己投/u);
    await town.say('何涛', '委托 3-2-602', /找不准一位能受托的/u);
    await town.say('何涛', '委托 9-9-901', /找不准一位能受托的/u);
    expect(await standing()).toHaveLength(1);
  });

  it('gives way to what the voter casts, and what the holder chose is not said by that either', async () => {
    const text = await town.say('王芳', '2', /^已改：议题#1/u);
    expect(text).not.toMatch(/早就收到/u);
    expect(await ballotAt('3-2-501')).toMatchObject({ choice: [1], path: 'direct' });
    await town.say('李明', '代投 3-2-501 1', /^这一票没算进去[^]*以那一票为准/u);
    expect(await ballotAt('3-2-501')).toMatchObject({ choice: [1], path: 'direct' });
    expect((await detail()).voters).toBe(1);
  });

  it('is taken back by the voter; then nobody else votes for them', async () => {
    await town.say('王芳', '撤销委托', /^委托撤销了/u);
    await town.direct('李明').expectReply(/不用您代投了/u);
    await town.say('李明', '代投 3-2-501 1', /没有这样委托您的/u);
    expect((await detail()).delegations).toMatchObject([{ state: 'withdrawn', by: 'chat' }]);
  });

  it('on paper is entered by staff, told to both, and its place stays taken once it was used', async () => {
    expect((await liuMin.step('poll.delegate', await delegate('3-2-503', '3-2-502'))).summary).toBe(
      '已记委托：3号楼2单元503 → 3号楼2单元502',
    );
    await town.quiet();
    await town.direct('何涛').expectReply(/^您的票委托出去了[^]*按委托书记的/u);
    // 501 was used by 502 and taken back: it still counts for one of two.
    expect(await refusedStep(liuMin, 'poll.delegate', await delegate('3-2-504', '3-2-502'))).toMatchObject({
      code: 'delegation.full',
    });
    expect(await refusedStep(liuMin, 'poll.delegate', await delegate('3-2-504', '3-2-602'))).toMatchObject({
      code: 'delegation.holderUnreachable',
    });
    await town.say('李明', '代投 1', /^替3号楼2单元503投的票收到了/u);
    expect(await ballotAt('3-2-503')).toMatchObject({ choice: [0], path: 'proxy' });
  });

  it('of a paper ballot stands below the paper', async () => {
    const at = town.clock.now().toISOString();
    const paper = { pollId, voterId: await voterIdAt('3-2-503'), values: [3], path: 'paper' as const, at };
    await town.clock.to('2026-09-02T10:00:00+08:00');
    await town.say('李明', '代投 3-2-503 2', /^替/u);
    expect((await liuMin.step('poll.enterBallot', paper)).summary).toMatch(/^已录纸票/u);
    expect(await ballotAt('3-2-503')).toMatchObject({ choice: [2], path: 'paper' });
  });

  it('leaves its trace in the audit, without names', async () => {
    const audit = await app.database.db.collection('audit').find({ subjectId: pollId }).toArray();
    const actions = audit.map(({ action }) => String(action));
    expect(actions).toEqual(
      expect.arrayContaining(['delegation.given', 'delegation.withdrawn', 'ballot.proxy']),
    );
    expect(JSON.stringify(audit)).not.toMatch(/王芳|李明|何涛/u);
  });
});

describe('many at the same moment', () => {
  it('never overfill a holder and never make a circle', async () => {
    const id = await town.open('修大门', { proxiesPerHolder: 2 });
    const givers = ['3-2-501', '3-2-502', '3-2-503', '3-2-504', '3-2-602'];
    const inputs = await Promise.all(givers.map((door) => delegate(door, '3-2-601', id)));
    const tried = await Promise.allSettled(inputs.map((input) => liuMin.step('poll.delegate', input)));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await standing(id)).toHaveLength(2);
    const other = await town.open('修围墙', { proxiesPerHolder: 2 });
    const both = [await delegate('3-2-501', '3-2-502', other), await delegate('3-2-502', '3-2-501', other)];
    const ends = await Promise.allSettled(both.map((input) => liuMin.step('poll.delegate', input)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await standing(other)).toHaveLength(1);
  });

  it('are refused where the rules allow none, or the roll does not say who it is', async () => {
    const id = await town.open('选颜色', {});
    expect(
      await refusedStep(liuMin, 'poll.delegate', await delegate('3-2-501', '3-2-502', id)),
    ).toMatchObject({
      code: 'delegation.notAllowed',
    });
    await town.say('孙丽', '委托 议题4 3-2-501', /规则不能委托/u);
    const options = ['赞成', '反对', '弃权'];
    const topic = { concernIds: [], title: '群里问', description: '', options, source: 'residents' as const };
    const topicId = (await liuMin.step('topic.create', topic)).created?.id ?? '';
    const poll = {
      topicId,
      groupIds: ['group:xingfuli-residents'],
      closesAt: '2026-09-08T18:00:00+08:00',
      quorum: 0,
      options,
      rules: { proxiesPerHolder: 1 },
    };
    expect(await refusedStep(liuMin, 'poll.open', poll)).toMatchObject({ code: 'poll.rulesWrong' });
  });

  it('of residents behind one door are told apart by their names', async () => {
    const id = await town.open('议事会', { proxiesPerHolder: 1 }, 'residents');
    await town.say('孙丽', '委托 议题6 3-2-601 周岚', /^委托记下了[^]*3号楼2单元601 周岚/u);
    await town.say('周岚', '代投 议题6', /^委托您投的[^]*代投 议题6 3-2-504 孙丽 1/u);
    await town.say('周岚', '代投 议题6 孙丽 弃权', /^替3号楼2单元504 孙丽投的票收到了/u);
    expect((await detail(id)).voters).toBe(1);
    await town.secretaries.says('刘敏', '委托 6 3-2-502 给 3-2-503');
    await town.secretaries.expectReply(/^已记委托：3号楼2单元502 李明 → 3号楼2单元503 何涛/u);
  });
});
