import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '#core/clock';
import { createNeighbourhood } from './neighbourhood.ts';

const town = await createNeighbourhood();
const HERE = { in: 'residents' };
const zhang = { who: '张桂兰', ...HERE };
const li = { who: '李明', ...HERE };
const LAMP = '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清';
const SAME_LAMP = '反映 3号楼门口路灯不亮了，坏了好几天';
const photo = { mediaId: 'media:1', kind: 'image' as const, mime: 'image/jpeg', bytes: 10 };

afterAll(() => town.close());
beforeEach(() => town.empty());

const byNumber = (number: number) => town.stores.concerns.byNumber('xfl', number);

describe('a resident who raises a concern', () => {
  it('gets its number, the promised day and what to do next', async () => {
    expect(await town.say(LAMP, zhang)).toBe(
      '已登记：诉求#1「3号楼门口的路灯坏了三天」。\n社区12月4日（周五）前答复您。\n要补照片或情况，回复「补充 1」。',
    );
    expect(await byNumber(1)).toMatchObject({ state: 'open', authorName: '张桂兰', groupId: 'residents' });
  });

  it('is understood without a space, with another trigger, with the bot mentioned and one-to-one', async () => {
    expect(await town.say('报修3号楼电梯关不上门', zhang)).toContain('诉求#1');
    expect(await town.say('@议事助手 5号楼下水道堵了', li)).toContain('诉求#2');
    expect(await town.say('7号楼地下车库漏水', { who: '王芳' })).toMatch(/^已登记：诉求#3。\n「7号楼/u);
  });

  it('is asked for words when there are none, and keeps quiet small talk unanswered', async () => {
    expect(await town.say('反映', zhang)).toContain('还差内容');
    expect(await town.say('反映 😭😭', zhang)).toContain('还差内容');
    expect(await town.say('建议大家明天带伞', zhang)).toBe('');
    expect(await town.say('我也是', li)).toBe('');
    expect(await town.say('今天天气真好', li)).toBe('');
    expect(await byNumber(1)).toBeUndefined();
  });

  it('has a long text cut with a hint, kept whole, and every character kept as text', async () => {
    const long = `反映 3号楼<b>路灯</b>\u202e坏了${'很黑'.repeat(1_500)}`;
    expect(await town.say(long, zhang)).toContain('内容长，先看前2000字，原文都存着');
    const concern = await byNumber(1);
    expect(concern?.text).toHaveLength(2_000);
    expect(concern?.text).toContain('<b>路灯</b>坏了');
    expect(concern?.original?.length).toBeGreaterThan(3_000);
  });

  it('is asked back about a question, which becomes a concern only when they say so', async () => {
    expect(await town.say('报修单在哪里', zhang)).toContain('您是要把这件事登记下来吗');
    town.clock.advance(60 * MINUTE_MS);
    await town.fire();
    expect(await byNumber(1)).toBeUndefined();
    expect(await town.say('登记', zhang)).toContain('已登记：诉求#1');
    expect(await byNumber(1)).toMatchObject({ text: '报修单在哪里', state: 'open' });
    expect(await town.say('登记', zhang)).toContain('没有等您回话的诉求');
  });
});

describe('a neighbour who raises nearly the same', () => {
  beforeEach(async () => {
    await town.say(LAMP, zhang);
  });

  it('is shown the older one with two buttons', async () => {
    expect(await town.say(SAME_LAMP, li)).toBe(
      '已收下。和诉求#1「3号楼门口的路灯坏了三天」像是一件事。\n是同一件，回复「附议 1」；不是，回复「另记」。\n不回复也行，10分钟后单独登记。',
    );
    expect(town.sent.at(-1)?.body.card?.choices.map(({ say }) => say)).toEqual(['附议 1', '另记']);
  });

  it('endorses it with their words and photos kept, and is not registered a second time', async () => {
    await town.say(SAME_LAMP, { ...li, attachments: [photo] });
    expect(await town.say('附议 1', { ...li, press: true })).toContain('已附议：诉求#1，连您一共2人');
    town.clock.advance(11 * MINUTE_MS);
    await town.fire();
    const lamp = await byNumber(1);
    const [kept] = await town.stores.concerns.supplementsOf(lamp?.id ?? '');
    expect(kept).toMatchObject({ personName: '李明', attachments: [photo] });
    expect(kept?.text).toContain('路灯不亮');
    expect(lamp?.endorsements).toBe(1);
    expect(await byNumber(2)).toBeUndefined();
  });

  it('insists, and gets a number of their own', async () => {
    await town.say(SAME_LAMP, li);
    expect(await town.say('另记', li)).toContain('已登记：诉求#2');
    expect(await byNumber(2)).toMatchObject({ state: 'open', authorName: '李明' });
    town.clock.advance(11 * MINUTE_MS);
    await town.fire();
    expect(await byNumber(3)).toBeUndefined();
  });

  it('keeps silent, and is registered when the time is over and told so', async () => {
    await town.say(SAME_LAMP, li);
    town.clock.advance(9 * MINUTE_MS);
    await town.fire();
    expect(await byNumber(2)).toBeUndefined();
    town.clock.advance(MINUTE_MS);
    await town.fire();
    expect(await byNumber(2)).toMatchObject({ state: 'open', authorName: '李明' });
    expect(town.textsTo('residents').at(-1)).toContain('已登记：诉求#2');
  });

  it('is not compared with another place', async () => {
    expect(await town.say(SAME_LAMP, { who: '外人', in: 'elsewhere-residents' })).toContain('已登记：诉求#1');
  });

  it('says the same as themselves before: nothing is lost and nobody counts twice', async () => {
    await town.say(SAME_LAMP, zhang);
    expect(await town.say('附议 1', zhang)).toContain('诉求#1是您提的，已经算您一个，现在1人');
    expect(await town.stores.concerns.supplementsOf((await byNumber(1))?.id ?? '')).toHaveLength(1);
  });
});

describe('an endorsement', () => {
  beforeEach(async () => {
    await town.say(LAMP, zhang);
  });

  it('counts each person once, however it is typed', async () => {
    expect(await town.say('附议１', li)).toContain('连您一共2人');
    expect(await town.say('附議 第一', li)).toContain('一人算一次，现在2人');
    expect(
      await town.say('我也一样', { who: '王芳', ...HERE, quote: { text: '已登记：诉求#1「路灯」' } }),
    ).toContain('一共3人');
    expect((await byNumber(1))?.endorsements).toBe(2);
  });

  it('of a number that does not exist, or of another place, is refused alike', async () => {
    expect(await town.say('附议 88', li)).toBe('没有找到诉求#88。\n发「进度」，看您提过的每一件。');
    expect(await town.say('附议 1', { who: '外人', in: 'elsewhere-residents' })).toContain('没有找到诉求#1');
    expect((await byNumber(1))?.endorsements).toBe(0);
  });

  it('without a number asks for it when the bot is meant', async () => {
    expect(await town.say('附议', li)).toContain('还差编号');
  });
});

describe('more about a concern', () => {
  beforeEach(async () => {
    await town.say(LAMP, zhang);
  });

  it('is kept with words and photos', async () => {
    expect(await town.say('补充 1 晚上8点以后全黑', { ...zhang, attachments: [photo] })).toBe(
      '已补充到诉求#1：说明1段、照片1张。社区看得到。',
    );
    expect(await town.say('补充 晚上有人摔了', zhang)).toContain('已补充到诉求#1');
    expect(await town.say('补充 1', zhang)).toContain('还差要补充的话或照片');
    expect(await town.say('补充 9 全黑', zhang)).toContain('没有找到诉求#9');
  });

  it('is a photo alone, when its sender raised something minutes ago', async () => {
    expect(await town.say('', { ...zhang, attachments: [photo] })).toContain('照片1张已放进诉求#1');
    expect(await town.say('', { ...li, attachments: [photo] })).toBe('');
    town.clock.advance(11 * MINUTE_MS);
    expect(await town.say('', { ...zhang, attachments: [photo] })).toBe('');
    expect(await town.stores.concerns.supplementsOf((await byNumber(1))?.id ?? '')).toHaveLength(1);
  });
});

describe('progress', () => {
  it('lists one’s own without a number, and says how far one is with it', async () => {
    expect(await town.say('进度', zhang)).toContain('您还没有提过诉求');
    await town.say(LAMP, zhang);
    expect(await town.say('进度', zhang)).toContain('诉求#1「3号楼门口的路灯坏…」：社区在看');
    expect(await town.say('进度 1', zhang)).toContain('社区12月4日（周五）前答复您');
  });

  it('does not show a neighbour’s private words, nor a private matter in the group', async () => {
    await town.say('反映 2号楼楼上半夜打麻将吵得睡不着', { who: '张桂兰' });
    expect(await town.say('进度 1', li)).not.toContain('麻将');
    expect(await town.say('进度 1', li)).toContain('是邻居提的');
    expect(await town.say('进度', zhang)).not.toContain('麻将');
    expect(await town.say('进度 1', { who: '张桂兰' })).toContain('麻将');
  });
});
