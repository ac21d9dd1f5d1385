import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment } from '#core/outcome';
import { at } from '#test/support/follow-up-people';
import { createFollowUpTown, type Said } from '#test/support/follow-up-town';

const town = await createFollowUpTown();
afterAll(() => town.close());

const PUBLISHED = at('2026-11-02T10:00');
const DUE = at('2026-11-20T18:00');
const WUYE: Said = { who: '刘建国', in: 'wuye' };
const OFFICE: Said = { who: '刘敏', in: 'secretaries' };
const photo = { mediaId: 'm1', kind: 'image', mime: 'image/jpeg', bytes: 9 } as const;

async function handOut(dueAt = DUE): Promise<void> {
  await town.step(town.outcomes.publish, '刘敏', {
    topicId: 'topic:3',
    groupIds: ['3号楼群'],
    items: [
      { action: '换路灯', ownerName: '刘建国', unit: '物业', groupId: 'wuye', dueAt },
      {
        action: '修围栏',
        ownerName: '赵亮',
        unit: '城管办',
        groupId: 'chengguan',
        dueAt: at('2026-12-25T18:00'),
      },
    ],
    publicUntil: at('2026-11-03T18:00'),
  });
  await town.until(at('2026-11-03T18:01'));
}

beforeEach(async () => {
  await town.empty();
  town.clock.set(PUBLISHED);
  await handOut();
});

const t1 = async (): Promise<Assignment> => {
  const found = await town.stores.assignments.byNumber('xfl', 1);
  if (!found) throw new Error('no T1');
  return found;
};
/** Texts to the property's group, without the handing over. */
const told = async () => (await town.textsTo('wuye')).slice(1);

describe('reminders over a month', () => {
  it('come on handing over, when it turns yellow, on the due day and each working day when overdue', async () => {
    await town.until(at('2026-12-01T12:00'));
    const texts = await town.textsTo('wuye');
    expect(texts.map((text) => text.split('\n')[0])).toEqual([
      '【交办】T1 换路灯',
      '【黄灯】T1 换路灯，还剩3个工作日',
      '【黄灯】T1 换路灯，到期了',
      ...[1, 2, 3, 4, 5, 6, 7].map((days) => `【红灯】T1 换路灯，过期${days}个工作日`),
    ]);
    const rows = await town.outbox.find({ 'to.conversationId': 'wuye' }).sort({ seq: 1 }).toArray();
    expect(rows[1]?.createdAt).toEqual(at('2026-11-17T09:00'));
    expect(rows[2]?.createdAt).toEqual(at('2026-11-20T09:00'));
    expect(rows[3]?.createdAt).toEqual(at('2026-11-23T09:00'));
    expect(await t1()).toMatchObject({ wasRed: true });
  });

  it('are not made up for each day that a jumping clock left out', async () => {
    town.clock.set(at('2026-11-30T11:00'));
    await town.until(at('2026-11-30T11:00'));
    expect(await told()).toEqual([expect.stringContaining('过期6个工作日')]);
    await town.until(at('2026-12-01T10:00'));
    expect(await told()).toHaveLength(2);
  });

  it('move with the due date and end when it is done', async () => {
    await town.until(at('2026-11-18T10:00'));
    expect(await town.say('延期 T1 至11月30日 缺配件', WUYE)).toContain(
      '已收到延期申请：T1，到11月30日（周一）',
    );
    expect(await town.say('准延 T1', OFFICE)).toContain('T1可以延到11月30日');
    await town.until(at('2026-11-24T10:00'));
    expect((await told()).filter((text) => text.includes('灯】'))).toHaveLength(1);
    await town.until(at('2026-11-26T10:00'));
    expect((await told()).at(-1)).toContain(
      '【黄灯】T1 换路灯，还剩3个工作日\n刘建国负责，11月30日（周一）到期',
    );
    await town.say('办结 T1 换好了', WUYE);
    await town.say('核实 T1', OFFICE);
    const before = (await told()).length;
    await town.until(at('2026-12-20T10:00'));
    expect(await told()).toHaveLength(before);
  });
});

describe('办结', () => {
  it('tells the secretaries, with the photos, and rests until it is checked', async () => {
    const answer = await town.say('办结 T1 12月3日换了新灯', { ...WUYE, attachments: [photo, photo] });
    expect(answer).toBe('已收到办结：T1，说明1段、照片2张。\n社区 刘敏核实后，告诉提出的人。');
    expect((await town.textsTo('secretaries')).at(-1)).toContain('照片2张，12月3日换了新灯');
    expect(await t1()).toMatchObject({
      state: 'claimed',
      wasRed: false,
      report: { attachments: [photo, photo] },
    });
    await town.until(at('2026-11-30T12:00'));
    expect((await told()).filter((text) => text.includes('灯】'))).toEqual([]);
  });

  it.each(['办结T1换好了', '办结 t1 换好了', '办结 1 换好了', '办结 Ｔ１：换好了', '办好 T1，换好了'])(
    'is read from %s',
    async (words) => {
      await town.say(words, WUYE);
      expect((await t1()).report?.text).toBe('换好了');
    },
  );

  it('asks for a word, and keeps what is said later', async () => {
    expect(await town.say('办结 T1', { ...WUYE, attachments: [photo] })).toContain('还差一句说明');
    expect(await t1()).toMatchObject({ state: 'open' });
    await town.say('办结 T1 换好了', WUYE);
    await town.say('办结 T1 补一张照片', { ...WUYE, attachments: [photo] });
    expect((await t1()).report).toMatchObject({ text: '换好了\n补一张照片', attachments: [photo] });
  });

  it.each([
    ['a department of another unit', { who: '王强' }, '由物业承办'],
    ['another group', { who: '赵亮', in: 'chengguan' }, '没有找到T1'],
  ])('is refused to %s', async (_who, said, refusal) => {
    expect(await town.say('办结 T1 换好了', said)).toContain(refusal);
    expect(await t1()).toMatchObject({ state: 'open' });
  });

  it('is for the named officer one-to-one, and for a street department in its own group', async () => {
    expect(await town.say('办结 T1 换好了', { who: '刘建国' })).toContain('已收到办结');
    expect(await town.say('办结 T2 修好了', { who: '赵亮', in: 'chengguan' })).toContain('已收到办结：T2');
    expect(await town.say('办结 T1 换好了', { who: '张桂兰', in: '3号楼群' })).toBe('<wrongRole>');
    expect(await town.say('办结 T88 换好了', WUYE)).toContain('没有找到T88');
  });
});

describe('checking', () => {
  it('the last one of a topic answers everybody and moves the topic', async () => {
    await town.say('办结 T1 换好了', WUYE);
    await town.say('办结 T2 修好了', { who: '赵亮', in: 'chengguan' });
    expect(await town.say('核实 T1', OFFICE)).toContain('议题#3还有1件在办');
    expect(town.world.answeredTopics).toEqual([]);
    expect(await town.say('核实 T2', OFFICE)).toContain('议题#3全部办结');
    expect(town.world.answeredTopics).toEqual(['topic:3']);
    expect(await town.stores.topics.byId('topic:3')).toMatchObject({ stage: 'feedback' });
    expect((await t1()).closedAt).toBeInstanceOf(Date);
    expect((await town.textsTo('wuye')).at(-1)).toContain('核实过了，办结');
  });

  it('two last ones at the same moment answer once', async () => {
    await town.say('办结 T1 换好了', WUYE);
    await town.say('办结 T2 修好了', { who: '赵亮', in: 'chengguan' });
    await Promise.all([town.say('核实 T1', OFFICE), town.say('核实 T2', OFFICE)]);
    expect(await town.stores.topics.byId('topic:3')).toMatchObject({ stage: 'feedback' });
    expect((await town.textsTo('direct:张桂兰')).filter((text) => text === '有结果了')).toHaveLength(1);
  });

  it('sends back with a reason, and reminders go on', async () => {
    await town.say('办结 T1 换好了', WUYE);
    expect(await town.say('打回 T1', OFFICE)).toContain('还差一句原因');
    expect(await town.say('打回 T1 还有一盏不亮', OFFICE)).toContain('T1已打回');
    expect((await told()).at(-1)).toContain('原因：还有一盏不亮');
    await town.until(at('2026-11-23T10:00'));
    expect((await told()).at(-1)).toContain('过期1个工作日');
    expect(await town.say('核实 T1', OFFICE)).toContain('还不能「核实」');
  });

  it('is for secretaries of the place', async () => {
    await town.say('办结 T1 换好了', WUYE);
    const { id } = await t1();
    expect(await town.say('核实 T1', WUYE)).toBe('<wrongRole>');
    expect(await town.say('核实 T1', { who: '外书记', in: 'elsewhere-secretaries' })).toContain('没有找到T1');
    for (const useCase of [town.assignments.confirm, town.assignments.urge]) {
      expect(await town.step(useCase, '外书记', { assignmentId: id })).toContain('number.unknown');
    }
    expect(await town.step(town.assignments.confirm, '刘敏', { assignmentId: id, revision: 1 })).toContain(
      'revision.old',
    );
    expect(await town.step(town.assignments.confirm, '刘建国', { assignmentId: id })).toContain('role.wrong');
  });
});

describe('延期', () => {
  it.each([
    ['延期 T1', '还差到哪一天、理由'],
    ['延期 T1 至11月30日', '还差理由'],
    ['延期 T1 缺配件', '还差到哪一天'],
    ['延期 T1 至11月10日 缺配件', '要延到更晚的一天'],
    ['延期', '还差编号'],
  ])('%s says what is missing', async (words, hint) => {
    expect(await town.say(words, WUYE)).toContain(hint);
    expect((await t1()).extension).toBeUndefined();
  });

  it('keeps the old date until it is granted, and that it was overdue for ever', async () => {
    await town.until(at('2026-11-24T10:00'));
    await town.say('延期 T1 至12月20日 缺配件', WUYE);
    expect((await town.textsTo('secretaries')).at(-1)).toContain('理由：缺配件');
    expect((await t1()).dueAt).toEqual(DUE);
    await town.say('准延 T1', OFFICE);
    expect(await t1()).toMatchObject({
      dueAt: at('2026-12-20T18:00'),
      wasRed: true,
      extension: { state: 'granted' },
    });
    expect(await town.say('准延 T1', OFFICE)).toContain('没有等答复的延期申请');
  });

  it('is called to mind when it turns yellow for the new date, also where the old one would be looked at later', async () => {
    await town.until(at('2026-11-17T10:00'));
    await town.say('延期 T1 至11月23日 缺配件', WUYE);
    await town.say('准延 T1', OFFICE);
    const before = (await told()).length;

    await town.until(at('2026-11-18T12:00'));

    expect((await told()).slice(before)).toEqual([
      expect.stringContaining('【黄灯】T1 换路灯，还剩3个工作日'),
    ]);
  });

  it('is refused with a reason', async () => {
    await town.say('延期 T1 至12月20日 缺配件', WUYE);
    expect(await town.say('不延 T1', OFFICE)).toContain('还差一句原因');
    expect(await town.say('不延 T1 供暖前必须完成', OFFICE)).toContain('T1不能延');
    expect((await told()).at(-1)).toContain('原因：供暖前必须完成');
    expect((await t1()).dueAt).toEqual(DUE);
  });
});

describe('退回', () => {
  it('goes to the secretaries, who hand it to somebody else', async () => {
    expect(await town.say('退回 T1', WUYE)).toContain('还差一句理由');
    expect(await town.say('退回 T1 路灯归城管办', WUYE)).toContain('已收到退回');
    expect((await town.textsTo('secretaries')).at(-1)).toContain('路灯归城管办');
    const { id, revision } = await t1();
    const to = { groupId: 'chengguan', ownerName: '赵亮', unit: '城管办', dueAt: at('2026-12-10T18:00') };
    const input = { assignmentId: id, revision, ...to };
    expect(await town.step(town.assignments.reassign, '刘敏', { ...input, groupId: '3号楼群' })).toContain(
      'group.unknown',
    );
    expect(await town.step(town.assignments.reassign, '刘敏', input)).toContain('已改派给城管办 赵亮');
    expect(await t1()).toMatchObject({ state: 'open', ...to });
    expect((await t1()).returnedReason).toBeUndefined();
    expect((await town.textsTo('chengguan')).at(-1)).toContain('【交办】T1 换路灯');
    expect((await town.textsTo('wuye')).at(-1)).toContain('本群不用办了');
    await town.until(at('2026-12-07T10:00'));
    expect((await town.textsTo('chengguan')).at(-1)).toContain('【黄灯】T1');
  });
});

describe('催办', () => {
  it('goes out once a day and takes the place of that day’s reminder', async () => {
    await town.until(at('2026-11-17T08:00'));
    expect(await town.say('催办 T1', OFFICE)).toContain('已提醒刘建国：T1');
    expect(await town.say('催一下 T1', OFFICE)).toContain('今天已经提醒过一次');
    await town.until(at('2026-11-17T12:00'));
    expect(await told()).toEqual([expect.stringContaining('【提醒】T1 换路灯，还剩3个工作日')]);
    await town.until(at('2026-11-18T08:00'));
    expect(await town.say('催办 T1', OFFICE)).toContain('已提醒');
  });
});

describe('what one may see', () => {
  it('交办 lists the group’s own, with lights', async () => {
    await town.until(at('2026-11-24T10:00'));
    expect(await town.say('交办', WUYE)).toBe('在办1件：\n■ T1 换路灯，过期2个工作日');
    expect(await town.say('交办', { who: '赵亮', in: 'chengguan' })).toBe(
      '在办1件：\n● T2 修围栏，还剩23个工作日',
    );
    expect(await town.say('交办', OFFICE)).toContain('在办2件');
    expect(await town.say('交办', { who: '外书记', in: 'elsewhere-secretaries' })).toContain('没有在办的事');
  });

  it('officers see what was handed to their groups, secretaries the place, others nothing', async () => {
    const numbersFor = async (who: string) =>
      (await town.assignments.list(town.actor(who), { limit: 10 })).items.map((one) => one.assignment.number);
    expect(await numbersFor('刘敏')).toEqual([1, 2]);
    expect(await numbersFor('刘建国')).toEqual([1]);
    expect(await numbersFor('王强')).toEqual([]);
    expect(await numbersFor('外书记')).toEqual([]);
    expect(await numbersFor('赵亮')).toEqual([]);
    const { id } = await t1();
    await expect(town.assignments.see(town.actor('王强'), id)).rejects.toThrow('number.unknown');
    expect((await town.assignments.see(town.actor('刘建国'), id)).reading.light).toBe('green');
  });

  it('lists page by page in the order of due dates', async () => {
    const actor = town.actor('刘敏');
    const first = await town.assignments.list(actor, { limit: 1 });
    const second = await town.assignments.list(actor, { limit: 1, ...(first.next && { after: first.next }) });
    expect([first, second].map((page) => page.items.map((one) => one.assignment.number))).toEqual([[1], [2]]);
    expect(second.next).toBeUndefined();
  });
});

it('keeps a topic that is elsewhere where it is', async () => {
  await town.say('办结 T1 换好了', WUYE);
  await town.say('办结 T2 修好了', { who: '赵亮', in: 'chengguan' });
  await town.connection
    .collection('topics')
    .updateOne({ _id: 'topic:3' as never }, { $set: { stage: 'feedback' } });
  await town.say('核实 T1', OFFICE);
  await town.say('核实 T2', OFFICE);
  expect(town.world.answeredTopics).toEqual(['topic:3']);
  expect(await town.stores.topics.byId('topic:3')).toMatchObject({ stage: 'feedback' });
});
