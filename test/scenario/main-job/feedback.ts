import { describe, expect, it } from 'vitest';

import type { ConcernDetail } from '#src/http/contract-views';
import { at, concernId, type Story } from './story.ts';

export function everybodyIsAnswered(story: Story): void {
  const detail = async () => story.liuMin.get<ConcernDetail>(at('concerns', await concernId(story, 1)));

  describe('8. everybody gets a personal answer', () => {
    it.each([
      ['张桂兰', '您提的诉求#1有结果了。', '评价 1'],
      ['王芳', '您提的诉求#2有结果了。', '评价 2'],
      ['赵国强', '您提的诉求#3有结果了。', '评价 3'],
      ['李明', '您附议的诉求#1有结果了。', '评价 1'],
      ['孙丽', '您附议的诉求#1有结果了。', '评价 1'],
    ])('%s, whether raised, merged or endorsed', async (name, first, rate) => {
      const { text } = await story.town.direct(name).expectReply(/有结果了。/);
      const [line, done, ask] = text.split('\n');
      expect(line).toBe(first);
      expect(done).toContain('两盏都亮了');
      expect(ask).toBe(`您看怎么样？回复「${rate} 满意」，或「基本满意」「不满意」。`);
    });

    it('nobody else is told', async () => {
      await story.town.direct('何涛').shouldNotReply();
      expect((await detail()).told).toHaveLength(5);
    });

    it('a good rating is kept with thanks', async () => {
      await rate(story, '张桂兰', '评价 1 满意', '谢谢，已记下：诉求#1，满意。');
      await rate(story, '王芳', '評價２基本滿意', '谢谢，已记下：诉求#2，基本满意。');
    });

    it('not satisfied opens it again, once, for the community', async () => {
      await rate(story, '李明', '评价 1 不满意', /^已记下：诉求#1，不满意。重新打开，刘敏再办。/);
      await story.town.secretaries.expectReply(/^诉求#1有人不满意，重新打开了。/);
      await rate(story, '孙丽', '评价 1 不满意', /诉求#1/);
      await story.town.secretaries.shouldNotReply();
      expect((await detail()).state).toBe('reopened');
    });

    it('answered again, everybody hears again', async () => {
      const concernIds = [await concernId(story, 1)];
      await story.liuMin.step('concern.answer', {
        concernIds,
        kind: 'partly',
        text: '又加了一盏灯',
        reason: '今年没有更多的钱',
      });
      await story.town.clock.forward(11);
      for (const name of ['张桂兰', '王芳', '赵国强', '李明', '孙丽'])
        await story.town.direct(name).expectReply(/又加了一盏灯/);
    });

    it('a second time it goes to the street', async () => {
      await rate(
        story,
        '李明',
        '评价 1 不满意',
        /^已记下。诉求#1重办过一次，这次转街道 陈芳。\n\d+月\d+日（周.）前答复您。/,
      );
      await story.town.secretaries.expectReply(/^诉求#1重办后还有人不满意，转街道 陈芳。/);
    });
  });
}

async function rate({ town }: Story, name: string, words: string, reply: RegExp | string) {
  await town.direct(name).says(name, words);
  await town.direct(name).expectReply(reply);
}
