import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '#core/errors';
import type { Assignment } from '#core/outcome';
import type { Topic } from '#core/topic';
import { createNeighbourhood } from '../concerns/neighbourhood.ts';

const town = await createNeighbourhood();
const zhang = { who: '张桂兰', in: 'residents' };
const li = { who: '李明', in: 'residents' };
const wang = { who: '王芳', in: 'residents' };
const liu = { who: '刘敏', in: 'secretaries' };
const DONE = '答复 1 办好了：12月3日物业换了新灯';

afterAll(() => town.close());
beforeEach(() => town.empty());

const byNumber = async (number: number) => {
  const found = await town.stores.concerns.byNumber('xfl', number);
  if (!found) throw new Error(`no concern ${number}`);
  return found;
};

/** #1 by 张桂兰, endorsed by 李明 (one-to-one) and 王芳 (only in the group); #2 by 李明, another matter. */
async function twoConcerns(): Promise<void> {
  await town.say('反映 3号楼门口的路灯坏了三天', zhang);
  await town.say('反映 5号楼下水道堵了，污水漫到楼道', li);
  await town.say('附议 1', li);
  await town.say('附议 1', wang);
}

describe('the secretary’s queue', () => {
  beforeEach(twoConcerns);

  it('shows the oldest promise first, and among equals the most endorsed', async () => {
    const list = await town.say('待办', liu);
    expect(list.split('\n')).toEqual([
      '今天要办2件：',
      '诉求#1 3号楼门口的路灯坏了三天，12月4日前，附议2',
      expect.stringContaining('诉求#2 5号楼下水道堵了'),
    ]);
  });

  it('leaves out what is put off until its day has come', async () => {
    expect(await town.say('缓办 1 到 12月3日', liu)).toContain('#1先放一放，12月3日（周四）9:00再提醒');
    expect(await town.say('待办', liu)).not.toContain('诉求#1');
    town.clock.set(new Date('2026-12-03T02:00:00Z'));
    expect(await town.say('待办', liu)).toContain('诉求#1');
  });

  it('is not for residents', async () => {
    expect(await town.say('待办', zhang)).toBe('<wrongRole>');
    await expect(town.useCases.merge(town.actor('张桂兰'), { concernIds: [], intoId: 'x' })).rejects.toThrow(
      'role.wrong',
    );
  });
});

describe('merging', () => {
  beforeEach(async () => {
    await twoConcerns();
    await town.say('反映 小区东门的路灯也不亮', { who: '赵强', in: 'residents' });
  });

  it('keeps every author’s number, tells them, and counts them with the other', async () => {
    expect(await town.say('合并 3到1', liu)).toBe('已合并 #3→#1');
    expect(town.textsTo('residents').at(-1)).toContain('诉求#3和#1是一件事，并在一起办');
    expect(await byNumber(3)).toMatchObject({ state: 'merged', mergedIntoId: (await byNumber(1)).id });
    expect((await byNumber(1)).endorsements).toBe(3);
    expect(await town.say('附议 3', { who: '孙丽', in: 'residents' })).toContain('您的附议算在#1');
    expect(await town.say('附议 1', { who: '赵强', in: 'residents' })).toContain('一人算一次，现在5人');
  });

  it('of several goes on where one is not there, and says which', async () => {
    expect(await town.say('合并 3、88 到 1', liu)).toBe('已合并 #3→#1\n#88没有找到');
    expect(await town.say('合并 1 到 1', liu)).toBe('#1不能并到它自己');
  });

  it('is undone by its author, who gets a new promise', async () => {
    await town.say('合并 3 到 1', liu);
    expect(await town.say('拆开 3', zhang)).toContain('诉求#3是邻居提的');
    expect(await town.say('拆开 3', { who: '赵强', in: 'residents' })).toContain('已拆开：诉求#3单独办');
    expect(await byNumber(3)).toMatchObject({ state: 'open' });
    expect(await byNumber(3)).not.toHaveProperty('mergedIntoId');
    expect((await byNumber(1)).endorsements).toBe(2);
  });

  it('in the console can be taken back', async () => {
    const [first, third] = [await byNumber(1), await byNumber(3)];
    const decision = await town.useCases.merge(town.actor('刘敏'), {
      concernIds: [third.id],
      intoId: first.id,
    });
    expect(decision.rows).toEqual([{ concernId: third.id, ok: true }]);
    await town.apply(decision);
    await town.write(decision.undo ?? [], true);
    expect(await byNumber(3)).toMatchObject({ state: 'open' });
    expect(await byNumber(3)).not.toHaveProperty('mergedIntoId');
  });
});

describe('an answer', () => {
  beforeEach(twoConcerns);

  it('reaches the author and every endorser once, one-to-one or in the group by the name shown there', async () => {
    expect(await town.say(DONE, liu)).toBe('已答复 #1（办好了），告诉3人');
    expect(town.textsTo('direct:张桂兰')).toEqual([
      '您提的诉求#1有结果了。\n办好了：12月3日物业换了新灯。\n您看怎么样？回复「评价 1 满意」，或「基本满意」「不满意」。',
    ]);
    expect(town.textsTo('direct:李明')).toEqual([expect.stringContaining('您附议的诉求#1有结果了')]);
    expect(town.textsTo('residents').at(-1)).toMatch(/^王芳：诉求#1有结果了。/u);
    const rows = await town.stores.concerns.feedbacksOf((await byNumber(1)).id);
    expect(rows.map(({ personId, way, role }) => [personId, way, role])).toEqual([
      ['person:张桂兰', 'direct', 'author'],
      ['person:李明', 'direct', 'endorser'],
      ['person:王芳', 'group', 'endorser'],
    ]);
  });

  it('reaches the authors of merged ones under their own number, and whoever stands behind both only once', async () => {
    await town.say('合并 2 到 1', liu);
    await town.say(DONE, liu);
    expect(town.textsTo('direct:李明').filter((text) => text.includes('有结果了'))).toEqual([
      expect.stringContaining('您提的诉求#2有结果了'),
    ]);
    expect(await town.say('进度 2', li)).toContain('办好了，12月3日物业换…');
  });

  it('must say which ending it is, and a refusal why', async () => {
    expect(await town.say('答复 1 物业明天来看', liu)).toContain('还差结果');
    expect(await town.say('答复 1 办不了', liu)).toContain('还差原因');
    expect(await town.say('答复 1 办不了 原因：楼道宽1.1米 可以用1层公共充电点', liu)).toContain(
      '（这次办不了）',
    );
    expect(town.textsTo('direct:张桂兰').at(-1)).toBe(
      '您提的诉求#1有结果了。\n这次办不了。原因：楼道宽1.1米\n可以这样：用1层公共充电点。想再问，找社区 刘敏，88881234。\n您看怎么样？回复「评价 1 满意」，或「基本满意」「不满意」。',
    );
  });

  it('is given once a round', async () => {
    await town.say(DONE, liu);
    expect(await town.say(DONE, liu)).toContain('#1已经答复过了');
    expect(town.textsTo('direct:张桂兰')).toHaveLength(1);
  });

  it('hands over to whoever is in charge, and says how to reach them', async () => {
    expect(await town.say('转办 1', liu)).toContain('还差转给谁');
    expect(await town.say('转办 1 给 街道城管办 电话88881234', liu)).toContain('告诉3人');
    expect(town.textsTo('direct:张桂兰').at(-1)).toContain('这件事归街道城管办管，已经转过去');
  });

  it('names whom no message reaches: who called is called back', async () => {
    expect(await town.say('代录 王大爷：6号楼1单元楼道灯不亮', liu)).toContain('已代录：诉求#3');
    expect(await town.say('答复 3 办好了：换了灯泡', liu)).toContain('王大爷');
    const [row] = await town.stores.concerns.feedbacksOf((await byNumber(3)).id);
    expect(row).toMatchObject({ way: 'unreachable', role: 'author' });
  });

  it('that was taken back counts as never given, and can be given anew', async () => {
    const one = await byNumber(1);
    const given = { concernIds: [one.id], kind: 'done' as const, text: '换了灯' };
    const decision = await town.useCases.answer(town.actor('刘敏'), given);
    await town.apply(decision);
    await town.write(decision.undo ?? [], true);
    expect(await byNumber(1)).toMatchObject({ state: 'open' });
    expect(await town.stores.concerns.feedbacksOf(one.id)).toEqual([]);
    expect(await town.say('评价 1 满意', zhang)).toContain('还没有答复');
    const again = await town.useCases.answer(town.actor('刘敏'), given);
    const keys = new Set(decision.dispatches.map(({ key }) => key));
    expect(again.dispatches.filter(({ key }) => keys.has(key))).toEqual([]);
  });

  it('of several in the console has a result for each', async () => {
    const [one, two] = [await byNumber(1), await byNumber(2)];
    const given = { concernIds: [one.id, 'concern:none', two.id], kind: 'done' as const, text: '都修好了' };
    const decision = await town.useCases.answer(town.actor('刘敏'), given);
    expect(decision.rows.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(decision.summary).toBe('已答复 #1、#2（办好了），告诉4人');
  });
});

describe('a topic’s result', () => {
  it('goes to everybody behind its concerns once, and only the first time', async () => {
    await twoConcerns();
    for (const number of [1, 2]) {
      const { id, revision } = await byNumber(number);
      await town.write(
        [town.stores.concerns.update(id, { state: 'inTopic', topicId: 'topic:1' }, revision)],
        true,
      );
    }
    expect(await town.say(DONE, liu)).toContain('#1在议题里办');
    const secretary = town.actor('刘敏');
    const topic = { id: 'topic:1' } as Topic;
    const done = [
      { action: '换新灯', report: { text: '12月3日换好' } },
      { action: '疏通下水道' },
    ] as Assignment[];
    await town.apply(await town.useCases.answerTopic(secretary, topic, done));
    expect(town.textsTo('direct:张桂兰').at(-1)).toContain('办好了：换新灯：12月3日换好；疏通下水道。');
    const toLi = town.textsTo('direct:李明').filter((text) => text.includes('有结果了'));
    expect(toLi).toEqual([expect.stringContaining('您提的诉求#2有结果了')]);
    expect((await town.useCases.answerTopic(secretary, topic, done)).writes).toEqual([]);
    expect(await town.say('评价 1 满意', li)).toContain('谢谢，已记下');
    const input = { topicId: 'topic:1', kind: 'done' as const, text: '都办好了' };
    expect((await town.useCases.giveTopicAnswer(town.actor('外书记'), input)).writes).toEqual([]);
    await expect(town.useCases.giveTopicAnswer(town.actor('李明'), input)).rejects.toThrow('role.wrong');
  });
});

describe('a rating', () => {
  beforeEach(async () => {
    await twoConcerns();
    await town.say(DONE, liu);
  });
  const ratings = async () => town.stores.concerns.ratingsOf((await byNumber(1)).id);

  it('is kept from whoever got the answer, in many wordings, and the last one counts', async () => {
    expect(await town.say('评价 1 满意', zhang)).toBe('谢谢，已记下：诉求#1，满意。');
    expect(await town.say('评价１基本满意', zhang)).toContain('已改：诉求#1，现在是基本满意');
    expect(await town.say('基本满意', { who: '李明' })).toBe('谢谢，已记下：诉求#1，基本满意。');
    expect((await ratings()).map(({ personId, value }) => [personId, value])).toEqual([
      ['person:张桂兰', 'basically'],
      ['person:李明', 'basically'],
    ]);
  });

  it('is not taken from others, nor before an answer, nor without a word', async () => {
    expect(await town.say('评价 1 满意', { who: '孙丽', in: 'residents' })).toContain(
      '由提的人和附议的人评价',
    );
    expect(await town.say('评价 2 满意', li)).toContain('还没有答复');
    expect(await town.say('评价 1', zhang)).toContain('还差评价');
    expect(await town.say('评价 88 满意', zhang)).toContain('没有找到诉求#88');
    expect(await town.say('评价 1 满意', { who: '外人', in: 'elsewhere-residents' })).toContain(
      '没有找到诉求#1',
    );
    expect(await town.say('满意', { who: '孙丽', in: 'residents' })).toBe('');
    expect(await ratings()).toEqual([]);
  });

  it('that is not satisfied opens the concern again, once, and the secretaries hear of it', async () => {
    expect(await town.say('评价 1 不满意', zhang)).toBe(
      '已记下：诉求#1，不满意。重新打开，刘敏再办。\n哪里没办好，发「补充 1」加内容。',
    );
    expect(await byNumber(1)).toMatchObject({ state: 'reopened', reopenings: 1 });
    expect(await town.say('评价 1 不满意', li)).toContain('重新打开');
    expect((await byNumber(1)).reopenings).toBe(1);
    expect(town.textsTo('secretaries').filter((text) => text.includes('重新打开了'))).toHaveLength(1);
    expect(await town.say('待办', liu)).toContain('诉求#1');
  });

  it('that is not satisfied a second time goes to the level above', async () => {
    await town.say('评价 1 不满意', zhang);
    expect(await town.say('答复 1 办好了：又换了一次', liu)).toContain('告诉3人');
    expect(await town.say('评价 1 不满意', zhang)).toBe(
      '已记下。诉求#1重办过一次，这次转街道 陈芳。\n12月4日（周五）前答复您。',
    );
    expect(await byNumber(1)).toMatchObject({
      state: 'reopened',
      reopenings: 2,
      escalatedAt: town.clock.now(),
    });
    expect(town.textsTo('street-office')).toHaveLength(1);
    await town.say('答复 1 办好了：街道修好了', liu);
    expect(await town.say('评价 1 不满意', zhang)).toContain('已记下：诉求#1，不满意');
    expect((await byNumber(1)).reopenings).toBe(2);
  });
});

describe('the echo', () => {
  it('counts what was received and answered, and names what got no answer in time', async () => {
    await twoConcerns();
    await town.say('合并 2 到 1', liu);
    await town.say('反映 7号楼地下车库漏水', zhang);
    await town.say(DONE, liu);
    town.clock.set(new Date('2026-12-04T11:00:00Z'));
    const echo = await town.useCases.echo(['xfl'], town.clock.now());
    expect(echo).toMatchObject({ received: 3, answered: 2 });
    expect(echo.silent.map(({ number }) => number)).toEqual([3]);
    expect(await town.useCases.echo(['elsewhere'], town.clock.now())).toMatchObject({
      received: 0,
      silent: [],
    });
  });
});

describe('another place', () => {
  it('can do nothing to a concern, by number or by id, and learns nothing of it', async () => {
    await twoConcerns();
    const before = await byNumber(1);
    const spy = town.actor('外书记');
    const { merge, snooze, answer, redirect, unmerge, endorse, supplement, split, rate } = town.useCases;
    const until = new Date('2026-12-20T00:00:00Z');
    const concernIds = [before.id];
    await expect(merge(spy, { concernIds, intoId: before.id })).rejects.toThrow(UserError);
    await expect(unmerge(spy, { concernId: before.id })).rejects.toThrow('number.unknown');
    const bulk = [
      await snooze(spy, { concernIds, until }),
      await answer(spy, { concernIds, kind: 'done', text: '好了' }),
      await redirect(spy, { concernIds, to: '街道', how: '电话' }),
    ];
    expect(bulk.map(({ rows, writes, dispatches }) => [rows[0]?.ok, writes, dispatches])).toEqual(
      bulk.map(() => [false, [], []]),
    );
    const at = town.clock.now();
    const said = { number: 1, conversation: before.raisedIn, name: '外', at };
    await expect(endorse(spy, said)).rejects.toThrow('number.unknown');
    await expect(supplement(spy, { ...said, isTopic: false, text: '看', attachments: [] })).rejects.toThrow(
      'number.unknown',
    );
    await expect(split(spy, { number: 1 })).rejects.toThrow('number.unknown');
    await expect(rate(spy, { number: 1, value: 'satisfied', at })).rejects.toThrow('number.unknown');
    expect(await byNumber(1)).toEqual(before);
  });
});
