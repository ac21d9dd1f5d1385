import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openWechatyTown, type WechatyTown } from '#test/support/wechaty-town';

const QUOTE_END = '- - - - - - - - - - - - - - -';

/** The main job, steps 1 to 4, in personal WeChat groups. The tests tell one story and follow each other. */
let town: WechatyTown;
beforeAll(async () => {
  town = await openWechatyTown();
});
afterAll(() => town.stop());

describe('1. residents speak', () => {
  it('a concern is registered once, although WeChat delivers it three times', async () => {
    const { says, people, residents } = town;
    const text = '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清';
    expect(await says(people.zhang, text, residents, 3)).toMatch(
      /^已登记：诉求#1「3号楼门口的路灯坏了三天」。\n社区12月4日（周五）前答复您。/u,
    );
    expect(await town.count('inbox')).toBe(1);
  });

  it('what nobody says to the bot is left alone', async () => {
    expect(await town.says(town.people.wang, '晚上一起跳舞吗', town.residents)).toBe('');
  });

  it('a neighbour who mentions the bot and means the same is asked for 附议', async () => {
    const reply = await town.says(
      town.people.li,
      '@小区助手\u20053号楼门口的路灯坏了，晚上看不清',
      town.residents,
    );
    expect(reply).toContain('是同一件，回复「附议 1」');
  });

  it('附议 counts a person once, also behind a quote', async () => {
    const { says, people, residents } = town;
    expect(await says(people.li, '附议 1', residents)).toContain('连您一共2人');
    expect(await says(people.li, '附议 1', residents)).toContain('一人算一次');
    const quoting = `「张桂兰：反映 3号楼门口的路灯坏了三天」\n${QUOTE_END}\n附议1`;
    expect(await says(people.wang, quoting, residents)).toContain('连您一共3人');
  });

  it('进度 tells how far it is', async () => {
    expect(await town.says(town.people.zhang, '进度 1', town.residents)).toContain('诉求#1');
  });
});

describe('2. the secretary looks at the queue', () => {
  it('待办 lists it for the secretary and for nobody else', async () => {
    const { says, people, residents, secretaries } = town;
    expect(await says(people.liu, '待办', secretaries)).toContain(
      '诉求#1 3号楼门口的路灯坏了三天，12月4日前，附议2',
    );
    expect(await says(people.zhang, '待办', residents)).not.toContain('今天要办');
  });

  it('立题 makes a topic of it', async () => {
    const reply = await town.says(town.people.liu, '立题 1 3号楼门口装新路灯', town.secretaries);
    expect(reply).toContain('已立题：议题#1 3号楼门口装新路灯');
  });
});

describe('3. residents vote', () => {
  it('a poll goes out after its preview is confirmed', async () => {
    const { says, people, secretaries, residents } = town;
    expect(await says(people.liu, '表决 1', secretaries)).toContain('回复「确认 表决 1」');
    expect(town.unread(residents)).not.toContain('【表决】');
    expect(await says(people.liu, '确认表决 1', secretaries)).toContain('已发起：议题#1的表决，发到1个群');
    expect(town.unread(residents)).toContain('【表决】议题#1 3号楼门口装新路灯');
  });

  it('ballots are taken in any form, without a line for each in the group', async () => {
    const { says, people, residents } = town;
    expect(await says(people.zhang, '投 1', residents)).toBe('');
    expect(await says(people.li, '①', residents)).toBe('');
    expect(await says(people.wang, '２', residents)).toBe('');
    expect(await says(people.wang, '投票 赞成', residents)).toBe('');
  });

  it('a friend is told one-to-one, the others by one gathered line', async () => {
    expect(town.unread(town.people.zhang)).toContain('您的票已收到：议题#1。\n选的是「赞成」。');
    expect(town.unread(town.people.li)).toBe('');
    await town.to('2026-12-01T09:30:00+08:00');
    expect(town.unread(town.residents)).toMatch(/议题#1/u);
  });

  it('a vote may be changed until the end', async () => {
    await town.says(town.people.li, '投 2', town.residents);
    expect(await town.count('ballots')).toBe(3);
  });
});

describe('4. the poll closes by itself', () => {
  it('the result goes to the group with a picture', async () => {
    await town.to('2026-12-08T18:01:10+08:00');
    const said = town.unread(town.residents);
    expect(said).toContain('【结果】议题#1 3号楼门口装新路灯');
    expect(said).toContain('赞成2　反对1　弃权0');
    expect(said).toMatch(/poll-1\.png$/u);
    expect(town.unread(town.secretaries)).toContain('议题#1表决截止');
  });

  it('a vote after the end is told so and changes nothing', async () => {
    const against = () => town.count('ballots', { choice: 2 });
    const before = await against();
    await town.says(town.people.zhang, '投 2', town.residents);
    expect(town.unread(town.people.zhang)).toContain('截止');
    expect(await against()).toBe(before);
  });
});

describe('behind it all', () => {
  it('everything sent is accounted for, and nothing went wrong', async () => {
    expect(await town.count('outbox', { state: { $ne: 'sent' }, 'to.channel': 'wechaty' })).toBe(0);
    expect(town.login.faults).toEqual([]);
  });

  it('the log holds no word, name or id of what was said', () => {
    expect(town.logged.join('\n')).not.toMatch(/路灯|张桂兰|赞成/u);
  });
});
