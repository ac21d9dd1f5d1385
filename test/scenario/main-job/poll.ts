import { describe, expect, it } from 'vitest';

import type { PollDetail } from '#src/http/contract-polls';
import { at, RESIDENTS, type Story } from './story.ts';

const CLOSES_AT = '2026-09-08T18:00:00+08:00';

export function residentsVote(story: Story): void {
  const poll = () => ({
    topicId: story.topicId,
    groupIds: [RESIDENTS],
    closesAt: CLOSES_AT,
    quorum: 6,
    options: ['换太阳能灯', '修好旧灯', '先不动'],
  });
  const detail = () => story.liuMin.get<PollDetail>(at('polls', story.pollId));

  describe('3. residents vote', () => {
    it('the groups get what the preview showed, and the fingerprint', async () => {
      const preview = await story.liuMin.preview('poll.open', poll());
      expect(preview).toMatchObject({ people: 11, groups: [{ name: '幸福里居民群', people: 11 }] });
      expect(preview.text.split('\n').slice(0, 3)).toEqual([
        '【表决】议题#1 3号楼门口路灯怎么修',
        '幸福里居民，每人1票，9月8日（周二）18:00截止',
        '回复数字：1 换太阳能灯　2 修好旧灯　3 先不动，可以改',
      ]);
      story.pollId = (await story.liuMin.step('poll.open', poll())).created?.id ?? '';
      await story.town.clock.forward(11);
      const opened = await story.town.residents.expectReply(/^【表决】/u);
      expect(opened.text.replace(/指纹[A-Z2-9]{12}/u, '指纹发出时生成')).toBe(preview.text);
      expect(opened.card?.choices).toHaveLength(3);
    });

    it.each([
      ['张桂兰', '投 1', '换太阳能灯'],
      ['李明', '投票 修好旧灯', '修好旧灯'],
      ['王芳', '1', '换太阳能灯'],
      ['赵国强', '①', '换太阳能灯'],
      ['孙丽', '１', '换太阳能灯'],
    ])('%s votes by %s in the group and is answered one-to-one', async (name, words, option) => {
      await story.town.residents.says(name, words);
      await story.town.residents.shouldNotReply();
      await story.town
        .direct(name)
        .expectReply(
          `您的票已收到：议题#1。\n选的是「${option}」。\n9月8日（周二）18:00前，再发数字就能改。\n要凭据，回复「回执 1」。`,
        );
    });

    it('a button of the card votes too', async () => {
      const opened = (await story.town.residents.all()).findLast(({ text }) => text.startsWith('【表决】'));
      const press = { messageId: opened?.id ?? '', say: opened?.card?.choices[1]?.say ?? '' };
      await story.town.residents.says('周建军', '', { cardAction: press });
      await story.town.direct('周建军').expectReply(/选的是「修好旧灯」/);
    });

    it('a changed vote replaces the first one', async () => {
      await story.town.residents.says('李明', '1');
      await story.town.direct('李明').expectReply('已改：议题#1。\n现在是「换太阳能灯」，原来的不算了。');
      expect(await detail()).toMatchObject({ voters: 6, rollSize: 11 });
    });

    it('a number that is no option is not counted, and the voter is told the options', async () => {
      await story.town.residents.says('何涛', '5');
      await story.town
        .direct('何涛')
        .expectReply('这一票没算进去：议题#1没有第5项。\n请重发：1 换太阳能灯　2 修好旧灯　3 先不动');
    });

    it('one line gathers the votes of a group after a minute', async () => {
      await story.town.clock.forward(61);
      const { text } = await story.town.residents.expectReply(/^收到6人的票：/);
      expect(text.split('\n')[1]).toBe('议题#1已投6人，够规定的6人了。');
      await story.town.residents.shouldNotReply();
    });

    it('a receipt proves that the vote counts, not what was chosen', async () => {
      const { text } = await sayDirect(story, '张桂兰', '回执 1', /^议题#1的回执：[A-Z0-9]{4}-[A-Z0-9]{4}\n/);
      expect(text).toContain('看不出选了什么');
      expect(text).not.toContain('太阳能');
    });

    it('while it is hidden and open the console shows turnout and no counts', async () => {
      const shown = await detail();
      expect(shown).toMatchObject({ state: 'open', voters: 6, byGroup: [{ voters: 6, members: 11 }] });
      expect(shown).not.toHaveProperty('counts');
    });

    it('the last morning calls it to mind', async () => {
      await story.town.clock.to('2026-09-08T09:00:01+08:00');
      await story.town.residents.expectReply(/^【提醒】议题#1今天9月8日（周二）18:00截止/);
    });
  });

  describe('4. the poll closes by itself', () => {
    it('at the deadline the recount goes to the groups in words', async () => {
      await story.town.clock.to('2026-09-08T17:59:50+08:00');
      await story.town.residents.shouldNotReply();
      await story.town.clock.to('2026-09-08T18:00:02+08:00');
      const result = await story.town.residents.expectReply(
        '【结果】议题#1 3号楼门口路灯怎么修：「换太阳能灯」最多\n11人投了6人（54.5%），够规定的6人，有效\n' +
          '换太阳能灯5　修好旧灯1　先不动0。结果供决策参考\n下一步：街道党组织研究，9月13日（周日）前回话',
      );
      expect(result.attachments).toMatchObject([{ mime: 'image/png', alt: result.text }]);
      await story.town.secretaries.expectReply(/^议题#1表决截止/);
      expect(await detail()).toMatchObject({
        state: 'closed',
        counts: [5, 1, 0],
        result: { quorumMet: true, leading: 0 },
      });
    });

    it('its picture is a PNG 1080 wide', async () => {
      const result = (await story.town.residents.all()).findLast(
        ({ attachments }) => attachments !== undefined,
      );
      const answer = await fetch(`${story.app.baseUrl}${result?.attachments?.[0]?.url ?? ''}`);
      expect(answer.headers.get('content-type')).toBe('image/png');
      const png = Buffer.from(await answer.arrayBuffer());
      expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect(png.readUInt32BE(16)).toBe(1080);
      expect(png.readUInt32BE(20)).toBeGreaterThan(400);
      expect(png.readUInt32BE(20)).toBeLessThanOrEqual(1920);
    });

    it('a late vote is answered with the deadline and changes nothing', async () => {
      await story.town.residents.says('郑伟', '2');
      await story.town.direct('郑伟').expectReply(/^这一票没算进去：议题#1已在9月8日（周二）18:00截止。/);
      expect(await detail()).toMatchObject({ counts: [5, 1, 0] });
    });
  });
}

async function sayDirect({ town }: Story, name: string, words: string, pattern: RegExp) {
  await town.direct(name).says(name, words);
  return town.direct(name).expectReply(pattern);
}
