import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createBareBallot } from '#handlers/polls/ballot-commands';
import { createPreparePollCommands } from '#handlers/polls/prepare-poll';
import { createReceiptCommand } from '#handlers/polls/receipt-command';
import { ELSEWHERE, GROUPS, OPENING } from '../consultation.ts';
import { sampleTopic } from '../../models/vote-samples.ts';
import { after, CLOSES, inGroup, minutes, openPollStage } from './poll-stage.ts';

const { stage, deps, useCases, deadlines, cast, byTopic, input, open, begin } = await openPollStage();
const bare = createBareBallot(deps);
const receipt = createReceiptCommand(deps);
const [prepare, confirm] = createPreparePollCommands(deps) as [typeof cast, typeof cast];

beforeEach(begin);
afterAll(() => stage.close());

/** An opening as its preview has it: the fingerprint is made when it opens. */
const unprinted = (text: string) => text.replace(/指纹[A-Z2-9]{12}$/u, '指纹发出时生成');

describe('opening a poll', () => {
  it('shows before what the groups get after, but for the fingerprint, and counts each person once', async () => {
    const preview = await useCases.previewPoll(stage.actor('liumin'), input());
    const sent = (await useCases.openPoll(stage.actor('liumin'), input())).dispatches;
    expect(sent.map(({ to, body }) => [to.conversationId, unprinted(body.text)])).toEqual([
      ['g1', preview.text],
      ['g2', preview.text],
    ]);
    expect(preview.people).toBe(4);
    expect(sent[0]?.body.card?.choices[1]).toEqual({ label: '2 反对', say: '议题3 投2' });
    expect(sent.every(({ whenUncertain }) => whenUncertain === 'hold')).toBe(true);
  });

  it('freezes the roll, moves the topic into consultation and sets its deadlines', async () => {
    const poll = await open();
    expect((await deps.polls.rollOf(poll.id)).map(({ voterId }) => voterId)).toEqual([
      'chen',
      'li',
      'wang',
      'zhang',
    ]);
    expect((await deps.topics.byId('topic:1'))?.stage).toBe('consult');
    expect(await stage.pending()).toEqual([
      [`poll.remind:${poll.id}`, new Date('2026-12-20T01:00:00Z')],
      [`poll.close:${poll.id}`, CLOSES],
    ]);
  });

  it('refuses a second poll of the topic, also when both are opened at once', async () => {
    const decisions = await Promise.all([1, 2].map(() => useCases.openPoll(stage.actor('liumin'), input())));
    const outcomes = await Promise.allSettled(decisions.map((decision) => stage.commit(decision)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(useCases.openPoll(stage.actor('liumin'), input())).rejects.toMatchObject({
      code: 'poll.alreadyOpen',
    });
  });

  it.each([
    ['role.wrong', {}, { roles: ['resident'] as const }],
    ['number.unknown', {}, { place: ELSEWHERE }],
    ['group.unknown', { groupIds: ['gx'] }, {}],
    ['group.unknown', { groupIds: [] }, {}],
    ['poll.deadlineMissing', { closesAt: OPENING }, {}],
    ['poll.deadlineMissing', { closesAt: new Date('2028-01-01T00:00:00Z') }, {}],
    ['poll.optionsMissing', { options: ['赞成'] }, {}],
    ['poll.optionsMissing', { options: ['赞成', '贊成'] }, {}],
    ['poll.rollEmpty', { groupIds: ['sec'] }, {}],
    ['poll.quorumTooHigh', { quorum: 5 }, {}],
  ])('refuses with %s: %j', async (code, fields, who) => {
    await expect(useCases.openPoll(stage.actor('x', who), input(fields))).rejects.toMatchObject({ code });
    await expect(useCases.previewPoll(stage.actor('x', who), input(fields))).rejects.toMatchObject({ code });
  });

  it('from chat shows the preview first and sends exactly that after the confirmation, once', async () => {
    const secretary = { by: 'liumin', in: GROUPS.secretaries, roles: ['secretary'] as const };
    const [shown] = await stage.say(prepare, ' 3 至12月20日18:00 满2人', secretary);
    expect(shown?.[1]).toContain('回复「确认 表决 3」');
    const sent = await stage.say(confirm, ' 3', { ...secretary, at: minutes(9) });
    expect(sent.map(([where]) => where)).toEqual(['g1', 'g2', 'sec']);
    expect(shown?.[1]).toContain(unprinted(sent[0]?.[1] ?? ''));
    const [again] = await stage.say(confirm, ' 3', { ...secretary, at: minutes(9) });
    expect(again?.[1]).toContain('没有等确认的');
  });

  it('from chat forgets a preview after its time', async () => {
    const secretary = { by: 'liumin', in: GROUPS.secretaries, roles: ['secretary'] as const };
    await stage.say(prepare, '3', secretary);
    const [late] = await stage.say(confirm, '3', { ...secretary, at: minutes(11) });
    expect(late?.[1]).toContain('没有等确认的');
  });
});

describe('casting', () => {
  it('is acknowledged one-to-one and never in the group', async () => {
    const poll = await open();
    expect(await stage.say(cast, '1', inGroup('zhang'))).toEqual([
      ['direct-zhang', expect.stringContaining('您的票已收到')],
    ]);
    expect(await stage.say(cast, ' 反对', inGroup('zhang', minutes(6)))).toEqual([
      ['direct-zhang', expect.stringContaining('已改：议题#3。\n现在是「反对」')],
    ]);
    expect(await stage.say(bare, '①', { ...inGroup('li'), in: GROUPS.residents })).toHaveLength(1);
    expect(await deps.polls.tally(poll)).toMatchObject({ counts: [1, 1, 0], voters: 2 });
  });

  it('keeps the choice out of the first line of private messages', async () => {
    await open();
    const [[, accepted] = ['', '']] = await stage.say(cast, '1', inGroup('zhang'));
    expect(accepted.split('\n')[0]).not.toMatch(/赞成|反对|弃权/u);
  });

  it('is silent in the group for somebody without a one-to-one chat', async () => {
    const poll = await open();
    expect(await stage.say(cast, '1', { by: 'chen', at: minutes(5), in: GROUPS.second })).toEqual([]);
    expect((await deps.polls.ballotOf(poll.id, 'chen'))?.choice).toEqual([0]);
  });

  it('keeps the later of two messages whichever is decided first, and says nothing to the older one', async () => {
    const poll = await open();
    await stage.say(cast, '2', { ...inGroup('zhang', minutes(6)), messageId: 'b' });
    expect(await stage.say(cast, '1', { ...inGroup('zhang', minutes(5)), messageId: 'a' })).toEqual([]);
    expect((await deps.polls.ballotOf(poll.id, 'zhang'))?.choice).toEqual([1]);
  });

  it('counts what was sent at the very deadline and nothing later', async () => {
    const poll = await open();
    await stage.say(cast, '1', { ...inGroup('zhang', CLOSES), now: after(20) });
    expect(await stage.say(cast, '1', inGroup('li', after(1)))).toEqual([
      ['direct-li', expect.stringContaining('截止')],
    ]);
    expect((await deps.polls.tally(poll)).voters).toBe(1);
  });

  it('refuses strangers, choices that do not exist and two choices, each with a reason', async () => {
    const poll = await open();
    expect((await stage.say(cast, '1', inGroup('stranger')))[0]?.[1]).toContain('名册里没找到您');
    expect((await stage.say(cast, '5', inGroup('zhang')))[0]?.[1]).toContain('没有第5项');
    expect((await stage.say(cast, '1 2', inGroup('zhang')))[0]?.[1]).toContain('只选一项');
    expect((await stage.say(cast, ' 随便', inGroup('zhang')))[0]?.[1]).toContain('没看明白');
    expect((await stage.say(cast, '', inGroup('zhang')))[0]?.[1]).toContain('还差选哪一项');
    expect((await deps.polls.tally(poll)).voters).toBe(0);
  });

  it('asks which poll when two are open, and takes the one that is named or quoted', async () => {
    await open();
    await stage.commit({
      writes: [deps.topics.insert(sampleTopic({ id: 'topic:2', number: 5, title: '停车位' }))],
      dispatches: [],
    });
    await open({ topicId: 'topic:2' });
    expect((await stage.say(bare, '1', inGroup('zhang')))[0]?.[1]).toContain('议题5 投1');
    expect((await stage.say(byTopic, '5 投1', inGroup('zhang')))[0]?.[1]).toContain('议题#5');
    const quote = { text: '【表决】议题#3 3号楼加装电梯' };
    expect((await stage.say(bare, '2', { ...inGroup('zhang'), quote }))[0]?.[1]).toContain('议题#3');
    expect((await stage.say(byTopic, '88 投1', inGroup('zhang')))[0]?.[1]).toContain('没有找到议题#88');
  });

  it('one-to-one finds the only poll whose roll has the person', async () => {
    const poll = await open();
    await stage.say(bare, '3', { by: 'wang', at: minutes(5) });
    expect(await deps.polls.ballotOf(poll.id, 'wang')).toMatchObject({ choice: [2], path: 'direct' });
    expect(await deps.polls.ballotOf(poll.id, 'wang')).not.toHaveProperty('groupId');
  });

  it('leaves bare numbers alone when no poll is open', async () => {
    expect(await stage.say(bare, '1', inGroup('zhang'))).toEqual([]);
    expect((await stage.say(bare, '1', { by: 'zhang' }))[0]?.[1]).toContain('可以这样说');
    expect((await stage.say(cast, '1', inGroup('zhang')))[0]?.[1]).toContain('没有进行中的表决');
  });

  it('of another place is as if it did not exist', async () => {
    await open();
    const foreign = { by: 'zhao', at: minutes(5), in: GROUPS.foreign, place: ELSEWHERE };
    expect((await stage.say(byTopic, '3 投1', foreign))[0]?.[1]).toContain('没有找到议题#3');
    expect((await stage.say(receipt, '3', foreign))[0]?.[1]).toContain('没有找到议题#3');
  });
});

describe('a receipt', () => {
  it('is given one-to-one only and says nothing of the choice', async () => {
    await open();
    await stage.say(cast, '1', inGroup('zhang'));
    const [[where, text] = ['', '']] = await stage.say(receipt, '', inGroup('zhang'));
    expect(where).toBe('direct-zhang');
    expect(text).toMatch(/议题#3的回执：[A-Z2-9]{4}-[A-Z2-9]{4}/u);
    expect(text).not.toMatch(/赞成|反对|弃权/u);
    const elsewhere = await stage.say(receipt, '3', { by: 'chen', at: minutes(5), in: GROUPS.second });
    expect(elsewhere).toEqual([['g2', expect.stringContaining('只发给本人')]]);
    expect((await stage.say(receipt, '3', inGroup('li')))[0]?.[1]).toContain('还没有您的票');
  });
});

describe('the gathered line', () => {
  it('comes a minute after the first ballot, again only with news, and in the morning instead of at night', async () => {
    const poll = await open();
    const look = (number: number) => `poll.gather:${poll.id}:g1:${number}`;
    await stage.say(cast, '1', inGroup('zhang', minutes(5)));
    await stage.say(cast, '1', inGroup('li', minutes(5)));
    expect(await stage.pending()).toContainEqual([look(0), minutes(6)]);
    const [first] = await stage.fire(deadlines, look(0), minutes(6));
    expect(first?.body.text).toContain('收到2人的票');
    expect(first?.body.text).toContain('够规定的2人');
    expect(await stage.pending()).toContainEqual([look(1), minutes(11)]);
    expect(await stage.fire(deadlines, look(1), minutes(11))).toEqual([]);
    expect((await stage.pending()).filter(([id]) => id.startsWith('poll.gather'))).toEqual([]);
    await stage.say(cast, '2', inGroup('li', minutes(12)));
    await stage.say(cast, '2', inGroup('wang', minutes(13)));
    expect(await stage.pending()).toContainEqual([look(2), minutes(21)]);
    const [second] = await stage.fire(deadlines, look(2), minutes(21));
    expect(second?.body.text).toContain('收到1人的票：wang');
    const night = new Date('2026-12-13T15:00:00Z');
    expect(await stage.fire(deadlines, look(3), night)).toEqual([]);
    expect(await stage.pending()).toContainEqual([look(3), new Date('2026-12-13T23:00:00Z')]);
  });
});

describe('the reminder', () => {
  it('goes to groups where somebody has not voted', async () => {
    const poll = await open();
    await stage.say(cast, '1', { by: 'chen', at: minutes(5), in: GROUPS.second });
    const sent = await stage.fire(deadlines, `poll.remind:${poll.id}`, new Date('2026-12-20T01:00:00Z'));
    expect(sent.map(({ to }) => to.conversationId)).toEqual(['g1']);
    expect(sent[0]?.body.text).toContain('还差1人');
  });
});
