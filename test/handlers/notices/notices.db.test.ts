import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { at } from '#test/support/follow-up-people';
import { createFollowUpTown } from '#test/support/follow-up-town';

const town = await createFollowUpTown();
afterAll(() => town.close());
beforeEach(() => town.empty());

const OFFICE = { who: '刘敏', in: 'secretaries' };
const TEXT = '明天9:00到17:00停水，请存水';
const notice = async (number = 1) => {
  const found = await town.stores.notices.byNumber('xfl', number);
  if (!found) throw new Error('no notice');
  return found;
};
const prepared = async (words = `通知 ${TEXT}`) => {
  const preview = await town.say(words, OFFICE);
  return { preview, code: /确认 (\d{4})/.exec(preview)?.[1] ?? '' };
};

describe('preparing a notice', () => {
  it('shows what groups get, whom it reaches and how to confirm, and sends nothing', async () => {
    const { preview, code } = await prepared();
    expect(preview).toBe(
      `将发到2个群，约2人：\n「【通知】${TEXT}」\n发，回复「确认 ${code}」；不发，10分钟后作废。`,
    );
    expect(await town.textsTo('3号楼群')).toEqual([]);
    expect(await notice()).toMatchObject({ state: 'prepared', number: 1, groupIds: ['3号楼群', '5号楼群'] });
  });

  it('goes to the groups that are named', async () => {
    await prepared('通知 到 3号楼群：今晚停水');
    expect(await notice()).toMatchObject({ groupIds: ['3号楼群'], text: '今晚停水' });
    await prepared('通知 给3号楼、物业群：开会');
    expect(await town.say('通知 到 9号楼群：停水', OFFICE)).toContain('没有找到「9号楼群」');
    expect(await town.say('通知 到 elsewhere-residents：停水', OFFICE)).toContain('没有找到');
  });

  it('caps the text with a clear message and asks for content', async () => {
    expect(await town.say(`通知 ${'停'.repeat(501)}`, OFFICE)).toContain('通知写了501字，最多500字');
    expect(await town.say('通知', OFFICE)).toContain('还差内容');
    expect(await town.say('通知 [微笑]', OFFICE)).toContain('还差内容');
  });

  it('is for secretaries, and their own groups', async () => {
    const input = { text: TEXT, groupIds: ['3号楼群'] };
    expect(await town.say(`通知 ${TEXT}`, { who: '张桂兰', in: '3号楼群' })).toBe('<wrongRole>');
    expect(await town.step(town.notices.prepare, '张桂兰', input)).toContain('role.wrong');
    expect(await town.step(town.notices.prepare, '外书记', input)).toContain('notice.groups');
    expect(await town.step(town.notices.prepare, '刘敏', { ...input, groupIds: [] })).toContain(
      'notice.groups',
    );
    expect(
      await town.step(town.notices.prepare, '刘敏', { ...input, sendAt: at('2026-11-01T10:00') }),
    ).toContain('notice.past');
  });
});

describe('confirming a notice', () => {
  it('sends what was previewed, once to each group', async () => {
    const { preview, code } = await prepared();
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('开始发：通知#1，2个群');
    const [sent] = await town.textsTo('3号楼群');
    expect(preview).toContain(`「${sent}」`);
    expect(await town.textsTo('5号楼群')).toEqual([sent]);
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('已经发出');
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
    const row = await town.outbox.findOne({ 'to.conversationId': '3号楼群' });
    expect(row).toMatchObject({ whenUncertain: 'hold', subjectId: (await notice()).id, groupId: '3号楼群' });
  });

  it('twice at the same moment is one broadcast', async () => {
    const { code } = await prepared();
    const answers = await Promise.all([town.say(`确认 ${code}`, OFFICE), town.say(`确认 ${code}`, OFFICE)]);
    expect(answers.filter((answer) => answer.includes('开始发'))).toHaveLength(1);
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
  });

  it.each([
    ['确认 1111', '没有等「确认 1111」的消息'],
    ['确认', '还差编号'],
  ])('%s sends nothing', async (words, answer) => {
    await prepared();
    expect(await town.say(words, OFFICE)).toContain(answer);
    expect(await town.textsTo('3号楼群')).toEqual([]);
  });

  it('with the code of another place sends nothing', async () => {
    const { code } = await prepared();
    expect(await town.say(`确认 ${code}`, { who: '外书记', in: 'elsewhere-secretaries' })).toContain(
      '没有等',
    );
    expect(await town.step(town.notices.confirm, '外书记', { noticeId: (await notice()).id })).toContain(
      'number.unknown',
    );
    expect(await town.say(`确认 ${code}`, { who: '张桂兰', in: '3号楼群' })).toBe('<wrongRole>');
  });

  it('is too late after ten minutes, even before the deadline was looked at', async () => {
    const { code } = await prepared();
    town.clock.set(at('2026-11-02T10:10'));
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('过了10分钟没确认，已作废');
    await town.until(at('2026-11-02T10:11'));
    expect(await notice()).toMatchObject({ state: 'expired' });
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('已作废');
  });

  it('gives a second notice another code while one waits', async () => {
    const first = await prepared();
    town.useChance(0.25);
    const second = await prepared();
    expect(second.code).not.toBe(first.code);
    await town.say(`确认 ${second.code}`, OFFICE);
    expect([(await notice(1)).state, (await notice(2)).state]).toEqual(['prepared', 'sent']);
  });

  it('can be taken back before it goes out', async () => {
    const { code } = await prepared();
    expect(await town.say(`不发 ${code}`, OFFICE)).toContain('已取消：通知#1');
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('还不能「确认」');
    expect(await town.textsTo('3号楼群')).toEqual([]);
  });
});

describe('time', () => {
  it('moves a notice out of the quiet hours, unless it is urgent', async () => {
    town.clock.set(at('2026-11-02T22:00'));
    const { code } = await prepared();
    expect(await town.say(`确认 ${code}`, OFFICE)).toContain('通知#1改在11月3日（周二）7:00发');
    expect(await notice()).toMatchObject({ state: 'scheduled' });
    await town.until(at('2026-11-03T06:59'));
    expect(await town.textsTo('3号楼群')).toEqual([]);
    await town.until(at('2026-11-03T07:00'));
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
  });

  it('急发 sends at once, and the morning brings no second one', async () => {
    town.clock.set(at('2026-11-02T22:30'));
    const { code } = await prepared();
    expect(await town.say('急发 1', OFFICE)).toContain('还不能「急发」');
    await town.say(`确认 ${code}`, OFFICE);
    expect(await town.say('急发 1', OFFICE)).toContain('开始发');
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
    await town.until(at('2026-11-03T09:00'));
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
    expect(await town.say('急发 9', OFFICE)).toContain('没有找到通知#9');
  });

  it('keeps a scheduled one until then, and lets it be cancelled', async () => {
    const input = { text: TEXT, groupIds: ['3号楼群'], sendAt: at('2026-11-05T09:00') };
    await town.step(town.notices.prepare, '刘敏', input);
    expect(await town.step(town.notices.confirm, '刘敏', { noticeId: (await notice()).id })).toContain(
      '11月5日（周四）9:00发到1个群',
    );
    await town.step(town.notices.prepare, '刘敏', input);
    await town.step(town.notices.confirm, '刘敏', { noticeId: (await notice(2)).id });
    expect(await town.say('取消通知 2', OFFICE)).toContain('已取消：通知#2');
    await town.until(at('2026-11-05T09:00'));
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
    expect([(await notice(1)).state, (await notice(2)).state]).toEqual(['sent', 'cancelled']);
  });

  it('a program that stood still until the night waits for the morning', async () => {
    const input = { text: TEXT, groupIds: ['3号楼群'], sendAt: at('2026-11-05T09:00') };
    await town.step(town.notices.prepare, '刘敏', input);
    await town.step(town.notices.confirm, '刘敏', { noticeId: (await notice()).id });
    town.clock.set(at('2026-11-05T23:00'));
    await town.until(at('2026-11-05T23:00'));
    expect(await town.textsTo('3号楼群')).toEqual([]);
    await town.until(at('2026-11-06T07:00'));
    expect(await town.textsTo('3号楼群')).toHaveLength(1);
  });
});

describe('the summary', () => {
  const sent = async () => {
    const { code } = await prepared();
    await town.say(`确认 ${code}`, OFFICE);
  };
  const last = async () => (await town.textsTo('secretaries')).at(-1);

  it('says that all of it arrived', async () => {
    await sent();
    town.world.proof = ['3号楼群', '5号楼群'].map((groupId) => ({ groupId, word: 'delivered' as const }));
    await town.until(at('2026-11-02T10:06'));
    expect(await last()).toBe('通知#1：2个群全部送达。');
  });

  it('names the groups it did not reach, with the cause', async () => {
    await sent();
    town.world.proof = [
      { groupId: '3号楼群', word: 'delivered' },
      { groupId: '5号楼群', word: 'failed', reason: 'removed' },
    ];
    await town.until(at('2026-11-02T10:06'));
    expect(await last()).toContain('通知#1：2个群，送达1，没送到1。\n没送到：5号楼群，助手已不在群里');
  });

  it('waits a while for what is on its way, and then speaks all the same', async () => {
    await sent();
    town.world.proof = [{ groupId: '3号楼群', word: 'waiting' }];
    await town.until(at('2026-11-02T10:16'));
    expect(await town.textsTo('secretaries')).toHaveLength(2);
    await town.until(at('2026-11-02T10:21'));
    expect(await last()).toContain('通知#1：2个群');
    await town.until(at('2026-11-02T12:00'));
    expect(await town.textsTo('secretaries')).toHaveLength(3);
  });
});
