import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutcomeInput } from '#handlers/outcomes/plan-outcome';
import { at, topicOf } from '#test/support/follow-up-people';
import { createOutcomeTown, END, input } from './outcome-town.ts';

const { town, publish, outcome } = await createOutcomeTown();
afterAll(() => town.close());
beforeEach(() => town.empty());

describe('publishing an outcome', () => {
  it('shows it to the groups, says until when, and moves the topic', async () => {
    expect(await publish()).toContain('已公示：议题#3，发到2个群');
    const [text] = await town.textsTo('3号楼群');
    expect(text).toBe(
      '【公示】议题#3商量好的事，11月2日至7日18:00\n一、选定电梯位置，刘建国办，12月30日前\n二、公布分摊办法，刘敏办，12月31日前\n不同意，回复「异议 3」加理由',
    );
    expect(await outcome()).toMatchObject({ state: 'publicity', publicUntil: END, round: 1 });
    expect(await town.stores.topics.byId('topic:3')).toMatchObject({ stage: 'outcome' });
  });

  it('previews exactly what is sent, and writes nothing', async () => {
    const preview = await town.outcomes.preview(town.actor('刘敏'), input);
    expect(preview).toMatchObject({
      people: 2,
      groups: [
        { id: '3号楼群', people: 2 },
        { id: '5号楼群', people: 1 },
      ],
    });
    expect(await town.stores.outcomes.ofTopic('topic:3')).toBeUndefined();
    await publish();
    expect(await town.textsTo('5号楼群')).toEqual([preview.text]);
  });

  it.each([
    [{ ownerName: '' }, '谁办'],
    [{ groupId: '' }, '哪个单位'],
    [{ action: ' ' }, '办什么'],
    [{ dueAt: undefined }, '什么时候办好'],
  ])('names what an item has not got: %o', async (more, missing) => {
    const item = { ...input.items[0], ...more };
    const { dueAt, ...rest } = item;
    expect(await publish({ items: [{ ...rest, ...(dueAt && { dueAt }) }] })).toContain(
      `第一件还差：${missing}`,
    );
    expect(await town.textsTo('3号楼群')).toEqual([]);
  });

  it.each([
    [
      'a date within the period',
      { items: [{ ...input.items[0], dueAt: at('2026-11-07T18:00') }] },
      'outcome.dueEarly',
    ],
    ['no items', { items: [] }, 'outcome.empty'],
    ['no groups', { groupIds: [] }, 'groups.missing'],
    ['groups of another place', { groupIds: ['elsewhere-residents'] }, 'groups.missing'],
    ['an item for residents', { items: [{ ...input.items[0], groupId: '3号楼群' }] }, 'outcome.unitUnknown'],
    [
      'an item for another place',
      { items: [{ ...input.items[0], groupId: 'elsewhere-secretaries' }] },
      'outcome.unitUnknown',
    ],
    ['an end in the past', { publicUntil: at('2026-11-01T18:00') }, 'outcome.periodWrong'],
    ['a topic that is not known', { topicId: 'topic:99' }, 'number.unknown'],
  ])('refuses %s', async (_what, more, code) => {
    expect(await publish(more as Partial<OutcomeInput>)).toContain(`${code}: `);
  });

  it('is for secretaries of the place only', async () => {
    expect(await town.step(town.outcomes.publish, '张桂兰', input)).toContain('role.wrong');
    expect(await town.step(town.outcomes.publish, '外书记', input)).toContain('number.unknown');
  });

  it('happens once when two secretaries press at the same time', async () => {
    const actor = () => town.actor('刘敏');
    const [one, other] = [actor(), actor()];
    const results = await Promise.allSettled(
      [one, other].map((who) => town.carryOut(() => town.outcomes.publish(who, input), who.requestId)),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
  });

  it('goes out at once when a secretary publishes at night', async () => {
    town.clock.set(at('2026-11-02T23:00'));
    await publish();
    const row = await town.outbox.findOne({ 'to.conversationId': '3号楼群' });
    expect(row?.dueAt).toEqual(at('2026-11-02T23:00'));
  });

  it('works in chat, with preview and confirmation', async () => {
    const said = { who: '刘敏', in: 'secretaries' };
    const lines = '公示 3\n一、选定电梯位置，刘建国，物业，12月30日\n二、公布分摊办法，社区 刘敏，12月31日前';
    const preview = await town.say(lines, said);
    expect(preview).toContain('将发到2个群，约2人');
    expect(preview).toContain('确认 公示 3');
    expect(await town.say('确认公示 3', said)).toContain('已公示：议题#3');
    expect((await outcome()).items).toMatchObject([
      {
        action: '选定电梯位置',
        ownerName: '刘建国',
        unit: '物业',
        groupId: 'wuye',
        dueAt: at('2026-12-30T18:00'),
      },
      { action: '公布分摊办法', ownerName: '刘敏', groupId: 'secretaries', dueAt: at('2026-12-31T18:00') },
    ]);
    expect(preview).toContain((await town.textsTo('3号楼群'))[0]);
    expect(await town.say('公示 9', said)).toContain('没有找到议题#9');
    expect(await town.say('确认公示 3', { who: '张桂兰', in: '3号楼群' })).toBe('<wrongRole>');
  });

  it('is shown whole to a resident who asks', async () => {
    const third = {
      action: '验收',
      ownerName: '刘建国',
      unit: '物业',
      groupId: 'wuye',
      dueAt: at('2027-01-05T18:00'),
    };
    expect(await town.say('公示 3', { who: '张桂兰', in: '3号楼群' })).toContain('议题#3现在没有公示');
    await publish({ items: [...input.items, third] });
    expect((await town.textsTo('3号楼群'))[0]).toContain('一共3件');
    const whole = await town.say('公示 3', { who: '张桂兰', in: '3号楼群' });
    expect(whole).toContain('三、验收，刘建国办，2027年1月5日前');
    expect(await town.textsTo('direct:张桂兰')).toEqual([whole]);
  });
});

describe('the end of a publicity', () => {
  it('turns items into numbered assignments, tells their groups and moves the topic', async () => {
    await publish();
    await town.until(END);
    const assignments = await town.stores.assignments.ofTopic('topic:3');
    expect(assignments.map(({ number, groupId, state }) => ({ number, groupId, state }))).toEqual([
      { number: 1, groupId: 'wuye', state: 'open' },
      { number: 2, groupId: 'secretaries', state: 'open' },
    ]);
    expect((await town.textsTo('wuye'))[0]).toContain(
      '【交办】T1 选定电梯位置\n物业 刘建国负责，12月30日（周三）前办好',
    );
    expect((await town.textsTo('secretaries')).some((text) => text.includes('没有异议，已交办2件'))).toBe(
      true,
    );
    const topic = await town.stores.topics.byId('topic:3');
    expect([topic?.stage, topic?.history.map((one) => one.stage)]).toEqual([
      'supervise',
      ['outcome', 'assign', 'supervise'],
    ]);
  });

  it('waits while a message sent before the end is undecided', async () => {
    await publish();
    town.world.barrierPassed = false;
    await town.until(at('2026-11-07T18:00:03'));
    expect(await outcome()).toMatchObject({ state: 'publicity' });
    await town.say('异议 3 来得及', { who: '张桂兰', in: '3号楼群', sentAt: END });
    town.world.barrierPassed = true;
    await town.until(at('2026-11-07T18:01'));
    expect(await outcome()).toMatchObject({ state: 'stopped' });
    expect(await town.stores.assignments.ofTopic('topic:3')).toEqual([]);
  });

  it('and an objection at the same moment never both win', async () => {
    for (let round = 0; round < 5; round += 1) {
      await town.empty();
      await publish();
      town.clock.set(END);
      await Promise.all([
        town.until(END),
        town.say('异议 3 来得及', { who: '张桂兰', in: '3号楼群', sentAt: END }),
      ]);
      const { state } = await outcome();
      const assigned = await town.stores.assignments.ofTopic('topic:3');
      expect([state, assigned.length]).toEqual(state === 'stopped' ? ['stopped', 0] : ['assigned', 2]);
    }
  });

  it('hands nothing out in the name of a topic that went another way', async () => {
    await publish();
    const topic = await town.stores.topics.byId('topic:3');
    const write = town.stores.topics.update('topic:3', { stage: 'consult' }, topic?.revision ?? 0);
    await town.carryOut(async () => ({ writes: [write], dispatches: [] }), 'moved');
    await town.until(END);
    expect(await outcome()).toMatchObject({ state: 'withdrawn' });
    expect(await town.stores.assignments.ofTopic('topic:3')).toEqual([]);
  });
});

it('a topic before consultation cannot be published', async () => {
  const write = town.stores.topics.insert(topicOf(4, { stage: 'settle' }));
  await town.carryOut(async () => ({ writes: [write], dispatches: [] }), 'topic4');
  expect(await publish({ topicId: 'topic:4' })).toContain('还不能「公示」');
});
