import { describe, expect, it } from 'vitest';

import type { StepInput } from '#src/http/contract';
import type { ConcernDetail, ConcernRow } from '#src/http/contract-views';
import { at, concernId, type Story } from './story.ts';

export function residentsSpeak(story: Story): void {
  describe('1. residents speak', () => {
    it('a concern gets a number and what happens next', async () => {
      const { residents } = story.town;
      await residents.says('张桂兰', '反映 3号楼门口的路灯坏了三天，老人晚上出门看不清');
      await residents.expectReply(
        '已登记：诉求#1「3号楼门口的路灯坏了三天」。\n社区9月4日（周五）前答复您。\n要补照片或情况，回复「补充 1」。',
      );
      await residents.shouldNotReply();
    });

    it('a neighbour who says nearly the same is shown it, and loses nothing when they insist', async () => {
      const { residents } = story.town;
      await residents.says('王芳', '反映 3号楼门口路灯坏了，晚上看不清');
      const similar = await residents.expectReply(
        '已收下。和诉求#1「3号楼门口的路灯坏了三天」像是一件事。\n是同一件，回复「附议 1」；不是，回复「另记」。\n不回复也行，10分钟后单独登记。',
      );
      expect(similar.card?.choices.map(({ say }) => say)).toEqual(['附议 1', '另记']);
      await residents.says('王芳', '另记');
      await residents.expectReply(/^已登记：诉求#2「3号楼门口路灯坏了」。/);
    });

    it('whoever keeps silent is registered after ten minutes by itself', async () => {
      const { residents } = story.town;
      await residents.says('赵国强', '@议事助手 3号楼门口的路灯不亮好几天了');
      await residents.expectReply(/像是一件事。/);
      await story.town.clock.forward(9 * 60);
      await residents.shouldNotReply();
      await story.town.clock.forward(61);
      await residents.expectReply(/^已登记：诉求#3/);
    });

    it('an endorsement counts each person once', async () => {
      const { residents } = story.town;
      await residents.says('李明', '附议 1');
      await residents.expectReply('已附议：诉求#1，连您一共2人。\n有了答复，会告诉每一位。');
      await residents.says('李明', '附议1');
      await residents.expectReply('诉求#1您附议过了，一人算一次，现在2人。');
    });

    it('附议 answers the question whether it is the same, by button too, and then nothing else is registered', async () => {
      const { residents, clock } = story.town;
      await residents.says('孙丽', '反映 3号楼楼下路灯坏了三天没人修');
      const similar = await residents.expectReply(/像是一件事。/);
      await residents.says('孙丽', '', { cardAction: { messageId: similar.id, say: '附议 1' } });
      await residents.expectReply(/^已附议：诉求#1，连您一共3人。/);
      await clock.forward(11 * 60);
      await residents.shouldNotReply();
    });

    it('words and photos are added, and its author sees where it stands', async () => {
      const { residents } = story.town;
      await residents.says('张桂兰', '补充 1 晚上8点以后全黑', { photos: 2 });
      await residents.expectReply('已补充到诉求#1：说明1段、照片2张。社区看得到。');
      await residents.says('张桂兰', '进度 1');
      await residents.expectReply(
        '诉求#1「3号楼门口的路灯坏了三天」：社区在看。\n社区9月4日（周五）前答复您。\n有变化会告诉您。',
      );
      const detail = await story.liuMin.get<ConcernDetail>(at('concerns', await concernId(story, 1)));
      // What was said before an endorsement is not lost either.
      expect(detail.supplements.map(({ name, text, photos }) => [name, text, photos.length])).toEqual([
        ['孙丽', '3号楼楼下路灯坏了三天没人修', 0],
        ['张桂兰', '晚上8点以后全黑', 2],
      ]);
    });
  });
}

export function secretarySorts(story: Story): void {
  describe('2. the secretary sorts', () => {
    it('the queue is shown in the console and by 待办, oldest promise first and then most endorsed', async () => {
      const { residents, secretaries } = story.town;
      await residents.says('吴秀英', '反映 5号楼电梯有异响，关门的时候咚咚响');
      await residents.says('郑伟', '反映 小区门口公交车站的站牌倒了');
      await secretaries.says('刘敏', '待办');
      const { text } = await secretaries.expectReply(/^今天要办5件：/);
      expect(text.split('\n')[1]).toBe('诉求#1 3号楼门口的路灯坏了三天，9月4日前，附议2');
      const { items } = await story.liuMin.get<{ items: ConcernRow[] }>('/concerns');
      expect(items[0]).toMatchObject({ number: 1, endorsements: 2, authorName: '张桂兰', promise: 'ok' });
      expect(items.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4, 5]);
    });

    it('merging in the group tells the author, who keeps the number', async () => {
      await story.town.secretaries.says('刘敏', '合并 2 到 1');
      await story.town.secretaries.expectReply('已合并 #2→#1');
      await story.town
        .direct('王芳')
        .expectReply(
          '诉求#2和#1是一件事，并在一起办。\n您的编号还在，有结果照样告诉您。\n不是一件事，回复「拆开 2」。',
        );
    });

    it('merging in the console waits ten seconds, and its author may take it apart again', async () => {
      const zhao = story.town.direct('赵国强');
      const step = { concernIds: [await concernId(story, 3)], intoId: await concernId(story, 1) };
      expect((await story.liuMin.step('concern.merge', step)).summary).toBe('已合并 #3→#1');
      await zhao.shouldNotReply();
      await story.town.clock.forward(11);
      await zhao.expectReply(/^诉求#3和#1是一件事/);
      await zhao.says('赵国强', '拆开 3');
      await zhao.expectReply(/^已拆开：诉求#3单独办。/);
      await story.town.secretaries.says('刘敏', '合并 3 到 1');
      await zhao.expectReply(/^诉求#3和#1是一件事/);
    });

    it('one concern is answered at once, another one is somebody else’s to handle', async () => {
      const concernIds = [await concernId(story, 4)];
      await story.liuMin.step('concern.answer', { concernIds, kind: 'done', text: '9月1日换了门机皮带' });
      const elsewhere = {
        concernIds: [await concernId(story, 5)],
        to: '区交通局',
        how: '打12345，说站牌编号',
      };
      await story.liuMin.step('concern.redirect', elsewhere);
      await story.town.clock.forward(11);
      await story.town
        .direct('吴秀英')
        .expectReply(
          '您提的诉求#4有结果了。\n办好了：9月1日换了门机皮带。\n您看怎么样？回复「评价 4 满意」，或「基本满意」「不满意」。',
        );
      const { text } = await story.town.direct('郑伟').expectReply(/^您提的诉求#5有结果了。/);
      expect(text).toContain('区交通局');
      expect(text).toContain('打12345，说站牌编号');
    });

    it('the merged concerns become a topic with options, and each author hears of it', async () => {
      const step: StepInput<'topic.create'> = {
        concernIds: [await concernId(story, 1)],
        title: '3号楼门口路灯怎么修',
        description: '换新灯还是修旧灯',
        options: ['换太阳能灯', '修好旧灯', '先不动'],
        source: 'residents',
      };
      const { created } = await story.liuMin.step('topic.create', step);
      expect(created).toMatchObject({ kind: 'topic', number: 1 });
      story.topicId = created?.id ?? '';
      await story.town.clock.forward(11);
      for (const [name, number] of [
        ['张桂兰', 1],
        ['王芳', 2],
        ['赵国强', 3],
      ] as const)
        await story.town.direct(name).expectReply(new RegExp(`^诉求#${number}已列入议题#1`));
    });
  });
}
