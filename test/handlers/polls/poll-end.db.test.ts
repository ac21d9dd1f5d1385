import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Poll } from '#core/poll';
import { ELSEWHERE } from '../consultation.ts';
import { after, CLOSES, inGroup, minutes, openPollStage } from './poll-stage.ts';

const { stage, deps, useCases, deadlines, cast, byTopic, open, begin } = await openPollStage();

beforeEach(begin);
afterAll(() => stage.close());

describe('closing', () => {
  const close = (poll: Poll, now = after(1)) => stage.fire(deadlines, `poll.close:${poll.id}`, now);

  it('recounts, writes the result once and tells groups and secretaries with a picture', async () => {
    const poll = await open();
    for (const by of ['zhang', 'li']) await stage.say(cast, '1', inGroup(by));
    await stage.say(cast, '2', inGroup('wang'));
    const sent = await close(poll);
    expect(sent.map(({ to }) => to.conversationId)).toEqual(['g1', 'g2', 'sec']);
    expect(sent[0]?.body.text).toContain('【结果】议题#3 3号楼加装电梯：通过');
    expect(sent[0]?.body.text).toContain('结果供决策参考');
    expect(sent[0]?.body.picture).toMatchObject({
      valid: true,
      verdict: '有效，通过',
      turnout: { voted: 3, roll: 4 },
    });
    expect(await deps.polls.byId(poll.id)).toMatchObject({
      state: 'closed',
      result: { counts: [2, 1, 0], leading: 0 },
    });
    expect((await stage.say(cast, '1', inGroup('zhang', after(5))))[0]?.[1]).toContain('结果已经发到群里');
  });

  it('says that too few voted, and that a tie is one', async () => {
    const few = await open();
    await stage.say(cast, '1', inGroup('zhang'));
    expect((await close(few))[0]?.body.text).toContain('人数不够，不算数');
    const tie = await open({ quorum: 0 });
    await stage.say(cast, '1', inGroup('zhang'));
    await stage.say(cast, '2', inGroup('li'));
    expect((await close(tie))[0]?.body.text).toContain('票数一样多');
  });

  it('waits while a message that was sent in time is undecided, then counts it', async () => {
    const poll = await open();
    stage.setDecided(false);
    expect(await close(poll)).toEqual([]);
    expect(await stage.pending()).toContainEqual([`poll.close:${poll.id}`, after(1_001)]);
    await stage.say(cast, '1', { ...inGroup('zhang', after(-1)), now: after(900) });
    stage.setDecided(true);
    await close(poll, after(1_001));
    expect((await deps.polls.byId(poll.id))?.result?.voters).toBe(1);
  });

  it('leaves the last millisecond to the voters', async () => {
    const poll = await open();
    expect(await close(poll, CLOSES)).toEqual([]);
    expect(await stage.pending()).toContainEqual([`poll.close:${poll.id}`, after(1)]);
    expect((await deps.polls.byId(poll.id))?.state).toBe('open');
  });

  it('counts without a message that stays undecided for minutes', async () => {
    const poll = await open();
    stage.setDecided(false);
    const deadline = {
      id: 'x',
      kind: 'poll.close',
      placeId: 'xfl',
      subjectId: poll.id,
      dueAt: CLOSES,
      step: 180,
    } as const;
    const decision = await deadlines['poll.close']?.(deadline, after(1), async () => 0);
    expect(decision?.audit?.[0]?.facts?.['barrierPassed']).toBe(false);
  });

  it('happens once when two instances fire it', async () => {
    const poll = await open();
    const deadline = {
      id: 'x',
      kind: 'poll.close',
      placeId: 'xfl',
      subjectId: poll.id,
      dueAt: CLOSES,
      step: 0,
    } as const;
    const both = await Promise.all(
      [1, 2].map(async () => deadlines['poll.close']?.(deadline, after(1), async () => 0)),
    );
    const outcomes = await Promise.allSettled(
      both.map((decision) => stage.commit(decision ?? { writes: [], dispatches: [] })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await deadlines['poll.close']?.(deadline, after(2), async () => 0))?.dispatches).toEqual([]);
  });

  it('early keeps the ballots, tells why and moves the deadline', async () => {
    const poll = await open();
    await stage.say(cast, '1', inGroup('zhang'));
    const actor = stage.actor('liumin', { now: minutes(60) });
    await expect(useCases.closeEarly(actor, { pollId: poll.id, reason: ' ' })).rejects.toMatchObject({
      code: 'poll.reasonMissing',
    });
    const sent = await stage.commit(await useCases.closeEarly(actor, { pollId: poll.id, reason: '都投了' }));
    expect(sent[0]?.body.text).toContain('提前截止');
    const end = new Date(minutes(60).getTime() + 5_000);
    expect(await stage.pending()).toContainEqual([`poll.close:${poll.id}`, end]);
    await close(poll, new Date(end.getTime() + 1));
    expect(await deps.polls.byId(poll.id)).toMatchObject({
      state: 'closed',
      closedEarlyReason: '都投了',
      result: { voters: 1 },
    });
  });

  it('by annulment needs a reason, stays visible and takes no more votes', async () => {
    const poll = await open();
    await stage.commit(await useCases.annul(stage.actor('liumin'), { pollId: poll.id, reason: '名册错了' }));
    expect(await deps.polls.byId(poll.id)).toMatchObject({ state: 'annulled', annulledReason: '名册错了' });
    expect((await stage.pending()).filter(([id]) => id.startsWith('poll.close'))).toEqual([]);
    expect((await stage.say(byTopic, '3 投1', inGroup('zhang')))[0]?.[1]).toContain('作废');
    await expect(
      useCases.annul(stage.actor('liumin'), { pollId: poll.id, reason: '再' }),
    ).rejects.toMatchObject({ code: 'poll.state' });
  });

  it('is not for residents nor for other places', async () => {
    const poll = await open();
    for (const step of [useCases.closeEarly, useCases.annul]) {
      await expect(
        step(stage.actor('zhang', { roles: ['resident'] }), { pollId: poll.id, reason: 'x' }),
      ).rejects.toMatchObject({ code: 'role.wrong' });
      await expect(
        step(stage.actor('x', { place: ELSEWHERE }), { pollId: poll.id, reason: 'x' }),
      ).rejects.toMatchObject({ code: 'number.unknown' });
    }
  });
});
