import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { at } from '#test/support/follow-up-people';
import { createOutcomeTown, END } from './outcome-town.ts';

const { town, publish, outcome } = await createOutcomeTown();
afterAll(() => town.close());
beforeEach(() => town.empty());

describe('an objection', () => {
  it('stops the publicity, reaches the secretaries without a name and is answered one-to-one', async () => {
    await publish();
    expect(await town.say('异议 3 分摊不合理', { who: '张桂兰', in: '3号楼群' })).toContain(
      '您的异议已收到：议题#3',
    );
    expect(await outcome()).toMatchObject({ state: 'stopped' });
    const [told] = await town.textsTo('secretaries');
    expect(told).toContain('理由：分摊不合理');
    expect(told).not.toContain('张桂兰');
    expect(await town.textsTo('3号楼群')).toEqual([expect.any(String), expect.stringContaining('先停下')]);
    await town.until(at('2026-11-20T12:00'));
    expect(await town.stores.assignments.ofTopic('topic:3')).toEqual([]);
  });

  it.each(['异议3分摊不合理', '异议 议题3：分摊不合理', '异议 ３，分摊不合理', '异议 分摊不合理'])(
    'is read from %s',
    async (words) => {
      await publish();
      await town.say(words, { who: '张桂兰', in: '3号楼群' });
      const objections = await town.stores.outcomes.objectionsTo((await outcome()).id);
      expect(objections.map((one) => one.reason)).toEqual(['分摊不合理']);
    },
  );

  it.each(['异议', '异议 3', '异议 3 ！'])('needs a word of reason: %s', async (words) => {
    await publish();
    expect(await town.say(words, { who: '张桂兰', in: '3号楼群' })).toContain('还差一句理由');
    expect(await outcome()).toMatchObject({ state: 'publicity' });
  });

  it('counts to the last moment by the time it was sent, and one second later not', async () => {
    await publish();
    town.clock.set(at('2026-11-07T18:00:05'));
    const late = { who: '张桂兰', in: '3号楼群', sentAt: at('2026-11-07T18:00:01') };
    expect(await town.say('异议 3 太晚了', late)).toContain('公示在11月7日（周六）18:00结束了');
    expect(await outcome()).toMatchObject({ state: 'publicity' });
    expect((await town.textsTo('secretaries'))[0]).toContain('不停办');
    expect(await town.say('异议 3 来得及', { ...late, sentAt: END })).toContain('公示先停下');
    expect(await outcome()).toMatchObject({ state: 'stopped' });
  });

  it('has one effect however often the message is replayed, even after it was answered', async () => {
    await publish();
    const said = { who: '张桂兰', in: '3号楼群', requestId: 'inbox:7' };
    await town.say('异议 3 分摊不合理', said);
    await town.say('异议 3 分摊不合理', said);
    const stopped = await outcome();
    expect(await town.stores.outcomes.objectionsTo(stopped.id)).toHaveLength(1);
    const resolve = { outcomeId: stopped.id, decision: 'continue' as const, answer: '分摊办法已改' };
    await town.step(town.outcomes.resolve, '刘敏', resolve);
    await town.say('异议 3 分摊不合理', said);
    expect(await outcome()).toMatchObject({ state: 'publicity', round: 2 });
    expect(await town.textsTo('secretaries')).toHaveLength(1);
  });

  it('says nothing of the reason in the group when the person cannot be written to', async () => {
    await publish();
    const answer = await town.say('异议 3 分摊不合理', { who: '李明', in: '3号楼群' });
    expect(answer).toContain('收到异议');
    expect(answer).not.toContain('分摊');
  });

  it('finds nothing in another place', async () => {
    await publish();
    expect(await town.say('异议 3 不行', { who: '张桂兰', in: 'elsewhere-residents' })).toContain('没有公示');
    expect(await outcome()).toMatchObject({ state: 'publicity' });
  });
});

describe('answering objections', () => {
  const stopped = async () => {
    await publish();
    await town.say('异议 3 分摊不合理', { who: '张桂兰', in: '3号楼群' });
    await town.say('异议 3 一楼不用', { who: '李明', in: '3号楼群' });
    return outcome();
  };

  it('goes on with a whole new period, and tells everyone who objected', async () => {
    const { id } = await stopped();
    town.clock.set(at('2026-11-04T09:00'));
    const summary = await town.step(town.outcomes.resolve, '刘敏', {
      outcomeId: id,
      decision: 'continue',
      answer: '分摊办法已改',
    });
    expect(summary).toContain('已答复1人，另1人私聊不到');
    expect(await outcome()).toMatchObject({
      state: 'publicity',
      publicUntil: at('2026-11-09T18:00'),
      round: 2,
    });
    expect((await town.textsTo('direct:张桂兰')).at(-1)).toContain('分摊办法已改');
    await town.until(at('2026-11-08T12:00'));
    expect(await outcome()).toMatchObject({ state: 'publicity' });
    await town.until(at('2026-11-09T18:01'));
    expect(await outcome()).toMatchObject({ state: 'assigned' });
  });

  it('withdraws with a reason: the groups are told and the topic goes back', async () => {
    const { id, revision } = await stopped();
    const withdraw = { outcomeId: id, decision: 'withdraw' as const, answer: '重新商量分摊' };
    expect(await town.step(town.outcomes.resolve, '刘敏', { ...withdraw, revision: revision - 1 })).toContain(
      'revision.old',
    );
    expect(await town.step(town.outcomes.resolve, '刘敏', { ...withdraw, answer: ' ' })).toContain(
      'outcome.answerMissing',
    );
    await town.step(town.outcomes.resolve, '刘敏', { ...withdraw, revision });
    expect((await town.textsTo('5号楼群')).at(-1)).toContain('撤回，重新商量');
    expect(await town.stores.topics.byId('topic:3')).toMatchObject({ stage: 'consult' });
    expect(await publish()).toContain('已公示');
    expect(await town.step(town.outcomes.resolve, '外书记', withdraw)).toContain('number.unknown');
  });

  it('answers late ones too', async () => {
    await publish();
    await town.until(at('2026-11-08T10:00'));
    await town.say('异议 3 太吵', { who: '张桂兰', in: '3号楼群' });
    town.clock.advance(60_000);
    const { id } = await outcome();
    expect(
      await town.step(town.outcomes.answerLate, '刘敏', { outcomeId: id, answer: '施工只在白天' }),
    ).toContain('已答复1人');
    expect((await town.textsTo('direct:张桂兰')).at(-1)).toContain('施工只在白天');
  });
});
